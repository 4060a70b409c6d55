import type { JsonObject } from '../../core/json.ts';
import type { ActPurpose, CallFirstPurpose } from '../../core/purpose.ts';
import { deriveSeed, seededRandom } from '../../core/random.ts';
import type { Step } from '../../core/trial.ts';
import { firstArguments } from './imagine.ts';
import { changedMeaning, intendedArguments } from './intent.ts';
import { findingsOf, type Knowledge, knowledgeOf } from './knowledge.ts';
import { isSuccess } from './outcome.ts';
import { prepared, revised } from './revise.ts';
import { shortened } from './words.ts';

/** What to do next in a trial. */
export type Action = { thought: string; call: JsonObject } | { thought: string; answer: string };

/** After so many failed calls a person would give up, too. */
const patience = 4;

/** A call for the query, the call changed after a failure, or the final answer. */
export function act(purpose: ActPurpose): Action {
  const { tool, query, steps } = purpose;
  const knowledge = knowledgeOf(tool, purpose.memory, steps);
  const last = steps.at(-1);
  if (last && isSuccess(last))
    return answered(last, intendedArguments(tool, query, knowledge), steps, knowledge);
  const random = seededRandom(deriveSeed(purpose.seed, 'act', steps.length));
  const next = last
    ? nextCall(purpose, last, knowledge, random)
    : prepared(tool, intendedArguments(tool, query, knowledge), knowledge, random);
  if (next)
    return {
      thought: last
        ? 'That was refused: I change what the error is about.'
        : 'I call the tool with what the query says.',
      call: next,
    };
  return givenUp(last);
}

/** Before there is a query: a call worth knowing, and after a failure another one. */
export function callFirst(purpose: CallFirstPurpose): Action {
  const last = purpose.steps.at(-1);
  if (!last?.call)
    return { thought: 'I try a call to see what the tool does.', call: firstArguments(purpose) };
  const knowledge = knowledgeOf(purpose.tool, purpose.memory, purpose.steps);
  const random = seededRandom(deriveSeed(purpose.seed, 'act', purpose.steps.length));
  if (isSuccess(last)) return { thought: 'The call worked.', answer: said(last) };
  const next = nextCall(purpose, last, knowledge, random);
  return next
    ? { thought: 'That was refused: I change what the error is about.', call: next }
    : givenUp(last);
}

function nextCall(
  purpose: ActPurpose | CallFirstPurpose,
  last: Step,
  knowledge: Knowledge,
  random: ReturnType<typeof seededRandom>,
): JsonObject | null {
  const { tool, steps } = purpose;
  const { status } = last.observation;
  if (steps.length >= patience || status === 'blocked' || status === 'cancelled' || status === 'may_have_run')
    return null;
  if (!last.call || last.call.tool !== tool.id) {
    return purpose.kind === 'act'
      ? prepared(tool, intendedArguments(tool, purpose.query, knowledge), knowledge, random)
      : firstArguments(purpose);
  }
  // Nobody was there to judge the arguments: once more as they are, then it is over.
  if (status === 'timeout' || status === 'unreachable') {
    const away = steps.filter((step) => step.observation.status === status).length;
    return away < 2 ? last.call.arguments : null;
  }
  return revised(tool, last.call.arguments, findingsOf(last, knowledge.slots), knowledge, random);
}

function answered(step: Step, intended: JsonObject, steps: readonly Step[], knowledge: Knowledge): Action {
  const called = step.call?.arguments ?? {};
  const findings = steps.flatMap((one) => findingsOf(one, knowledge.slots));
  const changed = changedMeaning(intended, called, findings);
  if (changed.length === 0) return { thought: 'The tool has answered.', answer: said(step) };
  return {
    thought: 'The tool has answered, but not to just this.',
    answer: `Not quite what was asked, since it was refused. With ${shortened(JSON.stringify(called), 160)}: ${said(step)}`,
  };
}

function givenUp(last: Step | undefined): Action {
  const why = last
    ? shortened(last.failure?.message || last.observation.content, 200)
    : 'there is nothing to call';
  return { thought: 'I know nothing else to try.', answer: `I could not get an answer: ${why}` };
}

function said(step: Step): string {
  const content = shortened(step.observation.content, 300);
  return content === '' ? 'Done; the tool said nothing.' : content;
}
