/** The files of the paper's evaluation: the test set, and models' answers on it. */

import { parsePythonJson } from '../python/json.ts';
import { isDict, type PythonDict, type PythonValue } from '../python/values.ts';
import type { StePrediction } from '../ste/grade.ts';
import { type DataText, WrongData } from './dataText.ts';

/** Whether the file holds models' answers on the paper's test set. */
export function isStePredictions({ whole, rows }: DataText): boolean {
  return [...entriesOf(whole), ...rows.map(({ value }) => value)].some(
    (entry) => entry.has('model_output') || entry.has('parsed_result'),
  );
}

/** Whether the file is the paper's test set: queries with the right call of each, API by API. */
export function isSteData({ whole }: DataText): boolean {
  return [...entriesOf(whole)].some((entry) => entry.has('action_input'));
}

function* entriesOf(whole: PythonValue): Generator<PythonDict> {
  if (!isDict(whole)) return;
  for (const list of whole.values()) if (Array.isArray(list)) yield* list.filter(isDict);
}

/** Answers, with what they are graded by. */
export interface SteFile {
  /** The APIs of the file, in its order. */
  tools: string[];
  predictions: StePrediction[];
  /** How many answers have a recorded verdict on their arguments. */
  recorded: number;
}

/**
 * Reads models' answers. The right call of each is that of the data for the same query, else the one that stands beside it.
 * Throws `WrongData`.
 */
export function readSteFile(file: DataText, data: DataText): SteFile {
  const gold = goldOf(data);
  const predictions: StePrediction[] = [];
  let recorded = 0;
  let found = 0;
  const groups = groupsOf(file);
  for (const [tool, entries] of groups) {
    for (const [i, entry] of entries.entries()) {
      const at = `${file.file}:${file.lineOf(entry)}`;
      const query = entry.get('query') ?? null;
      const right =
        gold.get(tool)?.byQuery.get(query) ?? (query === null ? gold.get(tool)?.inOrder[i] : undefined);
      if (right) found++;
      const verdict = verdictOf(entry, at);
      if (verdict !== null) recorded++;
      predictions.push({
        id: `${tool}#${i + 1}`,
        tool,
        query: typeof query === 'string' ? query : '',
        output: outputOf(entry, at),
        gold: right ?? argumentsOf(entry, at, data.file),
        recorded: verdict,
      });
    }
  }
  if (predictions.length > 0 && found === 0) {
    throw new WrongData(
      `None of the queries of ${file.file} stands in ${data.file}.`,
      'Give the test set that the answers are to: --data tool_test.json.',
    );
  }
  return { tools: [...groups.keys()], predictions, recorded };
}

/** The answers API by API. A list of answers is one of answers to the APIs that their `action` names. */
function groupsOf({ file, whole, rows, lineOf }: DataText): Map<string, PythonDict[]> {
  const groups = new Map<string, PythonDict[]>();
  if (isDict(whole) && !whole.has('model_output')) {
    for (const [tool, list] of whole) {
      if (Array.isArray(list) && list.every(isDict)) groups.set(String(tool), list);
      else {
        const line = lineOf(Array.isArray(list) || isDict(list) ? list : whole);
        throw new WrongData(
          `${file}:${line}: "${String(tool)}" is no list of answers.`,
          'Each API has to have a list of objects with "query" and "model_output".',
        );
      }
    }
    return groups;
  }
  for (const { value, line } of rows) {
    const tool = value.get('action');
    if (typeof tool !== 'string') {
      throw new WrongData(`${file}:${line}: "action" is no text.`, 'It has to name the API that is right.');
    }
    const known = groups.get(tool);
    if (known) known.push(value);
    else groups.set(tool, [value]);
  }
  return groups;
}

interface GoldOfTool {
  byQuery: Map<PythonValue, PythonDict>;
  inOrder: PythonDict[];
}

function goldOf(data: DataText): Map<string, GoldOfTool> {
  const gold = new Map<string, GoldOfTool>();
  if (!isDict(data.whole)) return gold;
  for (const [tool, list] of data.whole) {
    const ofTool: GoldOfTool = { byQuery: new Map(), inOrder: [] };
    for (const entry of Array.isArray(list) ? list.filter(isDict) : []) {
      const right = argumentsOf(entry, `${data.file}:${data.lineOf(entry)}`, data.file);
      ofTool.inOrder.push(right);
      ofTool.byQuery.set(entry.get('query') ?? null, right);
    }
    gold.set(String(tool), ofTool);
  }
  return gold;
}

function argumentsOf(entry: PythonDict, at: string, data: string): PythonDict {
  const given = entry.get('action_input') ?? null;
  if (isDict(given)) return given;
  if (typeof given !== 'string') {
    throw new WrongData(
      `${at}: "action_input" is missing, and the query does not stand in ${data}.`,
      'It has to be the arguments of the right call, as JSON.',
    );
  }
  try {
    const value = parsePythonJson(given);
    if (isDict(value)) return value;
  } catch {
    // Said below.
  }
  throw new WrongData(`${at}: "action_input" is no JSON object.`, 'It has to be the arguments of a call.');
}

function outputOf(entry: PythonDict, at: string): string | PythonDict {
  const output = entry.get('model_output');
  if (typeof output === 'string') return output;
  const parsed = entry.get('parsed_result') ?? null;
  if (isDict(parsed)) return parsed;
  // Nothing was answered.
  if (output === null) return '';
  throw new WrongData(
    `${at}: "model_output" ${output === undefined ? 'is missing' : 'is no text'}.`,
    'It has to be what the model said.',
  );
}

function verdictOf(entry: PythonDict, at: string): boolean | null {
  const verdict = entry.get('args_correct') ?? null;
  if (verdict === null) {
    // The reference writes no verdict on the arguments of an answer that fails before them.
    const failedBefore =
      [entry.get('err'), entry.get('no_call')].some(isTrue) || isFalse(entry.get('api_match'));
    return failedBefore ? false : null;
  }
  if (isTrue(verdict)) return true;
  if (isFalse(verdict)) return false;
  throw new WrongData(`${at}: "args_correct" is neither 0 nor 1.`, 'It has to be the verdict, 0 or 1.');
}

function isTrue(value: PythonValue | undefined): boolean {
  return value === true || value === 1n || value === 1;
}

function isFalse(value: PythonValue | undefined): boolean {
  return value === false || value === 0n || value === 0;
}
