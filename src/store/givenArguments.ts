import { deepestParameter } from '../core/explore/coverage.ts';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { pointerOf } from '../core/jsonPointer.ts';
import type { Trial } from '../core/trial.ts';
import type { Connection } from './connection.ts';
import { redactJson } from './redact.ts';

/** Arguments of one call that are noted at most. */
const mostArguments = 24;
/** A longer text is noted without its value, UTF-16 units. */
const longestValue = 100;
const longestPointer = 200;

/** Something that a call gave. */
export interface GivenArgument {
  /** JSON Pointer; `''` for the call itself. */
  pointer: string;
  /** JSON text; `''` for a value that is long or no scalar. */
  value: string;
}

/** What calls gave, noted for coverage and for looking up the trials behind a value. */
export class GivenArguments {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Part of the transaction that records the trial. */
  add(trial: Pick<Trial, 'tool' | 'steps' | 'simulated'>, seq: number, run: number, tool: number): void {
    const insert = this.#connection.prepare(
      `INSERT INTO given_arguments (tool, pointer, value, run, trial, step, failed, simulated)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const simulated = trial.simulated ? 1 : 0;
    for (const { step, failed, given } of callsOf(trial)) {
      for (const { pointer, value } of given)
        insert.run(tool, pointer, value, run, seq, step, failed ? 1 : 0, simulated);
    }
  }
}

/** The calls of the explored tool, those of its siblings left out, as coverage counts them (`core/memory/remember.ts`). */
export function callsOf(
  trial: Pick<Trial, 'tool' | 'steps'>,
): { step: number; failed: boolean; given: GivenArgument[] }[] {
  return trial.steps.flatMap(({ call, observation, failure, failures }, step) => {
    if (call === null || call.tool !== trial.tool) return [];
    if (observation.status === 'not_run' && failures.every((one) => one.type === 'cancelled')) return [];
    return [{ step, failed: failure !== null, given: argumentsGiven(call.arguments) }];
  });
}

/** The call, then its arguments level by level, so that nested ones are the first to be left out of a very large call. */
export function argumentsGiven(args: JsonObject): GivenArgument[] {
  const found: GivenArgument[] = [{ pointer: '', value: '' }];
  const open = [{ at: '', object: args, depth: 1 }];
  for (const { at, object, depth } of open) {
    for (const [name, value] of Object.entries(object)) {
      const pointer = at + pointerOf(name);
      if (!canBeNoted(pointer)) continue;
      if (found.length > mostArguments) return found;
      found.push({ pointer, value: shortText(name, value) });
      if (depth < deepestParameter && isJsonObject(value))
        open.push({ at: pointer, object: value, depth: depth + 1 });
    }
  }
  return found;
}

/** A model may make up names that no column can hold. */
function canBeNoted(pointer: string): boolean {
  return pointer.length <= longestPointer && pointer.isWellFormed() && !pointer.includes('\0');
}

/** Without secrets: what stands here is shown beside charts. */
function shortText(name: string, value: Json): string {
  if (typeof value === 'object' && value !== null) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  if (value.length > longestValue) return '';
  const clean = redactJson({ [name]: value }) as JsonObject;
  return JSON.stringify(clean[name]);
}
