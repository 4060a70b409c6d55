/** A JSON, JSON lines or YAML text as values that know where they stand. Recovers what can be recovered. */
import type { Json } from '../../core/json.ts';
import type { SpecProblem } from '../../core/tool.ts';
import { JsonDocument } from './jsonDocument.ts';
import { YamlDocument } from './yamlSpec.ts';

/** Lines and columns count from 1; the end is the place after the last character. */
export interface SpecRange {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export interface SpecDocument {
  readonly kind: 'json' | 'jsonl' | 'yaml';
  /**
   * What the text says, what is broken left out; of JSON lines an array, one item a line that is not empty. No key of it is
   * `__proto__`, and it is at most 200 levels deep. Numbers may be infinite (`1e999`).
   */
  readonly value: Json | undefined;
  /** Where the text is no JSON or YAML, and what of it is not read. Found when they are first asked for. */
  readonly problems: readonly SpecProblem[];
  /** Where a value stands, by JSON Pointer, or the key that names it; of what does not stand there, the nearest around. */
  locate(pointer: string, part?: 'key' | 'value'): SpecRange;
}

/** Reads a text as what its name and its content say it is. Never throws for what it says. */
export function parseSpec(path: string, text: string): SpecDocument {
  const plain = text.replace(/^\uFEFF/, '');
  const kind = kindOf(path, plain);
  return kind === 'yaml' ? new YamlDocument(path, plain) : new JsonDocument(path, plain, kind);
}

function kindOf(path: string, text: string): SpecDocument['kind'] {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  const isLines = hasJsonLines(text);
  if (/\.(?:jsonl|ndjson)$/i.test(path)) return isLines || !isJson(text) ? 'jsonl' : 'json';
  if (isLines && !isJson(text)) return 'jsonl';
  if (/\.jsonc?$/i.test(path)) return 'json';
  return /^\s*(?:[{["]|\/[/*])/.test(text) ? 'json' : 'yaml';
}

/** Whether the first line is an object by itself, and another value follows. */
function hasJsonLines(text: string): boolean {
  const [, first] = /^\s*(\{.*\})[ \t]*(?:\r?\n\s*[{[]|\s*$)/.exec(text) ?? [];
  return first !== undefined && isJson(first);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
