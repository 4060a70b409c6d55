/** The columns by which examples are searched, counted and paged: all of them follow from the example. */
import type { SQLInputValue } from 'node:sqlite';
import { isDemonstration, isSimulated } from '../core/exploit/demonstration.ts';
import { agrees, familyOf, isUsable, kindOf, specHashOf } from '../core/exploit/usable.ts';
import type { Example } from '../core/trial.ts';
import { type Packed, packJson, packText } from './packing.ts';

/** What a change of a row has to know of it. */
export interface KnownExample {
  seq: number;
  file: string;
  tool: number;
  query: Packed;
  body: Packed;
  simulated: number;
  usable: number;
}

export const knownColumns = 'seq, file, tool, query, body, simulated, usable';

/** What a row says of its example; beside it stand the id and what is known of the file. */
export const exampleColumns = [
  'tool',
  'run',
  'query',
  'body',
  'edited',
  'trial',
  'language_model',
  'simulated',
  'verification',
  'usable',
  'judged',
  'kind',
  'family',
  'spec_hash',
];

/** What stands for its value in a statement. */
export function placeholderOf(column: string): string {
  return column === 'trial' ? '(SELECT seq FROM trials WHERE id = ?)' : '?';
}

/** In the order of `exampleColumns`. */
export function exampleValues(example: Example, tool: number): SQLInputValue[] {
  const { provenance, verification, checks } = example;
  return [
    tool,
    provenance.runId,
    packText(example.query),
    packJson(example),
    provenance.edited ? 1 : 0,
    provenance.trialId,
    isDemonstration(example) ? 0 : 1,
    isSimulated(example) ? 1 : 0,
    verification,
    isUsable(example) ? 1 : 0,
    checks?.judge ? (agrees(checks.judge) ? 1 : 0) : null,
    kindOf(example),
    familyOf(example),
    specHashOf(example),
  ];
}
