/** From what a manifest names to where that is: files, sources, tools, services, parameters. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location, Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isJsonObject, type Json } from '../../core/json.ts';
import { namesOf } from '../../tools/bindings/inclusion.ts';
import type { SourceResult } from '../../tools/boundTool.ts';
import { globMatcher, pathMatcher } from '../../tools/glob.ts';
import type { ManifestFolder } from './completion.ts';
import { toolsAt } from './completionNames.ts';
import { jsonChild, type ManifestNode, nodeAt } from './manifestPlace.ts';
import { rangeFrom } from './textRange.ts';

/** A module that is looked through for an export has at most this many bytes. */
const largestModule = 1024 * 1024;
/** Places that one name leads to at most. */
const mostPlaces = 50;

/** Empty where nothing is named that is somewhere. */
export function definitionsIn(
  document: TextDocument,
  position: Position,
  around: ManifestFolder,
): Location[] {
  const node = nodeAt(document.getText(), document.offsetAt(position));
  if (node === null) return [];
  const inDocument = (path: readonly (string | number)[]): Location[] => {
    const place = node.find(path, 'key');
    if (place === null) return [];
    const range = { start: document.positionAt(place.from), end: document.positionAt(place.to) };
    return [{ uri: document.uri, range }];
  };
  if (node.placeholder !== null) {
    const [, service] = /^service:([\w-]+)/.exec(node.placeholder) ?? [];
    if (service !== undefined) return inDocument(['services', service]);
    if (node.path[0] !== 'tools') return [];
    return inDocument(['tools', Number(node.path[1]), 'parameters', 'properties', node.placeholder]);
  }
  return [...inRun(node, around), ...inBindings(node, around)].slice(0, mostPlaces);
}

/** Files that a runner names. */
function inRun({ path, value, isKey, data }: ManifestNode, { folder }: ManifestFolder): Location[] {
  const [list] = path;
  const isRun = (list === 'tools' || list === 'include') && path.includes('run');
  if (isKey || (!isRun && list !== 'services')) return [];
  const key = path.at(-1);
  const file = fileIn(folder, value);
  if (path.at(-2) === 'command') return file ? [locationOf(file)] : [];
  if (!isRun) return [];
  if (key === 'module') return file ? [locationOf(file, exported(data, path) ?? undefined)] : [];
  if (key !== 'export') return [];
  const run = path.slice(0, -1).reduce<Json | undefined>(jsonChild, data);
  const module = isJsonObject(run) && typeof run.module === 'string' ? fileIn(folder, run.module) : null;
  return module ? [locationOf(module, value)] : [];
}

function exported(data: Json, path: ManifestNode['path']): string | null {
  const run = path.slice(0, -1).reduce<Json | undefined>(jsonChild, data);
  return isJsonObject(run) && typeof run.export === 'string' ? run.export : null;
}

/** Sources and tools that `include:` and `exclude:` name. */
function inBindings(node: ManifestNode, around: ManifestFolder): Location[] {
  const [list, index, key] = node.path;
  const isSource =
    (list === 'include' && key === 'source') || (list === 'exclude' && typeof index === 'number');
  if (isSource && !node.isKey) return sourcesLike(node.value, around).flatMap(sourceLocation);
  const isTool =
    list === 'include' &&
    ((key === 'only' && !node.isKey) || (key === 'tools' && node.isKey && node.path.length === 4));
  if (!isTool) return [];
  const named = globMatcher(node.value);
  return toolsAt(node.data, node.path, around)
    .filter((tool) => namesOf(tool).some(named))
    .flatMap(({ tool, folder, spot }) => {
      const path = join(folder, tool.source.path);
      return existsSync(path)
        ? [{ uri: pathToFileURL(path).href, range: rangeFrom(spot?.name ?? tool.source) }]
        : [];
    });
}

function sourcesLike(written: string, { sources }: ManifestFolder): SourceResult[] {
  const named = pathMatcher(written);
  return sources.filter(({ path }) => named(path));
}

function sourceLocation({ folder, path, file = path, server }: SourceResult): Location[] {
  if (file === null) return [];
  const uri = pathToFileURL(join(folder, file)).href;
  return [{ uri, range: rangeFrom(server?.at ?? { line: 1, column: 1, endLine: 1, endColumn: 1 }) }];
}

/** A file in the folder, by what a runner says; null for anything else, and for what lies outside. */
function fileIn(folder: string, written: string): string | null {
  if (written === '' || written.includes('${') || written.includes('\0')) return null;
  const path = isAbsolute(written) ? written : resolve(folder, written);
  const way = relative(folder, path);
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : null;
}

function locationOf(path: string, exportName?: string): Location {
  const line = exportName === undefined ? 0 : lineOfExport(path, exportName);
  const at = { line, character: 0 };
  return { uri: pathToFileURL(path).href, range: { start: at, end: at } };
}

/** The line, from 0, on which a module exports something: as far as that can be seen without reading the language. */
function lineOfExport(path: string, name: string): number {
  if (!/^[\w$]+$/.test(name) || (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestModule)
    return 0;
  const escaped = name.replaceAll('$', '\\$');
  const forms =
    name === 'default'
      ? [/^\s*export\s+default\b/, /^\s*module\.exports\s*=/]
      : [
          new RegExp(
            `^\\s*export\\s+(?:async\\s+)?(?:function\\s*\\*?|const|let|var|class)\\s+${escaped}\\b`,
          ),
          new RegExp(`^\\s*(?:module\\.)?exports\\.${escaped}\\s*=`),
          new RegExp(`^\\s*(?:async\\s+)?(?:function\\s*\\*?|const|let|var|class)\\s+${escaped}\\b`),
        ];
  const lines = readFileSync(path, 'utf8').split('\n');
  for (const form of forms) {
    const line = lines.findIndex((one) => form.test(one));
    if (line >= 0) return line;
  }
  return 0;
}
