import * as l10n from '@vscode/l10n';
import { toolName } from '../../core/toolName.ts';
import { type ExploreParams, engine } from '../../protocol/engine.ts';
import { type EstimatedModel, estimateText } from '../state/estimateText.ts';
import type { Surroundings } from '../surroundings.ts';
import { changeBudget } from './changeBudget.ts';

/**
 * Says what a run would take, as often as the person changes what it may; resolves with what to start, or with null when
 * it shall not start.
 */
export async function askBeforeRun(
  around: Surroundings,
  params: ExploreParams,
  model: EstimatedModel,
): Promise<ExploreParams | null> {
  const { link, person } = around;
  const start = l10n.t('Start');
  const change = l10n.t('Change Budget…');
  const [first] = params.tools;
  const only = params.tools.length === 1 && first !== undefined ? toolName(first) : null;
  let asked = params;
  for (;;) {
    const estimate = await link.request(engine.estimate, asked);
    const { question, detail } = estimateText(estimate, model, only);
    const answer = await person.decide(question, detail, [start, change]);
    if (answer === start) return asked;
    if (answer !== change) return null;
    asked = await changeBudget(person, asked, estimate);
  }
}
