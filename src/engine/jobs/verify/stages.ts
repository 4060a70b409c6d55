/** The stages of verification, for one example: format, execution, judge. Each is asked only if the one before it holds. */
import type { ChatModel } from '../../../core/chat.ts';
import { ModelError } from '../../../core/errors.ts';
import { isSimulated } from '../../../core/exploit/demonstration.ts';
import { withoutUnneeded } from '../../../core/exploit/path.ts';
import { agrees, judgementOf, specHashOf } from '../../../core/exploit/usable.ts';
import { type JudgeCase, judge, type Verdict } from '../../../core/exploit/verify/judge.ts';
import { holds } from '../../../core/exploit/verify/verdict.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Checks, Example, Trial } from '../../../core/trial.ts';
import { verifyAbstention } from './abstention.ts';
import { type Calling, isCheap, isRecorded, type MadeAgain, makeAgain } from './madeAgain.ts';
import { concluded, type Verified } from './verified.ts';

export interface Stages extends Calling {
  /** Null: no judge is asked. */
  model: ChatModel | null;
  /** Judges also what is judged already. */
  again: boolean;
}

/**
 * Verifies an example against the spec as it is now. Its text stays as it is where a person wrote it; else the calls may
 * become fewer (those that a judge calls unneeded, once the shorter path has worked), and after a change of the spec their
 * observations are those of now, where the answer still fits them. Rejects as models do, and with `Cancelled`.
 *
 * @param trial where it comes from; null where the log does not have it
 */
export async function verifyExample(
  before: Example,
  tool: Tool,
  trial: Trial | null,
  stages: Stages,
): Promise<Verified> {
  const stale = specHashOf(before) !== '' && specHashOf(before) !== tool.specHash;
  if (before.kind !== undefined) return verifyAbstention(before, tool, stages);
  const format = await formatOf(before, stages);
  if (isSimulated(before)) return concluded(before, tool, { format, execution: null, judge: null });

  const known = knownExecution(before, trial, stale);
  const made = format !== false && isCheap(before, trial, stages) ? await makeAgain(before, stages) : null;
  const execution = made === null ? known : made.worked ? 'repeated' : 'failed';
  const checks = { format, execution, judge: stale ? null : judgementOf(before) };
  const madeAgain = made !== null;
  const doubted = isDoubted(before, trial);
  const due = checks.judge === null || stages.again;
  if (!holds({ ...checks, specHash: '' }) || stages.model === null || !due) {
    return { ...concluded(before, tool, checks, doubted), madeAgain };
  }

  const shown = stale ? withObservations(before, made) : before;
  const verdict = await ask(shown, tool, trial, { ...stages, model: stages.model });
  if (verdict === null) return { ...concluded(before, tool, checks, doubted), madeAgain, unjudged: true };
  const judged = { ...checks, judge: verdict.judgement };
  if (!agrees(verdict.judgement)) return { ...concluded(before, tool, judged, doubted), madeAgain };
  const shorter = madeAgain ? await shortened(shown, verdict.unneeded, stages) : shown;
  return { ...concluded(shorter, tool, judged, doubted), madeAgain };
}

/** Whether all calls are valid by the schemas of now; null where one of the tools is gone and the others say nothing against it. */
async function formatOf(example: Example, { bound, calls }: Calling): Promise<boolean | null> {
  let unknown = false;
  for (const call of example.calls) {
    const tool = bound.get(call.tool)?.tool;
    if (tool === undefined) unknown = true;
    else if ((await calls.check(tool, call.arguments)).length > 0) return false;
  }
  return unknown ? null : true;
}

/** What is known of real calls without making them again. */
function knownExecution(example: Example, trial: Trial | null, stale: boolean): Checks['execution'] {
  const before = example.checks?.execution;
  if (before === 'failed') return before;
  if (before === 'repeated' && !stale && !example.provenance.edited) return before;
  if (trial !== null) return isRecorded(example, trial) ? 'recorded' : null;
  if (example.provenance.edited || example.provenance.trialId === '') return null;
  return before === null ? null : 'recorded';
}

/** Its own trial called it unfulfilled: then a judge's yes is not enough, and a person has the last word. */
function isDoubted(example: Example, trial: Trial | null): boolean {
  if (trial !== null) return trial.outcome === 'unfulfilled';
  const { verification, checks } = example;
  return verification === 'review' && !!checks?.judge && agrees(checks.judge) && holds(checks);
}

/** Others than those that the trial saw, where a person has not written them. */
function withObservations(example: Example, made: MadeAgain): Example {
  if (!made?.worked || example.provenance.edited) return example;
  const calls = example.calls.map((call, index) => {
    return { ...call, observation: made.observations[index] ?? call.observation };
  });
  return { ...example, calls };
}

/** Null where the judge cannot be understood, or cannot rule on this one: others may still be judged. */
async function ask(
  example: Example,
  tool: Tool,
  trial: Trial | null,
  { model, bound, signal }: Stages & { model: ChatModel },
): Promise<Verdict | null> {
  try {
    return await judge(model, judgeCase(example, tool, trial, bound), signal);
  } catch (error) {
    if (error instanceof ModelError && !error.fatal) return null;
    throw error;
  }
}

/** What a judge is shown of an example. */
export function judgeCase(
  example: Example,
  tool: Tool,
  trial: Trial | null,
  bound: Calling['bound'],
): JudgeCase {
  const called = new Set([
    ...example.calls.map((call) => call.tool),
    ...(trial?.steps ?? []).flatMap(({ call }) => call?.tool ?? []),
  ]);
  called.delete(tool.id);
  const others = [...called].flatMap((id) => bound.get(id)?.tool ?? []);
  return { example, tool, others, steps: trial?.steps ?? null };
}

/** Without what a judge calls unneeded, if the rest of the path works when it is made alone. */
async function shortened(example: Example, unneeded: readonly number[], stages: Stages): Promise<Example> {
  if (unneeded.length === 0 || example.provenance.edited) return example;
  const { query, answer } = example;
  const riskOf = (id: string) => stages.bound.get(id)?.tool.risk ?? 'unknown';
  const calls = withoutUnneeded(example.calls, unneeded, { query, answer, riskOf });
  const shorter = { ...example, calls };
  if (calls.length === example.calls.length || !calls.some((call) => call.tool === example.tool))
    return example;
  return (await makeAgain(shorter, stages))?.worked ? shorter : example;
}
