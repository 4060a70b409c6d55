/**
 * Whether a lesson still holds: what later trials say for and against it. A function of the trials in their order, so that
 * folding them again gives the same.
 */
import { counted } from '../counted.ts';
import type { Lesson, Trial } from '../trial.ts';

/** Trials that decide: the newest that bear on the lesson. */
const newest = 8;
/** So many of them, and more than speak for it, have to speak against it: one may be an accident of the tool. */
const againstAtLeast = 2;

/** What a trial says about a lesson: it shows the same again, or the opposite. */
export type Verdict = '+' | '-';

/**
 * A lesson after one more trial that bears on it. Evidence that is older than the spec of this trial counts as one trial: a
 * tool that was changed may well do otherwise. It is retired when the newest evidence is against it, and counts again when
 * evidence for it returns.
 */
export function afterVerdict(
  lesson: Lesson,
  verdict: Verdict,
  trial: Pick<Trial, 'id' | 'specHash'>,
): Lesson {
  const { retired: _before, recent: _recent, ...rest } = lesson;
  const known = lesson.recent ?? '+'.repeat(Math.min(newest, lesson.trials.length));
  const isOlder = lesson.specHash !== '' && trial.specHash !== '' && lesson.specHash !== trial.specHash;
  const recent = ((isOlder ? known.slice(-1) : known) + verdict).slice(-newest);
  const now: Lesson =
    verdict === '+'
      ? { ...rest, trials: withId(lesson.trials, trial.id), specHash: trial.specHash }
      : { ...rest, against: withId(lesson.against ?? [], trial.id) };
  const isPlain = !recent.includes('-') && recent.length === Math.min(newest, now.trials.length);
  const retired = reasonAgainst(recent);
  return {
    ...now,
    ...(isPlain ? {} : { recent }),
    ...(retired === null ? {} : { retired }),
  };
}

/** A lesson that another one says as well, and better: its trials are that one's now. */
export function retiredFor(lesson: Lesson, other: Lesson): Lesson {
  return { ...lesson, sameAs: other.id, retired: `Another lesson says the same: ${other.text}` };
}

/** Why evidence retires a lesson; null when it does not. */
function reasonAgainst(recent: string): string | null {
  const against = [...recent].filter((verdict) => verdict === '-').length;
  const bearing = counted(recent.length, 'trial');
  if (against < againstAtLeast || against <= recent.length - against) return null;
  return `Later trials contradict it: ${against} of the newest ${bearing} that bear on it.`;
}

function withId(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? [...ids] : [...ids, id];
}
