import type { ModelErrorKind } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import type { ChatMessage, Usage } from './message.ts';

/** Every way in which a call goes wrong (one list for log, tree, graders and lessons). */
export const failureTypes = [
  'malformed',
  'unknown_tool',
  'wrong_tool',
  'missing_argument',
  'unexpected_argument',
  'wrong_type',
  'invalid_value',
  'rejected',
  'tool_fault',
  'timeout',
  'unreachable',
  'blocked',
  'cancelled',
] as const;

export type FailureType = (typeof failureTypes)[number];

export interface Failure {
  type: FailureType;
  /** For a person and for the model; the tool's own words where the tool spoke. */
  message: string;
  /** JSON Pointer of the argument at fault, for instance `/date`, where it is known. */
  argument?: string;
}

export interface Call {
  /** The tool's id; the name as the model wrote it when there is no such tool. */
  tool: string;
  arguments: JsonObject;
}

/**
 * How a call ended. `not_run`: it never reached the tool (malformed, unknown tool, schema failure of a tool that is not
 * `read`, too many calls in one answer). `may_have_run`: the process died in the middle of a write.
 */
export type ObservationStatus =
  | 'ok'
  | 'rejected'
  | 'tool_fault'
  | 'timeout'
  | 'unreachable'
  | 'blocked'
  | 'cancelled'
  | 'not_run'
  | 'may_have_run';

export interface Observation {
  status: ObservationStatus;
  /** What the tool said, as text, control characters included, up to the runner's output limit. */
  content: string;
  /** Duration in milliseconds. */
  ms: number;
  /** Whether the tool said more than `content` has, or more than the model was shown. */
  truncated: boolean;
  /** A model played the tool: never evidence about the real one. */
  simulated?: boolean;
}

export interface Step {
  thought: string;
  /** Null when no call could be read from the answer. */
  call: Call | null;
  observation: Observation;
  /** The one that names the step: what the schema says first, then what the tool did. Null for a clean success. */
  failure: Failure | null;
  /** All of them: a call may break its schema and be refused by the tool as well. */
  failures: Failure[];
}

/** `abandoned`: a limit was reached. `error`: the model's fault or ours, not the tool's. */
export type Outcome = 'fulfilled' | 'unfulfilled' | 'abandoned' | 'error';

export interface Reflection {
  /** What the model said, whole. */
  text: string;
  /** The model's own verdict. */
  claimed: boolean;
  /** The verdict that counts: evidence outranks opinion (preset `adaptive`). */
  fulfilled: boolean;
  /** Why it went as it did, in the model's words. */
  cause?: string;
  /** One sentence about the tool. */
  lesson?: string;
  /** What to try next. */
  next?: string;
}

/** The place of a trial: episodes and trials count from 1. */
export interface TrialPlace {
  runId: string;
  tool: string;
  episode: number;
  trial: number;
}

/** One trial, whole, as it is kept. */
export interface Trial extends TrialPlace {
  id: string;
  /** Empty for a trial that called first and found no call worth a query. */
  query: string;
  /** The call came first and the query was written for it. */
  callFirst: boolean;
  outcome: Outcome;
  steps: Step[];
  reflection: Reflection | null;
  /** The final answer; null when none was given. */
  answer: string | null;
  /** `ChatModel.id`. */
  model: string;
  seed: number;
  specHash: string;
  usage: Usage;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Duration in milliseconds. */
  ms: number;
  /** What this trial added to the conversation of its episode (short-term memory), message by message. */
  messages: ChatMessage[];
  /** What each model call of the trial was for and took. */
  exchanges: Exchange[];
  /** A model played the tools: nothing in it is evidence about the real ones. */
  simulated?: true;
  /** From a log of another program: whether calls failed is guessed from what came back. */
  imported?: true;
  /** Set when the outcome is `error`. */
  error?: { message: string; advice: string; kind?: ModelErrorKind };
}

/** What a model is asked for. */
export type PurposeKind = 'imagine' | 'callFirst' | 'queryForCall' | 'act' | 'reflect' | 'simulate';

/**
 * One model call. The conversation before it stands in `messages` of this trial and of those before it in its episode; that
 * of a call which plays a tool stands in `prompt`.
 */
export interface Exchange {
  purpose: PurposeKind;
  /** What was asked, where it differs from what stands in the conversation (the list of explored queries). */
  prompt?: string;
  /** What was answered, where it was turned down and is not in the conversation. */
  turnedDown?: string;
  usage: Usage;
  /** Milliseconds. */
  ms: number;
}

/** A failed call, the call that then worked, and what changed. */
export interface Fix {
  tool: string;
  trialId: string;
  failed: Call;
  failure: Failure;
  worked: Call;
  /** JSON Pointers of the arguments that differ. */
  changed: string[];
  sentence: string;
}

/** One sentence about a tool, with the trials that back it. */
export interface Lesson {
  /** Equal for lessons that say the same about the same tool. */
  id: string;
  tool: string;
  text: string;
  /** Ids of the trials that say so, in the order in which they ended. */
  trials: string[];
  /** Ids of the trials that contradict it; absent for none. */
  against?: string[];
  /** Why it counts no more, in a sentence: later trials contradict it, or another lesson says the same. Absent: it counts. */
  retired?: string;
  /** What its newest evidence says, oldest first: `+` for it, `-` against it; absent as long as all of it is for it. */
  recent?: string;
  /** Id of the lesson that says the same and counts in its place. */
  sameAs?: string;
  /** The argument it is about, as a JSON Pointer, where there is one. */
  argument?: string;
  /** What backs it, when it comes from calls: the tool's own words, values it refused, values it took. */
  evidence?: { message: string; refused: Json[]; taken: Json[] };
  /** The schema forbids what the tool takes: spec and tool disagree. */
  disagrees?: boolean;
  /** `evidence`: from what the tool said. `reflection`: from what the model concluded. */
  origin: 'evidence' | 'reflection';
  specHash: string;
}

/**
 * What an example shows. `call`: a query and the calls that answer it. Abstention is the other two: `near_miss`, a query that
 * sounds like the tool's and must not call it, and `missing_value`, one that lacks a value the tool needs, so that the model
 * asks back.
 */
export type ExampleKind = 'call' | 'near_miss' | 'missing_value';

/**
 * What stands behind an example. `unverified`: nothing was checked (a person wrote it, or it is older than the checks).
 * `executed`: its calls are valid by the schema and succeeded; no judge was asked. `verified`: a judge agrees. `review`:
 * evidence and judge disagree, and a person has not yet said. `accepted`, `rejected`: a person's word.
 */
export type Verification = 'unverified' | 'executed' | 'verified' | 'review' | 'accepted' | 'rejected';

/** What a judge model said of an example (the three criteria of the paper's filter). */
export interface Judgement {
  /** `ChatModel.id`. */
  model: string;
  /** The answer tells the user what was asked for. */
  informative: boolean;
  /** The answer says nothing that the observations do not. */
  faithful: boolean;
  /** The tools were used as they are meant to be. */
  proper: boolean;
  reasons: string;
}

/** The stages of verification that an example went through. */
export interface Checks {
  /** Whether its calls are valid by the schema of `specHash`; null where that was not looked at. */
  format: boolean | null;
  /**
   * `recorded`: the calls succeeded in the trial. `repeated`: they were made again and succeeded. `failed`: made again, one of
   * them did not. Null: nobody knows of a real call of theirs (a person wrote them, a model played the tool).
   */
  execution: 'recorded' | 'repeated' | 'failed' | null;
  /** Null where no judge was asked. */
  judge: Judgement | null;
  /** Hash of the spec that these checks were made against. */
  specHash: string;
  /** Hash of the text that a job has checked: a person may have changed it since. Absent where no job has. */
  text?: string;
}

/** A call that failed before the one that worked: what not to do, and why. */
export interface Contrast {
  tool: string;
  arguments: JsonObject;
  failure: { type: FailureType; message: string };
}

/** A query and the calls that answer it, or why none does, with its provenance. */
export interface Example {
  id: string;
  tool: string;
  query: string;
  /** Absent: `call`. */
  kind?: Exclude<ExampleKind, 'call'>;
  /** The whole successful path; empty for an abstention. `simulated`: a model played the tool. */
  calls: { tool: string; arguments: JsonObject; observation: string; simulated?: true }[];
  answer: string | null;
  /** Id of the example that this one says in other words; absent for one that stands for itself. */
  paraphraseOf?: string;
  /** Calls that failed on the way. */
  contrasts?: Contrast[];
  /** JSON Pointer of the argument whose value a `missing_value` query lacks. */
  lacks?: string;
  /** Why a paraphrase is not used although nobody doubts it: what it says in other words is turned down, changed or gone. */
  withheld?: string;
  verification: Verification;
  /** Absent where nothing was checked. */
  checks?: Checks;
  provenance: {
    model: string;
    /** False when the query was invented by the offline sampler. */
    languageModel: boolean;
    runId: string;
    trialId: string;
    seed: number;
    specHash: string;
    /** The judge's `ChatModel.id`. */
    judge: string | null;
    edited: boolean;
    /** What it shows was said by a model that played the tool. */
    simulated?: true;
    /** From a log of another program. */
    imported?: true;
  };
}
