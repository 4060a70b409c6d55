/** What can be written at a place of a manifest, with what it means. */
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  type Position,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isJsonObject, type Json } from '../../core/json.ts';
import type { SourceResult } from '../../tools/boundTool.ts';
import { inlineYaml } from '../../tools/manifestEdit/yamlEdit.ts';
import { harmlessText } from '../exampleFormats/harmless.ts';
import { namesAt, type Offered } from './completionNames.ts';
import { placeholdersAt } from './completionPlaceholders.ts';
import { isSchemaAt, keywordValues, schemaKeywords } from './jsonSchemaWords.ts';
import { jsonChild, type ManifestPlace, type Path, placeAt } from './manifestPlace.ts';
import { isNested, keysOf, schemaAt, textOf } from './manifestSchema.ts';

/** The workspace folder in which the manifest lies. */
export interface ManifestFolder {
  /** Absolute path. */
  folder: string;
  sources: readonly SourceResult[];
}

/** Items that are sent at most: who does not see theirs types on. */
const mostItems = 500;
const longestLabel = 120;

/** Null where nothing can be told. */
export function completionsIn(
  document: TextDocument,
  position: Position,
  around: ManifestFolder,
): CompletionList | null {
  const place = placeAt(document.getText(), document.offsetAt(position));
  if (place === null) return null;
  const offered = offeredAt(place, around);
  const range = { start: document.positionAt(place.from), end: document.positionAt(place.to) };
  const items = offered.slice(0, mostItems).map((one, index): CompletionItem => {
    const { label, text, about, kind, snippet = false } = one;
    return {
      label: harmlessText(label).slice(0, longestLabel),
      kind: kinds[kind],
      ...(about === '' ? {} : { documentation: harmlessText(about) }),
      // In the order in which they are offered.
      sortText: String(index).padStart(4, '0'),
      filterText: text,
      insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      textEdit: { range, newText: text },
    };
  });
  return { isIncomplete: offered.length > mostItems, items };
}

const kinds: Record<Offered['kind'], CompletionItemKind> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  placeholder: CompletionItemKind.Variable,
  source: CompletionItemKind.File,
  tool: CompletionItemKind.Function,
};

function offeredAt(place: ManifestPlace, around: ManifestFolder): Offered[] {
  if (place.kind === 'placeholder') return placeholdersAt(place, around);
  const [list, , key, ...inSchema] = place.path;
  if (list === 'tools' && key === 'parameters') return inParameters(place, inSchema);
  const schema = schemaAt(place.path);
  if (place.kind === 'key') {
    // On a line of its own an item of a list looks like the beginning of a mapping.
    const names = namesAt(place.path, place, around);
    if (names !== null) return names.map((one) => (isListOfTexts(place.path) ? one : asKey(one, place)));
    const keys = schema ? keysOf(schema).filter(([name]) => !place.siblings.includes(name)) : [];
    return keys.map(([name, inner]) => {
      return asKey({ kind: 'key', label: name, text: name, about: textOf(inner) }, place, isNested(inner));
    });
  }
  const names = namesAt(place.path, place, around);
  if (names !== null) return names;
  const values: Json[] = Array.isArray(schema?.enum)
    ? schema.enum
    : schema?.const === undefined
      ? []
      : [schema.const];
  return values.map((value) => {
    const written = String(value);
    return { kind: 'value', label: written, text: written, about: schema ? meaning(schema, written) : '' };
  });
}

function isListOfTexts(path: Path): boolean {
  const schema = schemaAt(path);
  return typeof path.at(-1) === 'number' && schema !== null && schema.type !== 'object';
}

/** With the colon, unless it stands there. */
function asKey(one: Offered, { behind }: ManifestPlace, nested = false): Offered {
  const colon = /^\s*:/.test(behind) ? '' : nested ? ':' : ': ';
  return { ...one, text: `${one.text}${colon}` };
}

/** Of `name: sentence.` in a description, the sentence of this name. */
function meaning(schema: Parameters<typeof textOf>[0], value: string): string {
  const text = textOf(schema);
  const sentence = new RegExp(`(?:^|\\s)(?:[\\w ,]* )?${value}\\b[^:.]*: [^.]*\\.`).exec(text)?.[0];
  return (sentence ?? text).trim();
}

/** Words of JSON Schema. */
function inParameters(place: ManifestPlace, path: Path): Offered[] {
  if (place.kind === 'key') {
    const required = requiredNames(place, path);
    if (required !== null) return required;
    if (!isSchemaAt(path)) return [];
    return schemaKeywords
      .filter(([keyword]) => !place.siblings.includes(keyword))
      .map(([keyword, about, nested]) =>
        asKey({ kind: 'key', label: keyword, text: keyword, about }, place, nested !== undefined),
      );
  }
  const keyword = String(path.at(-1) ?? '');
  if (isSchemaAt(path.slice(0, -1)) && Object.hasOwn(keywordValues, keyword)) {
    const top = path.length === 1 && keyword === 'type';
    const values = top ? ['object'] : (keywordValues[keyword] ?? []);
    return values.map((value) => ({ kind: 'value', label: value, text: value, about: '' }));
  }
  return requiredNames(place, path) ?? [];
}

/** Names of the parameters beside `required`; null where no such list is. */
function requiredNames({ data, path: whole, siblings }: ManifestPlace, path: Path): Offered[] | null {
  if (path.at(-2) !== 'required' || typeof path.at(-1) !== 'number') return null;
  const schema = whole.slice(0, -2).reduce<Json | undefined>(jsonChild, data);
  const properties = isJsonObject(schema) ? schema.properties : null;
  const names = isJsonObject(properties) ? Object.keys(properties) : [];
  return names
    .filter((name) => !siblings.includes(name))
    .map((name) => ({ kind: 'value', label: name, text: inlineYaml(name), about: '' }));
}
