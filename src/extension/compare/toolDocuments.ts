/** Documents of tools as the editor wants them: files. */
import { FilePermission, FileSystemError, FileType, type Uri } from 'vscode';
import { readable } from '../link/engineErrors.ts';
import type { ReadOnlyFiles } from '../window/readOnlyFiles.ts';
import { readToolAddress } from './toolAddress.ts';
import type { ToolReader } from './toolReader.ts';

export function toolDocuments(reader: ToolReader): ReadOnlyFiles {
  const read = async (uri: Uri): Promise<{ content: Uint8Array; changedAt: number }> => {
    const address = readToolAddress(uri);
    if (address === null) throw FileSystemError.FileNotFound(uri);
    try {
      const { text, changedAt } = await reader.read(address.id, address.side);
      return { content: new TextEncoder().encode(text), changedAt };
    } catch (error) {
      const { message, advice } = readable(error);
      throw FileSystemError.Unavailable(`${message} ${advice}`);
    }
  };
  return {
    async stat(uri) {
      const { content, changedAt } = await read(uri);
      const permissions = FilePermission.Readonly;
      return { type: FileType.File, ctime: 0, mtime: changedAt, size: content.length, permissions };
    },
    readFile: async (uri) => (await read(uri)).content,
  };
}
