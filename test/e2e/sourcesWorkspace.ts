/** A workspace with nothing written for us: an OpenAPI document, function definitions, and the configuration of a server. */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/build/install.mjs';

const from = join(root, 'test', 'fixtures', 'workspaces', 'sources');

/** Makes one in a temporary folder; whoever asks for it takes it away again. */
export function sourcesWorkspace(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'imaginarium-sources-'));
  for (const name of ['library.openapi.yaml', 'assistant']) {
    cpSync(join(from, name), join(folder, name), { recursive: true });
  }
  // As people write it; npx finds the server in here, and asks no registry.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const memory = {
    command: 'npx',
    args: ['-y', '@modelcontextprotocol/server-memory'],
    env: { MEMORY_FILE_PATH: '${workspaceFolder}/memory.jsonl' },
  };
  writeFileSync(join(folder, '.mcp.json'), `${JSON.stringify({ mcpServers: { memory } }, null, 2)}\n`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
