import * as l10n from '@vscode/l10n';
import type { Budget } from '../../core/run.ts';
import type { JobEstimate } from '../../protocol/engine.ts';
import { limitChoices } from '../commands/limits.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Says what work would take at most, as often as the person changes what it may. Resolves with the limits to start under
 * (those that were changed), or with null when it shall not start.
 */
export async function askBeforeJob(
  { person }: Pick<Surroundings, 'person'>,
  estimate: (budget: Partial<Budget>) => Promise<JobEstimate>,
  text: (estimate: JobEstimate) => { question: string; detail: string },
): Promise<Partial<Budget> | null> {
  const start = l10n.t('Start');
  const change = l10n.t('Change Budget…');
  let budget: Partial<Budget> = {};
  for (;;) {
    const now = await estimate(budget);
    const { question, detail } = text(now);
    const answer = await person.decide(question, detail, [start, change]);
    if (answer === start) return budget;
    if (answer !== change) return null;
    const changed = await person.pick(
      l10n.t('Change Budget'),
      l10n.t('What should be limited, for this run alone?'),
      limitChoices(person, now.budget, now.usd !== null && now.usd > 0),
    );
    budget = { ...budget, ...(await changed?.()) };
  }
}
