/** Completion, definition and rename in manifests, behind the protocol. */
import { sep } from 'node:path';
import {
  type Connection,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import { UserError } from '../../core/errors.ts';
import type { Engine } from '../engine.ts';
import { explain } from '../errors.ts';
import { completionsIn, type ManifestFolder } from '../language/completion.ts';
import { definitionsIn } from '../language/definition.ts';
import { isManifestPath } from '../language/manifestPlace.ts';
import { type RenamePlace, renameEdit, renamePlace } from '../language/rename.ts';
import { pathOf } from '../language/specFiles.ts';
import type { OpenDocuments } from './openDocuments.ts';

/** What the server says of itself at the start. */
export const manifestCapabilities: InitializeResult['capabilities'] = {
  completionProvider: { triggerCharacters: ['$', '{', ':', ' ', '.', '"'] },
  definitionProvider: true,
  renameProvider: { prepareProvider: true },
};

type FeatureConnection = Pick<
  Connection,
  'onCompletion' | 'onDefinition' | 'onPrepareRename' | 'onRenameRequest'
>;

/** Answers wait until `opened`. */
export function answerManifestFeatures(
  connection: FeatureConnection,
  documents: OpenDocuments,
  opened: Promise<Engine>,
): void {
  connection.onCompletion(async ({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    const path = pathOf(uri);
    if (!document || path === null || !isManifestPath(path)) return null;
    return completionsIn(document, position, folderOf(await opened, path));
  });
  connection.onDefinition(async ({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    const path = pathOf(uri);
    if (!document || path === null || !isManifestPath(path)) return null;
    return definitionsIn(document, position, folderOf(await opened, path));
  });
  connection.onPrepareRename(async ({ textDocument: { uri }, position }) => {
    try {
      const place = placeAt(await opened, uri, position);
      return place && { range: place.range, placeholder: place.tool.bound.tool.name };
    } catch (error) {
      return refusal(error);
    }
  });
  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }) => {
    try {
      const engine = await opened;
      const place = placeAt(engine, uri, position);
      if (place === null) return null;
      const { name, id } = place.tool.bound.tool;
      const edit = renameEdit(place.tool, newName, engine.specs.read);
      engine.specs.renames.expect(id, `${id.slice(0, id.length - name.length)}${newName}`);
      return edit;
    } catch (error) {
      return refusal(error);
    }
  });
}

function placeAt(
  engine: Engine,
  uri: string,
  position: Parameters<typeof renamePlace>[1],
): RenamePlace | null {
  const place = renamePlace(engine.specs.files.at(uri), position);
  if (place === null || !engine.isExplored(place.tool.bound.tool.id)) return place;
  throw new UserError('This tool is being explored.', 'Stop the run, then rename the tool.');
}

/** The workspace folder of a file, with what was read in it. */
function folderOf(engine: Engine, path: string): ManifestFolder {
  const around = engine.specs.folders.filter((one) => path.startsWith(one + sep));
  const folder = around.toSorted((a, b) => b.length - a.length)[0] ?? '';
  return { folder, sources: engine.specs.writtenIn(folder) };
}

/** The editor shows the message of a rename that cannot be, and nothing else of it. */
function refusal(error: unknown): ResponseError<void> {
  const { message, advice } = explain(error);
  return new ResponseError(LSPErrorCodes.RequestFailed, `${message} ${advice}`.trim());
}
