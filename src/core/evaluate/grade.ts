import type { JsonObject } from '../json.ts';
import type { Call, FailureType } from '../trial.ts';
import { fromJson, type PythonDict, type PythonValue } from './python/values.ts';

/** What graders know of a tool. A `Tool` of the catalogue is one; so is a function of the leaderboard's files. */
export interface ToolDoc {
  name: string;
  /** JSON Schema of the arguments, with the type names of its source. */
  parameters: JsonObject;
}

/** A call as a model made it. Numbers keep whether they are whole by type: Python's rules tell 5 from 5.0. */
export interface PredictedCall {
  /** The tool's name as the model wrote it. */
  tool: string;
  arguments: PythonDict;
}

/** A call that counts as right. */
export interface AcceptedCall {
  tool: string;
  /**
   * The values that count as right, argument by argument; among them `""` where the argument may be left out. An object among
   * them lists the right values of each of its keys in turn, unless the call is `exact`.
   */
  arguments: ReadonlyMap<string, readonly PythonValue[]>;
  /** The values are those of one right call: nothing may be left out, objects are objects. */
  exact?: true;
}

/**
 * What is right: these calls in any order; no call (`abstention`); or some call, whichever (`anyCall`, the leaderboard's
 * relevance questions).
 */
export type Gold =
  | { kind: 'calls'; calls: readonly AcceptedCall[] }
  | { kind: 'abstention' }
  | { kind: 'anyCall' };

/** A question with what is right for it. */
export interface Question {
  id: string;
  query: string;
  /** What it is counted under: the tool that is right, or the tool that must not be called. */
  tool: string;
  gold: Gold;
  /** Whose rules values follow; in Java and JavaScript every value is written as a text. Absent: Python. */
  language?: 'java' | 'javascript';
}

/**
 * What a model answered. `text`: words and no call, an abstention. `unreadable`: neither; a call was begun and cannot be read,
 * or nothing was said at all.
 */
export type Prediction =
  | { kind: 'calls'; calls: readonly PredictedCall[] }
  | { kind: 'text'; text: string }
  | { kind: 'unreadable'; why: string };

/** What a grader says of one answer. */
export interface Verdict {
  id: string;
  /** `Question.tool`. */
  tool: string;
  /** Could be read as what was asked for: a call, or words where no call is right. */
  wellFormed: boolean;
  /** The right tools, as many calls of each as are right. Never without `wellFormed`. */
  apiMatch: boolean;
  /** Right tools and right arguments. */
  correct: boolean;
  /** Null for a correct answer. */
  failure: FailureType | null;
  /** What is wrong, in a sentence; empty for a correct answer. */
  message: string;
  /** Id of the judge model that ruled on free text; `recorded` for a judge's verdict that stood in the file. */
  judge?: string;
}

/** A call of ours as a grader takes it. `name`: what the model was shown for the tool. */
export function predictedCall(name: string, given: Call['arguments']): PredictedCall {
  return { tool: name, arguments: fromJson(given) as PythonDict };
}

/** The one right call, as an example has it. */
export function exactly(name: string, given: Call['arguments']): AcceptedCall {
  const values = [...(fromJson(given) as Map<string, PythonValue>)];
  return { tool: name, arguments: new Map(values.map(([key, value]) => [key, [value]])), exact: true };
}
