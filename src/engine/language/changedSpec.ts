/** The text of a spec that says what trials have shown, in the words of its format and with its layout. */
import type { SchemaChange } from '../../core/contradictions/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { keysOf, pointerOf, valueAt } from '../../core/jsonPointer.ts';
import { parseSpec, type SpecDocument } from '../../tools/formats/document.ts';
import { type ArgumentPlace, ownerOf, placeOf, type SpecEntry } from './argumentPlace.ts';
import { changedJson } from './jsonEdits.ts';
import type { TextChange } from './textChange.ts';
import { changedYaml } from './yamlEdits.ts';

export interface ChangeQuery {
  path: string;
  text: string;
  entry: SpecEntry;
  change: SchemaChange;
}

/** Null where this spec cannot say it, or its text is too broken to be changed. */
export function changedSpec({ path, text, entry, change }: ChangeQuery): string | null {
  const document = parseSpec(path, text);
  const { value: root, kind } = document;
  if (root === undefined) return null;
  const changes = textChanges(root, entry, change);
  if (changes === null) return null;
  const changed = kind === 'yaml' ? changedYaml(text, changes) : changedText(document, text, changes);
  return changed === text ? null : changed;
}

/** JSON lines are changed line by line. */
function changedText({ kind }: SpecDocument, text: string, changes: TextChange[]): string | null {
  if (kind !== 'jsonl') return changedJson(text, changes);
  const index = Number(keysOf(changes[0]?.at ?? '')[0]);
  const lines = text.split('\n');
  const filled = lines.flatMap((line, at) => (line.replace(/^\uFEFF/, '').trim() === '' ? [] : [at]));
  const at = filled[index];
  const line = at === undefined ? undefined : lines[at];
  if (at === undefined || line === undefined) return null;
  const inLine = changes.map((one) => ({ ...one, at: pointerOf(...keysOf(one.at).slice(1)) }));
  const changed = changedJson(line, inLine);
  return changed === null ? null : lines.with(at, changed).join('\n');
}

function textChanges(root: Json, entry: SpecEntry, change: SchemaChange): TextChange[] | null {
  const place = placeOf(root, entry, change.argument);
  if (change.change === 'add') return additions(root, entry, change);
  if (place === null) return null;
  switch (change.change) {
    case 'require':
      return required(root, entry, place);
    case 'unrequire':
      return unrequired(root, entry, place);
    case 'set': {
      if (entry.format === 'toolbench') return null;
      return Object.entries(inWords(entry, change.keywords)).map(([keyword, value]) => ({
        do: 'set',
        at: place.schema + pointerOf(keyword),
        value,
      }));
    }
    case 'unset':
      return [{ do: 'remove', at: place.schema + pointerOf(change.keyword) }];
    case 'describe': {
      const at = `${place.whole}/description`;
      const before = valueAt(root, at);
      const text = typeof before === 'string' && before.trim() !== '' ? `${sentence(before)} ` : '';
      return [{ do: 'set', at, value: text + change.sentence }];
    }
  }
}

function required(root: Json, entry: SpecEntry, { whole, owner, name }: ArgumentPlace): TextChange[] | null {
  if (entry.format === 'toolbench') return null;
  if (owner === null) return [{ do: 'set', at: `${whole}/required`, value: true }];
  const list = valueAt(root, `${owner}/required`);
  if (!Array.isArray(list)) return [{ do: 'set', at: `${owner}/required`, value: [name] }];
  // A list that is empty may be written in any way: it is written anew.
  if (list.length === 0) return [{ do: 'set', at: `${owner}/required`, value: [name] }];
  return list.includes(name) ? null : [{ do: 'append', at: `${owner}/required`, value: name }];
}

function unrequired(
  root: Json,
  entry: SpecEntry,
  { whole, owner, name }: ArgumentPlace,
): TextChange[] | null {
  if (entry.format === 'toolbench') return null;
  if (owner === null) return [{ do: 'set', at: `${whole}/required`, value: false }];
  const list = valueAt(root, `${owner}/required`);
  const index = Array.isArray(list) ? list.indexOf(name) : -1;
  if (!Array.isArray(list) || index < 0) return null;
  if (list.length === 1) return [{ do: 'remove', at: `${owner}/required` }];
  return [{ do: 'remove', at: `${owner}/required/${index}` }];
}

function additions(
  root: Json,
  entry: SpecEntry,
  { argument, schema }: Extract<SchemaChange, { change: 'add' }>,
): TextChange[] | null {
  const owner = ownerOf(root, entry);
  if (owner === null) return null;
  const value = inWords(entry, schema);
  const properties = valueAt(root, `${owner}/properties`);
  const [name = ''] = keysOf(argument);
  if (isJsonObject(properties) && Object.keys(properties).length > 0) {
    return [{ do: 'set', at: `${owner}/properties${pointerOf(name)}`, value }];
  }
  return [{ do: 'set', at: `${owner}/properties`, value: { [name]: value } }];
}

/** Keywords as the format writes them. */
function inWords({ format }: SpecEntry, keywords: JsonObject): JsonObject {
  if (format !== 'gemini' || typeof keywords.type !== 'string') return keywords;
  return { ...keywords, type: keywords.type.toUpperCase() };
}

function sentence(text: string): string {
  const trimmed = text.trimEnd();
  return /[.!?…:;]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
