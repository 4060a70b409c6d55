/** A new name for a tool of a manifest, as edits of every manifest that names it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { UserError } from '../../core/errors.ts';
import type { SpecLocation } from '../../core/tool.ts';
import type { SourceResult } from '../../tools/boundTool.ts';
import { type PlacedTool, type SpecFileTools, toolNamedAt } from './specFiles.ts';
import { rangeFrom, rangeOf } from './textRange.ts';

export interface RenamePlace {
  tool: PlacedTool;
  /** Of the name. */
  range: Range;
}

/**
 * The tool whose name stands at a position; null where none does. Throws `UserError` for one that cannot be renamed: what
 * another format names is known by that name to whoever runs it.
 */
export function renamePlace(file: SpecFileTools | null, position: Position): RenamePlace | null {
  const tool = file && toolNamedAt(file, position);
  const spot = tool?.bound.spot;
  if (!tool || !spot) return null;
  if (tool.source.format === 'manifest') return { tool, range: rangeOf(spot.name) };
  throw new UserError(
    `Only a tool of a manifest can be renamed with its examples: "${tool.bound.tool.name}" comes from ${tool.source.path}.`,
    'Whatever runs it knows it by this name. Change the name in the file if that has changed, too.',
  );
}

/** Edits for the tool's own entry and for every `include:` that names it. Throws `UserError` for a name it cannot have. */
export function renameEdit(
  { bound, source }: PlacedTool,
  name: string,
  sources: readonly SourceResult[],
): WorkspaceEdit {
  checkName(name, source);
  const edits = new Map<string, TextEdit[]>();
  const add = (path: string, at: Omit<SpecLocation, 'path'>): void => {
    const uri = pathToFileURL(join(source.folder, path)).href;
    edits.set(uri, [...(edits.get(uri) ?? []), { range: rangeFrom(at), newText: written(name) }]);
  };
  if (bound.spot) add(source.path, bound.spot.name);
  for (const { folder, bindings } of sources) {
    if (folder !== source.folder) continue;
    for (const include of bindings?.include ?? []) {
      if (include.source !== source.path) continue;
      const only = (include.only ?? []).flatMap((one, index) =>
        one === bound.tool.name ? [`/only/${index}`] : [],
      );
      for (const key of [`/tools/${bound.tool.name}`, ...only]) {
        const at = include.places[key];
        if (at) add(at.path, at);
      }
    }
  }
  return { changes: Object.fromEntries(edits) };
}

function checkName(name: string, source: SourceResult): void {
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name) || name === '__proto__') {
    throw new UserError(
      `"${name.slice(0, 60)}" cannot be the name of a tool.`,
      'A name has 1 to 64 letters, digits, "_" and "-".',
    );
  }
  const other = source.tools.find(({ tool }) => tool.name === name);
  if (!other) return;
  throw new UserError(
    `There is a tool "${name}" in line ${other.tool.source.line} of ${source.path} already.`,
    'Choose another name.',
  );
}

/** As YAML reads it as a text. */
function written(name: string): string {
  const isPlain =
    /^[a-zA-Z_][a-zA-Z0-9_-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(name);
  return isPlain ? name : JSON.stringify(name);
}
