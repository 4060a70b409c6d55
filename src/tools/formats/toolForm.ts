/** One form in which a tool is written as data: what the providers' formats have in common. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { FormatName } from '../../core/source.ts';
import type { RiskHints } from '../risk.ts';

/** A value that may be a tool. */
export interface Entry {
  value: JsonObject;
  /** JSON Pointer. */
  at: string;
  /** The key it stands under, which may be its name; null in a list. */
  key: string | null;
  /** The key of the list it stands in; null where there is none. */
  list: string | null;
}

export type FormMatch =
  | {
      kind: 'tool';
      name: string;
      description: string;
      /** As it is written; null when there is none. */
      schema: Json;
      /** Below the entry. */
      schemaAt: string;
      /** JSON Schema of what a call returns. */
      output?: JsonObject;
      annotations?: RiskHints['annotations'];
      notes?: readonly string[];
    }
  /**
   * It is of this form, and no tool can be made of it; where below the entry, and why. Unless it is sure, it may as well be
   * something else where there is no tool beside it.
   */
  | { kind: 'broken'; at: string; message: string; isSure: boolean }
  /** It is of this form, and nothing that could be called from here. */
  | { kind: 'skipped'; message: string };

export interface ToolForm {
  name: FormatName;
  /** One of these stands in every text of this form. */
  words: readonly string[];
  /** What shows that a text was meant to be of this form, where it cannot be read. */
  sign: RegExp;
  /** Said of its tools: why nothing can run them. */
  notRunnable: string;
  /** Null when the value is not of this form. */
  match(entry: Entry): FormMatch | null;
}

/** Why a tool whose spec names nothing that runs it cannot be run. */
export const noRunner =
  'its spec does not say how to run it: bind it with include: in imaginarium.yaml, or explore it simulated.';

/** The text under a key; empty when there is none. */
export function textOf(value: JsonObject, key: string): string {
  const text = Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof text === 'string' ? text : '';
}

/** Whether a value is a schema that was meant for arguments, in whatever words. */
export function isParameterSchema(value: Json | undefined): boolean {
  if (!isJsonObject(value)) return false;
  if (isJsonObject(value.properties)) return true;
  return typeof value.type === 'string' && /^(?:object|dict)$/i.test(value.type);
}

/** The tool of an entry that has a name, in its value or as its key; broken without one. `isSure`: what else could it be? */
export function namedTool(
  { value, key, list }: Entry,
  at: string,
  found: Omit<Extract<FormMatch, { kind: 'tool' }>, 'kind' | 'name'>,
  isSure = false,
): FormMatch {
  const holder = at === '' ? value : value[at.slice(1)];
  const name = isJsonObject(holder) && holder.name !== undefined ? holder.name : key;
  if (typeof name === 'string' && name.trim() !== '') return { kind: 'tool', name, ...found };
  const message =
    name === null
      ? 'A tool needs a "name": this one has none, so it is left out.'
      : `A tool's "name" must be a text; this is ${(JSON.stringify(name) ?? 'nothing').slice(0, 60)}, so it is left out.`;
  return {
    kind: 'broken',
    at: name === null ? at : `${at}/name`,
    message,
    isSure: isSure || list !== null || value.type === 'function',
  };
}
