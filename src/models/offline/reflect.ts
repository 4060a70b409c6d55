import type { ReflectPurpose } from '../../core/purpose.ts';
import { changedMeaning, statedArguments } from './intent.ts';
import { findingsOf, knowledgeOf } from './knowledge.ts';
import { lessonFrom } from './lessons.ts';
import { successIn } from './outcome.ts';
import { shortened } from './words.ts';

/** Whether the query was answered, why, and what the steps of the trial prove about the tool. */
export interface Verdict {
  fulfilled: boolean;
  cause: string;
  lesson?: string;
  next?: string;
}

/** The verdict on a trial: a call that succeeded, and asked for what the query asked. */
export function reflect(purpose: ReflectPurpose): Verdict {
  const { tool, query, steps } = purpose;
  const knowledge = knowledgeOf(tool, purpose.memory, steps);
  const lesson = lessonFrom(steps, knowledge, purpose.memory.lessons);
  const taught = lesson === null ? {} : { lesson };
  const success = successIn(steps);
  if (!success?.call) {
    const last = steps.at(-1);
    const why = last ? shortened(last.failure?.message || last.observation.content, 160) : 'no call was made';
    return { fulfilled: false, cause: `No call succeeded: ${why}`, ...taught, next: 'Try other values.' };
  }
  const intended = statedArguments(tool, query, knowledge);
  const findings = steps.flatMap((step) => findingsOf(step, knowledge.slots));
  const changed = intended === null ? [] : changedMeaning(intended, success.call.arguments, findings);
  if (changed.length === 0)
    return { fulfilled: true, cause: 'The tool answered just what was asked.', ...taught };
  const names = changed.map((pointer) => `\`${pointer.slice(1).replaceAll('/', '.')}\``).join(', ');
  return {
    fulfilled: false,
    cause: `The call that worked has another ${names} than the query.`,
    ...taught,
    next: 'Ask with the values that worked.',
  };
}

/** The verdict as the structured reflection is read. */
export function structuredVerdict(verdict: Verdict): string {
  return JSON.stringify(verdict);
}

/** The verdict as the paper's reflection is read: its first word decides. */
export function plainVerdict({ fulfilled, cause, lesson }: Verdict): string {
  return [
    fulfilled ? 'Yes.' : 'No.',
    cause.endsWith('.') ? cause : `${cause}.`,
    ...(lesson ? [lesson] : []),
  ].join(' ');
}
