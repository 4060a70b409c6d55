/** What is right for a question, as a text that can be kept: JSON in which 5 and 5.0 stay apart. */
import type { AcceptedCall, Gold } from './grade.ts';
import { parsePythonJson } from './python/json.ts';
import type { PythonDict, PythonValue } from './python/values.ts';

export function writeGold(gold: Gold): string {
  if (gold.kind !== 'calls') return written(new Map([['kind', gold.kind]]));
  const calls = gold.calls.map(
    ({ tool, arguments: args, exact }): PythonDict =>
      new Map<string, PythonValue>([
        ['tool', tool],
        ['arguments', new Map([...args].map(([name, values]) => [name, [...values]]))],
        ...(exact ? [['exact', true] as const] : []),
      ]),
  );
  return written(
    new Map<string, PythonValue>([
      ['kind', 'calls'],
      ['calls', calls],
    ]),
  );
}

/** What `writeGold` has written. Throws for any other text. */
export function readGold(text: string): Gold {
  const read = parsePythonJson(text) as Map<string, PythonValue>;
  const kind = read.get('kind') as Gold['kind'];
  if (kind !== 'calls') return { kind };
  const calls = (read.get('calls') as Map<string, PythonValue>[]).map(
    (call): AcceptedCall => ({
      tool: call.get('tool') as string,
      arguments: call.get('arguments') as Map<string, PythonValue[]>,
      ...(call.get('exact') === true ? { exact: true } : {}),
    }),
  );
  return { kind, calls };
}

function written(value: PythonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return /^-?\d+$/.test(String(value)) ? `${value}.0` : String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, one]) => `${JSON.stringify(String(key))}:${written(one)}`).join(',')}}`;
  }
  return `[${value.tuple.map(written).join(',')}]`;
}
