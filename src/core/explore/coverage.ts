/**
 * Coverage: which parameters, listed values, optional combinations and error classes the calls have touched. The
 * imaginer is told what is still uncovered, and a tool whose trials touch nothing new and teach nothing new is done.
 */
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { pointerOf, valueAt } from '../jsonPointer.ts';
import type { ToolMemory } from '../memory/longTerm.ts';
import type { Tool } from '../tool.ts';
import type { Failure } from '../trial.ts';

/**
 * One thing about a tool that calls can touch: a parameter given, an optional parameter left out, a listed value, or a
 * class of errors met.
 */
export interface CoverageCell {
  kind: 'given' | 'left_out' | 'value' | 'error';
  /** JSON Pointer of the parameter; for `error` the failure's type. */
  subject: string;
  /** For `value`: the listed value. For `error`: the message with its variable parts taken out. */
  value?: Json;
}

/** Listed values beyond this many are not asked for one by one. */
const valuesPerParameter = 20;
/** How deep nested parameters are looked at; those of the tool itself are at 1. */
export const deepestParameter = 3;

/** A text that is equal for equal cells. */
export function cellKey(cell: CoverageCell): string {
  const value = cell.value === undefined ? '' : canonicalJson(cell.value);
  return `${cell.kind} ${cell.subject} ${value}`.trimEnd();
}

/** Everything the schema lets a call touch. Error classes are not among them: they are met, not planned. */
export function cellsOf(schema: JsonObject): CoverageCell[] {
  const cells: CoverageCell[] = [];
  visitParameters(schema, '', 1, (pointer, parameter, optional) => {
    cells.push({ kind: 'given', subject: pointer });
    if (optional) cells.push({ kind: 'left_out', subject: pointer });
    for (const value of listedValues(parameter)) cells.push({ kind: 'value', subject: pointer, value });
  });
  return cells;
}

/** What one call touches, its failures included. */
export function cellsTouched(schema: JsonObject, args: JsonObject, failures: Failure[]): CoverageCell[] {
  const cells: CoverageCell[] = [];
  visitParameters(schema, '', 1, (pointer, parameter, optional) => {
    const value = valueAt(args, pointer);
    if (value === undefined) {
      if (optional) cells.push({ kind: 'left_out', subject: pointer });
      return;
    }
    cells.push({ kind: 'given', subject: pointer });
    const listed = listedValues(parameter).find((one) => canonicalJson(one) === canonicalJson(value));
    if (listed !== undefined) cells.push({ kind: 'value', subject: pointer, value: listed });
  });
  for (const failure of failures) {
    cells.push({ kind: 'error', subject: failure.type, value: errorClass(failure.message, args) });
  }
  return cells;
}

/** What no call has touched yet, in the order of the schema. */
export function uncoveredCells(tool: Tool, memory: ToolMemory): CoverageCell[] {
  const covered = new Set(memory.covered);
  return cellsOf(tool.parameters).filter((cell) => !covered.has(cellKey(cell)));
}

/** A cell in words, for the imagining prompt. */
export function describeCell(cell: CoverageCell): string {
  const name = cell.subject.replace(/^\//, '').replaceAll('/', '.');
  if (cell.kind === 'value') return `\`${name}\` with the value ${JSON.stringify(cell.value)}`;
  if (cell.kind === 'left_out') return `\`${name}\` left out`;
  if (cell.kind === 'given') return `\`${name}\` given`;
  return `an error of the kind ${cell.subject}`;
}

/**
 * A message with its variable parts taken out (what stands in the arguments, quoted text, numbers), so that equal errors
 * are equal: "no such table: users" and "no such table: orders" are one class when the query named the table.
 */
export function errorClass(message: string, args: JsonObject): string {
  const values = Object.values(args).filter(
    (value) => typeof value === 'string' && value.length > 1,
  ) as string[];
  let text = firstLine(message);
  for (const value of values.sort((a, b) => b.length - a.length)) text = text.replaceAll(value, '…');
  const given = new Set(values.flatMap((value) => value.match(words) ?? []));
  return text
    .replace(words, (word) => (given.has(word) ? '…' : word))
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '…')
    .replace(/\d+(\.\d+)?/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}

const words = /[\p{L}\p{N}_]{2,}/gu;

/** The first line that says something. */
export function firstLine(message: string): string {
  return (
    message
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '') ?? ''
  );
}

function visitParameters(
  schema: JsonObject,
  at: string,
  depth: number,
  visit: (pointer: string, parameter: JsonObject, optional: boolean) => void,
): void {
  if (!isJsonObject(schema.properties)) return;
  const required = Array.isArray(schema.required) ? schema.required : [];
  for (const [name, parameter] of Object.entries(schema.properties)) {
    const pointer = at + pointerOf(name);
    const described = isJsonObject(parameter) ? parameter : {};
    visit(pointer, described, !required.includes(name));
    if (depth < deepestParameter) visitParameters(described, pointer, depth + 1, visit);
  }
}

function listedValues(parameter: JsonObject): Json[] {
  if (Array.isArray(parameter.enum)) return parameter.enum.slice(0, valuesPerParameter);
  if (parameter.type === 'boolean') return [true, false];
  return [];
}
