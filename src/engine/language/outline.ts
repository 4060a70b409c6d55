/** The outline of a spec: its tools with their parameters, its servers. */
import { type DocumentSymbol, type Range, SymbolKind } from 'vscode-languageserver/node';
import { isJsonObject } from '../../core/json.ts';
import { keysOf, pointerOf } from '../../core/jsonPointer.ts';
import { unseen, writtenOut } from '../../core/unseen.ts';
import type { SpecRange } from '../../tools/formats/document.ts';
import { specWorkAtLeisure } from './longSpecs.ts';
import { entryOf } from './specChange.ts';
import type { PlacedTool, SpecFileTools } from './specFiles.ts';
import { rangeFrom, rangeOf } from './textRange.ts';

/** Parameters of one tool that are listed at most. */
const mostParameters = 100;

/**
 * `text` is that of the document as the person has it. The editor's own outline of a JSON file names what stands under a
 * name; there ours is for tools in lists, which it can only count.
 */
export async function outlineOf(file: SpecFileTools, text: string): Promise<DocumentSymbol[]> {
  const isJson = /\.jsonc?$/i.test(file.path);
  if (isJson && file.tools.every(isUnderItsName)) return [];
  const parameters = file.tools.map(parametersOf);
  const wanted = file.tools.flatMap((placed, index) => {
    const entry = entryOf(placed);
    const names = parameters[index] ?? [];
    return entry === null ? [] : names.map((name) => ({ entry, argument: pointerOf(name) }));
  });
  const places = await specWorkAtLeisure('arguments', { path: file.path, text, wanted });
  let next = 0;
  const tools = file.tools.map((placed, index) => {
    const names = parameters[index] ?? [];
    const ofTool = entryOf(placed) === null ? [] : names.map(() => places?.[next++]);
    return toolSymbol(placed, names, ofTool);
  });
  const servers = (isJson ? [] : file.servers).map(({ spec }): DocumentSymbol => {
    const range = rangeFrom(spec.source);
    const selectionRange = { start: range.start, end: range.start };
    return { name: label(spec.name), kind: SymbolKind.Module, range, selectionRange };
  });
  return [...tools, ...servers];
}

function toolSymbol(
  { bound }: PlacedTool,
  names: readonly string[],
  places: readonly (SpecRange | undefined)[],
): DocumentSymbol {
  const { tool, spot, written } = bound;
  const own = rangeFrom(tool.source);
  const selectionRange = spot ? rangeOf(spot.name) : { start: own.start, end: own.start };
  const range = around(own, selectionRange);
  const children = names.flatMap((name, index): DocumentSymbol[] => {
    const place = places[index];
    if (place === undefined) return [];
    const at = rangeOf(place);
    // A parameter that is described elsewhere, or nowhere, is no part of this place.
    if (!isWithin(at, range) || sameRange(at, selectionRange)) return [];
    return [{ name: label(name), kind: SymbolKind.Field, range: at, selectionRange: at }];
  });
  const name = label(written?.name ?? tool.name);
  return { name, detail: tool.risk, kind: SymbolKind.Function, range, selectionRange, children };
}

function isUnderItsName({ bound: { spot, tool, written } }: PlacedTool): boolean {
  return spot !== undefined && keysOf(spot.at).at(-1) === (written?.name ?? tool.name);
}

function parametersOf({ bound }: PlacedTool): string[] {
  const { properties } = bound.tool.parameters;
  return isJsonObject(properties) ? Object.keys(properties).slice(0, mostParameters) : [];
}

/** The editor turns down a symbol without a name, or whose name lies beside it. */
function label(name: string): string {
  const shown = name.replace(unseen, writtenOut).slice(0, 100);
  return shown.trim() === '' ? '…' : shown;
}

function around(range: Range, inner: Range): Range {
  return {
    start: isBefore(inner.start, range.start) ? inner.start : range.start,
    end: isBefore(range.end, inner.end) ? inner.end : range.end,
  };
}

function isWithin(inner: Range, outer: Range): boolean {
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}

function sameRange(a: Range, b: Range): boolean {
  return !isBefore(a.start, b.start) && !isBefore(b.start, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
