/** Examples of ours as questions. */

import type { JsonObject } from '../../json.ts';
import { exactly, type Gold } from '../grade.ts';
import { isDict, type PythonDict, toJson } from '../python/values.ts';
import type { GradedQuestion } from './bfcl.ts';
import { type DataText, WrongData } from './dataText.ts';

export function isExamples({ rows }: DataText): boolean {
  return rows.some(({ value }) => value.has('query') && value.has('tool') && value.has('calls'));
}

/**
 * Reads examples as questions: their calls are right, those of a near miss and of a missing value are none. Nothing is known of
 * the tools but their names. Throws `WrongData`.
 */
export function readExampleQuestions(file: DataText): GradedQuestion[] {
  const calls = file.rows.map(({ value, line }) => callsOf(value, `${file.file}:${line}`));
  const names = new Set(calls.flat().map(({ name }) => name));
  const tools = [...names].map((name) => ({ name, parameters: {} }));
  return file.rows.map(({ value, line }, i) => {
    const at = `${file.file}:${line}`;
    const made = calls[i] ?? [];
    const isAbstention = value.get('kind') === 'near_miss' || value.get('kind') === 'missing_value';
    const gold: Gold = isAbstention
      ? { kind: 'abstention' }
      : { kind: 'calls', calls: made.map(({ name, given }) => exactly(name, given)) };
    const question = {
      id: textOf(value, 'id', at),
      query: textOf(value, 'query', at),
      tool: nameOf(textOf(value, 'tool', at)),
      gold,
    };
    return { question, tools };
  });
}

/** The name at the end of a tool's id, which is its source and its name. */
export function nameOf(tool: string): string {
  return tool.slice(tool.lastIndexOf('#') + 1);
}

function callsOf(row: PythonDict, at: string): { name: string; given: JsonObject }[] {
  const calls = row.get('calls');
  if (!Array.isArray(calls)) throw new WrongData(`${at}: "calls" is no list.`, 'Write [] for an abstention.');
  return calls.map((call) => {
    const tool = isDict(call) ? call.get('tool') : null;
    const given = isDict(call) ? (call.get('arguments') ?? null) : null;
    if (typeof tool !== 'string' || !isDict(given)) {
      throw new WrongData(`${at}: "calls" has one without "tool" or "arguments".`, 'Write both.');
    }
    return { name: nameOf(tool), given: toJson(given) as JsonObject };
  });
}

function textOf(row: PythonDict, key: string, at: string): string {
  const value = row.get(key);
  if (typeof value === 'string') return value;
  throw new WrongData(`${at}: "${key}" is no text.`, `Each example has to have a "${key}".`);
}
