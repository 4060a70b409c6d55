import { strip } from '../../text.ts';
import type { Verdict } from '../grade.ts';
import { str } from '../python/text.ts';
import type { PythonDict } from '../python/values.ts';
import { readParsedAnswer, readSteAnswer, type SteAnswer } from './readAnswer.ts';
import { stringMatched } from './stringMatched.ts';

/** A model's answer to a query of the paper's test set. */
export interface StePrediction {
  id: string;
  /** The API that is right. */
  tool: string;
  query: string;
  /** What the model said, whole; or how the reference had read it (`parsed_result`). */
  output: string | PythonDict;
  /** Arguments of the right call. */
  gold: PythonDict;
  /** The verdict on the arguments that stands in the file; null where none does. */
  recorded: boolean | null;
}

/** A verdict that may still need a judge. */
export interface SteVerdict {
  verdict: Verdict;
  /** The call whose arguments are said in words and of which no verdict is recorded, for a judge; null otherwise. */
  undecided: PythonDict | null;
}

/**
 * The paper's verdict on one answer: well-formed, API match, correct (section 4 of the paper).
 *
 * @param tools All APIs of the predictions' file: what a name may count as.
 * @param verdicts `recorded`: of the arguments what the file says. `fresh`: compared anew for the APIs whose arguments are
 *   compared as texts, and of the other ones still what the file says, which a judge model once said. `judged`: for a
 *   judge to rule on those now. Where nothing is recorded, arguments that are the right ones to the letter are right.
 */
export function gradeSte(
  prediction: StePrediction,
  tools: readonly string[],
  verdicts: 'recorded' | 'fresh' | 'judged',
): SteVerdict {
  const { id, tool, gold } = prediction;
  const { output } = prediction;
  const answer = typeof output === 'string' ? readSteAnswer(output, tools) : readParsedAnswer(output);
  const wrong = { id, tool, correct: false as const };
  if (answer.kind !== 'call') {
    return decided({
      ...wrong,
      wellFormed: false,
      apiMatch: false,
      failure: 'malformed',
      message: answer.why,
    });
  }
  if (answer.tool !== tool) {
    return decided({ ...wrong, wellFormed: true, apiMatch: false, ...wrongTool(answer, tool, tools) });
  }
  const matched = { ...wrong, wellFormed: true, apiMatch: true };
  const problem = compareArguments(answer.arguments, gold);
  const isCompared = stringMatched.has(tool);
  const isFresh = verdicts === 'judged' || (verdicts === 'fresh' && isCompared);
  const recorded = isFresh ? null : prediction.recorded;
  if (recorded === null) {
    if (!problem) return decided(right(id, tool));
    if (isCompared) return decided({ ...matched, ...problem });
    const message = `${problem.message} No judge has ruled on it.`;
    return { verdict: { ...matched, ...problem, message }, undecided: answer.arguments };
  }
  const judge = isCompared ? {} : { judge: 'recorded' };
  if (recorded) return decided({ ...right(id, tool), ...judge });
  const unlike = problem ?? {
    failure: 'invalid_value' as const,
    message: 'It equals the right call, and the recorded verdict denies it.',
  };
  return decided({ ...matched, ...unlike, ...judge });
}

function decided(verdict: Verdict): SteVerdict {
  return { verdict, undecided: null };
}

function right(id: string, tool: string): Verdict {
  return { id, tool, wellFormed: true, apiMatch: true, correct: true, failure: null, message: '' };
}

function wrongTool(
  { tool: read, name }: SteAnswer & { kind: 'call' },
  tool: string,
  tools: readonly string[],
): Pick<Verdict, 'failure' | 'message'> {
  if (tools.includes(name)) {
    return { failure: 'wrong_tool', message: `It calls "${name}" where "${tool}" is right.` };
  }
  const nearest = read === null ? '' : `; the nearest is "${read}"`;
  return { failure: 'unknown_tool', message: `There is no tool "${name}"${nearest}. "${tool}" is right.` };
}

/** What is wrong with the arguments; null when each right one is there with the same value as text. More are no fault. */
export function compareArguments(
  given: PythonDict,
  gold: PythonDict,
): Pick<Verdict, 'failure' | 'message'> | null {
  for (const [key, value] of gold) {
    const found = given.get(key);
    if (found === undefined) return { failure: 'missing_argument', message: `"${str(key)}" is missing.` };
    if (asText(str(found)) !== asText(str(value))) {
      const message = `"${str(key)}" is ${shortened(str(found))} where ${shortened(str(value))} is right.`;
      return { failure: 'invalid_value', message };
    }
  }
  return null;
}

function asText(text: string): string {
  return strip(text).toLowerCase();
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
