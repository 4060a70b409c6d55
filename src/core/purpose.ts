import type { CoverageCell } from './explore/coverage.ts';
import type { JsonObject } from './json.ts';
import type { ToolMemory } from './memory/longTerm.ts';
import type { PlayedCall } from './simulate/simulation.ts';
import type { Tool } from './tool.ts';
import type { Call, Example, Observation, Step } from './trial.ts';

/** Why a model is asked, with what it may know, as data. Prompts say the same in words. */
export type Purpose = ExplorePurpose | ExploitPurpose;

/** While exploring. */
export type ExplorePurpose =
  | ImaginePurpose
  | CallFirstPurpose
  | QueryForCallPurpose
  | ActPurpose
  | ReflectPurpose
  | SimulatePurpose;

interface Common {
  tool: Tool;
  /** What earlier trials taught about the tool. */
  memory: ToolMemory;
  /** Derived from run, tool, episode, trial and step: the same in a resumed trial. */
  seed: number;
}

/** Imagine a user's query. The answer is its text. */
export interface ImaginePurpose extends Common {
  kind: 'imagine';
  /** Parameters and values no call has touched yet. */
  uncovered: CoverageCell[];
  /** Queries that the diversity gate has just turned down; the newest last. */
  tooClose: string[];
}

/** Make a call worth knowing, before there is a query. The answer is a call. */
export interface CallFirstPurpose extends Common {
  kind: 'callFirst';
  uncovered: CoverageCell[];
  /** What was tried in this trial so far. */
  steps: Step[];
}

/** Write the query which this call answers. The answer is its text. */
export interface QueryForCallPurpose extends Common {
  kind: 'queryForCall';
  call: Call;
  observation: Observation;
}

/** Answer the query with the help of the tools. The answer is a call, or the final answer. */
export interface ActPurpose extends Common {
  kind: 'act';
  siblings: Tool[];
  query: string;
  uncovered: CoverageCell[];
  /** What was tried in this trial so far. */
  steps: Step[];
}

/** Was the query fulfilled, why, and what is to be learned? */
export interface ReflectPurpose extends Common {
  kind: 'reflect';
  /** Whether a JSON object is expected (see `explore/reflect.ts`), or the paper's yes or no. */
  structured: boolean;
  query: string;
  steps: Step[];
  answer: string | null;
}

/** Play a tool: the answer says what it would say to this call (see `simulate/readPlayed.ts`). */
export interface SimulatePurpose extends Omit<Common, 'memory'> {
  kind: 'simulate';
  arguments: JsonObject;
  /** Earlier calls of this run, its own and those of the tools beside it, that the answer has to agree with. */
  said: PlayedCall[];
}

/**
 * Afterwards: to judge an example, to say it in other words, to imagine queries for which the tool must not be called, to
 * imagine ones that lack a value it needs, to answer a query of an evaluation, and to say whether an answer's words mean the
 * right ones. Only language models can.
 */
export type ExploitPurpose =
  | { kind: 'judge'; tool: Tool; seed: number; example: Example }
  | { kind: 'paraphrase'; tool: Tool; seed: number; example: Example }
  | { kind: 'nearMiss' | 'missingValue'; tool: Tool; seed: number }
  | { kind: 'answer' | 'sameMeaning'; tool: Tool; seed: number; query: string };
