/** What trials show and the spec says otherwise: a claim, what backs it, and what the spec would have to say instead. */
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import { deriveSeed } from '../random.ts';
import type { CallFact } from './callFacts.ts';

/**
 * - `needed`: optional in the spec, and the tool refuses every call without it.
 * - `notNeeded`: required in the spec, and the tool answers without it.
 * - `refused`: the spec allows values that the tool refuses.
 * - `taken`: the spec forbids values that the tool takes.
 * - `unnamed`: the tool takes an argument that the spec does not name.
 */
export type ContradictionKind = 'needed' | 'notNeeded' | 'refused' | 'taken' | 'unnamed';

/** How the parameters would have to change. `argument` is the JSON Pointer of an argument, as in calls. */
export type SchemaChange =
  | { change: 'require'; argument: string }
  | { change: 'unrequire'; argument: string }
  /** Sets keywords of the parameter. */
  | { change: 'set'; argument: string; keywords: JsonObject }
  | { change: 'unset'; argument: string; keyword: string }
  /** Adds a parameter. */
  | { change: 'add'; argument: string; schema: { type: string } }
  /** Adds a sentence to the parameter's description. */
  | { change: 'describe'; argument: string; sentence: string };

export interface Contradiction {
  /** The same for the same claim, whatever else of the spec changes and whichever trials back it. */
  id: string;
  /** Id of the tool. */
  tool: string;
  kind: ContradictionKind;
  /** JSON Pointer of the argument. */
  argument: string;
  /** What it is about, beside the argument: tells apart several of a kind. JSON text, or empty. */
  about: string;
  /** A sentence for a person; the trials are not named in it. */
  message: string;
  /** Ids of the trials that show it, the newest first. */
  trials: string[];
  /** How the spec would say what the tool does. */
  change: SchemaChange;
}

/** Calls that have to be refused before it is said that a tool refuses something. */
export const refusedAtLeast = 5;
/** Calls that have to be answered before it is said that a tool takes what its spec forbids. */
export const takenAtLeast = 3;

/** A contradiction from what it claims and the calls that back it. */
export function contradiction(
  tool: string,
  claim: Pick<Contradiction, 'kind' | 'argument' | 'message' | 'change'> & { about?: Json },
  backing: readonly CallFact[],
): Contradiction {
  const { about: subject, ...rest } = claim;
  const about = subject === undefined ? '' : canonicalJson(subject);
  const parts = [claim.kind, claim.argument, about];
  const id = `${deriveSeed(tool, ...parts).toString(36)}${deriveSeed(...parts, tool).toString(36)}`;
  return { id, tool, about, ...rest, trials: [...new Set(backing.map(({ trialId }) => trialId))] };
}
