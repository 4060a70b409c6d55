import type { AcceptedCall, PredictedCall, Prediction, Question, ToolDoc, Verdict } from '../grade.ts';
import { type CallProblem, checkCall, isNamed } from './checkCall.ts';

/** A verdict with what it rests on: for a judge of free text. */
export interface StrictVerdict {
  verdict: Verdict;
  /** Everything that is wrong, call by call, where the calls are of the right tools. */
  problems: readonly CallProblem[];
}

/**
 * The verdict of the strict grader: typed values, several of them right, every unexpected argument counts, calls in any order,
 * and an abstention only where the answer is words without a call.
 *
 * @param tools What the model could choose from; the first of a name counts.
 * @param known Names of further tools that exist, so that calling them is the wrong choice rather than an invention.
 */
export function gradeStrict(
  question: Question,
  prediction: Prediction,
  tools: readonly ToolDoc[],
  known?: ReadonlySet<string>,
): Verdict {
  return examine(question, prediction, tools, known).verdict;
}

/** The same, with all that is wrong. */
export function examine(
  question: Question,
  prediction: Prediction,
  tools: readonly ToolDoc[],
  known: ReadonlySet<string> = new Set(),
): StrictVerdict {
  const { gold } = question;
  if (prediction.kind === 'unreadable') return verdict(question, 'malformed', prediction.why, false);
  if (prediction.kind === 'text') {
    if (gold.kind === 'abstention') return correct(question);
    return verdict(question, 'malformed', 'It answers without a call.', false);
  }
  const names = [...tools.map(({ name }) => name), ...known];
  const unknown = prediction.calls.find(({ tool }) => !names.some((name) => isNamed(tool, name)));
  if (gold.kind !== 'calls') {
    if (gold.kind === 'anyCall' && !unknown) return correct(question);
    if (unknown) return verdict(question, 'unknown_tool', noSuchTool(unknown), true);
    const called = prediction.calls[0]?.tool ?? '';
    return verdict(question, 'wrong_tool', `It calls "${called}" where no call is right.`, true);
  }
  return gradeCalls(question, gold.calls, prediction.calls, tools, unknown);
}

function gradeCalls(
  question: Question,
  accepted: readonly AcceptedCall[],
  calls: readonly PredictedCall[],
  tools: readonly ToolDoc[],
  unknown: PredictedCall | undefined,
): StrictVerdict {
  const { open, spare } = compareTools(accepted, calls);
  if (open.length > 0 || spare.length > 0) {
    if (unknown) return verdict(question, 'unknown_tool', noSuchTool(unknown), true);
    return verdict(question, 'wrong_tool', wrongTools(open, spare), true);
  }
  const language = question.language ?? 'python';
  const problems = accepted.map((right) => {
    const doc = tools.find(({ name }) => name === right.tool) ?? null;
    return calls.map((call) =>
      isNamed(call.tool, right.tool) ? checkCall(call, right, doc, language) : null,
    );
  });
  const pairs = assign(problems);
  const found = pairs.flatMap(({ right, call }) => problems[right]?.[call] ?? []);
  const [first] = found;
  if (first === undefined && pairs.length === accepted.length) return correct(question);
  if (first === undefined) return verdict(question, 'wrong_tool', wrongTools(accepted, calls), true);
  return { ...verdict(question, first.type, first.message, true, true), problems: found };
}

/** Which right tools nothing was called for, and which calls no right tool is left for. */
function compareTools(
  accepted: readonly AcceptedCall[],
  calls: readonly PredictedCall[],
): { open: AcceptedCall[]; spare: PredictedCall[] } {
  const spare = [...calls];
  const open = accepted.filter(({ tool }) => {
    const at = spare.findIndex((call) => isNamed(call.tool, tool));
    if (at >= 0) spare.splice(at, 1);
    return at < 0;
  });
  return { open, spare };
}

function wrongTools(open: readonly AcceptedCall[], spare: readonly PredictedCall[]): string {
  const list = (tools: readonly { tool: string }[]): string =>
    tools.map(({ tool }) => `"${tool}"`).join(', ');
  if (open.length === 0) return `It calls ${list(spare)} as well, which is not right.`;
  if (spare.length === 0) return `A call of ${list(open)} is missing.`;
  return `It calls ${list(spare)} where ${list(open)} is right.`;
}

/**
 * Gives each right call one of the calls that were made: without anything wrong wherever that is possible for all (augmenting
 * paths), the rest with what is least wrong.
 */
function assign(problems: readonly (readonly (CallProblem[] | null)[])[]): { right: number; call: number }[] {
  const taken = new Map<number, number>();
  const place = (right: number, seen: Set<number>): boolean =>
    (problems[right] ?? []).some((found, call) => {
      if (found === null || found.length > 0 || seen.has(call)) return false;
      seen.add(call);
      const owner = taken.get(call);
      if (owner !== undefined && !place(owner, seen)) return false;
      taken.set(call, right);
      return true;
    });
  for (let right = 0; right < problems.length; right++) place(right, new Set());
  const placed = new Set(taken.values());
  for (let right = 0; right < problems.length; right++) {
    if (placed.has(right)) continue;
    let best: { call: number; count: number } | null = null;
    (problems[right] ?? []).forEach((found, call) => {
      if (found === null || taken.has(call)) return;
      if (best === null || found.length < best.count) best = { call, count: found.length };
    });
    const chosen = best as { call: number } | null;
    if (chosen) taken.set(chosen.call, right);
  }
  return [...taken].map(([call, right]) => ({ right, call })).sort((a, b) => a.right - b.right);
}

function noSuchTool({ tool }: PredictedCall): string {
  return `There is no tool "${tool}".`;
}

function correct({ id, tool }: Question): StrictVerdict {
  const verdict = { id, tool, wellFormed: true, apiMatch: true, correct: true, failure: null, message: '' };
  return { verdict, problems: [] };
}

function verdict(
  { id, tool }: Question,
  failure: NonNullable<Verdict['failure']>,
  message: string,
  wellFormed: boolean,
  apiMatch = false,
): StrictVerdict {
  return { verdict: { id, tool, wellFormed, apiMatch, correct: false, failure, message }, problems: [] };
}
