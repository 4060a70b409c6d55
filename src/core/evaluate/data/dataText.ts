import { type Places, PythonJsonError, parsePythonJson } from '../python/json.ts';
import { isDict, type PythonDict, type PythonValue } from '../python/values.ts';

/** A file that is not what it has to be. The message names file, line and field; the advice says what to write instead. */
export class WrongData extends Error {
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.name = 'WrongData';
    this.advice = advice;
  }
}

/** An object of a file, which knows where it stands. */
export interface Row {
  value: PythonDict;
  /** Counts from 1. */
  line: number;
}

/** A file of data: one JSON value, or one a line. */
export interface DataText {
  /** As people are told of it. */
  file: string;
  /** The one value; null for lines. */
  whole: PythonValue;
  /** The objects of a list or of the lines; the one object itself; empty where there are none. */
  rows: readonly Row[];
  /** Line of an object or list within. */
  lineOf(value: PythonDict | PythonValue[]): number;
}

/**
 * Reads the text of a file of JSON or of JSON lines, as Python reads JSON. Throws `WrongData` for what is neither.
 *
 * @param file Its name, for people.
 */
export function readDataText(text: string, file: string): DataText {
  const body = text.replace(/^\uFEFF/, '');
  const lines = new Lines(body);
  const places: Places = new Map();
  const lineOf = (value: PythonDict | PythonValue[]): number => lines.at(places.get(value) ?? 0);
  try {
    const whole = parsePythonJson(body, places);
    return { file, whole, rows: rowsOf(whole, lineOf), lineOf };
  } catch (error) {
    if (!(error instanceof PythonJsonError)) throw error;
    places.clear();
    const rows = readRows(body, file, places);
    if (rows !== null) return { file, whole: null, rows, lineOf };
    throw new WrongData(
      `${file}:${lines.at(error.index)}: This is no JSON: ${error.message.toLowerCase()}.`,
      'The file has to be one JSON value, or one JSON object a line.',
    );
  }
}

function rowsOf(whole: PythonValue, lineOf: (value: PythonDict) => number): Row[] {
  const values = Array.isArray(whole) ? whole : [whole];
  return values.filter(isDict).map((value) => ({ value, line: lineOf(value) }));
}

/** An object a line; null where already the first line is none, or none is there. Throws `WrongData` for a later one. */
function readRows(body: string, file: string, places: Places): Row[] | null {
  const rows: Row[] = [];
  let start = 0;
  for (const [i, text] of body.split('\n').entries()) {
    const problem = text.trim() === '' ? null : readRow(text, start, i + 1, rows, places);
    start += text.length + 1;
    if (problem === null) continue;
    if (rows.length === 0) return null;
    throw new WrongData(
      `${file}:${i + 1}: ${problem}.`,
      'Each line has to be one JSON object. Was the file cut off while it was written?',
    );
  }
  return rows.length > 0 ? rows : null;
}

/** What is wrong with the line; null where its object was added. */
function readRow(text: string, start: number, line: number, rows: Row[], places: Places): string | null {
  const within: Places = new Map();
  try {
    const value = parsePythonJson(text, within);
    if (!isDict(value)) return 'This line is no JSON object';
    rows.push({ value, line });
  } catch (error) {
    if (!(error instanceof PythonJsonError)) throw error;
    return `This line is no JSON: ${error.message.toLowerCase()}`;
  }
  for (const [value, index] of within) places.set(value, start + index);
  return null;
}

/** Line numbers of the places in a text. */
class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  at(index: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= index) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
