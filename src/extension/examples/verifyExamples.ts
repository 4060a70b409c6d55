import * as l10n from '@vscode/l10n';
import { toolName } from '../../core/toolName.ts';
import { engine, type JobEstimate, type VerifyParams } from '../../protocol/engine.ts';
import { mayRun } from '../commands/mayExplore.ts';
import * as counts from '../state/counts.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { askBeforeJob } from './askBeforeJob.ts';
import { chooseLanguageModel } from './chooseLanguageModel.ts';
import { chooseTools } from './chooseTools.ts';
import { followJob } from './followJob.ts';
import { amountText } from './jobTexts.ts';

/** Has a language model judge the examples of a tool, or of all, once the person has seen what it takes at most. */
export async function verifyExamples(around: Surroundings, target: Target): Promise<void> {
  if (!(await mayRun(around))) return;
  const tools = await chooseTools(around, l10n.t('Verify Examples'), target);
  if (tools !== undefined) await verify(around, { tools });
}

/** The same of examples whose tool has another spec since: their calls are checked, and made again, first. */
export async function reverifyExamples(around: Surroundings, target: Target): Promise<void> {
  if (!(await mayRun(around))) return;
  await verify(around, { tools: target.toolId === undefined ? [] : [target.toolId], stale: true });
}

async function verify(around: Surroundings, asked: Pick<VerifyParams, 'tools' | 'stale'>): Promise<void> {
  const { link, person } = around;
  const model = await chooseLanguageModel(around, l10n.t('Judging examples'));
  if (!model) return;
  let params: VerifyParams = { ...asked, ...model.asked };
  const estimate = (budget: VerifyParams['budget']) =>
    link.request(engine.estimateJob, { kind: 'verify', ...params, ...(budget ? { budget } : {}) });
  let { examples } = await estimate({});
  if (examples === 0 && !asked.stale) {
    // Somebody may want another judge's word on what was judged already.
    const again = l10n.t('Judge Again');
    const answer = await person.tell('info', l10n.t('Every example has been judged.'), again);
    if (answer !== again) return;
    params = { ...params, again: true };
    ({ examples } = await estimate({}));
  }
  if (examples === 0) {
    const none = asked.stale
      ? l10n.t('No spec has changed since its examples were checked.')
      : l10n.t('There are no examples to verify.');
    await person.tell('info', none);
    return;
  }
  const budget = await askBeforeJob(around, estimate, (now) => questionOf(now, params, model.name));
  if (budget === null) return;
  const begun = { ...params, ...(Object.keys(budget).length > 0 ? { budget } : {}) };
  const { jobId } = await link.request(engine.verify, begun);
  void followJob(around, jobId);
}

function questionOf(
  estimate: JobEstimate,
  { tools, stale }: VerifyParams,
  name: string,
): { question: string; detail: string } {
  const [only] = tools;
  const what =
    only === undefined
      ? counts.examples(estimate.examples)
      : l10n.t('{0} of {1}', counts.examples(estimate.examples), oneLine(toolName(only), 80));
  return {
    question: stale
      ? l10n.t('Verify {0} again with {1}?', what, name)
      : l10n.t('Verify {0} with {1}?', what, name),
    detail: [
      l10n.t(
        'The model judges each: does the answer tell what was asked, does it say only what the tools returned, are the tools used as they are meant to be. Where it disagrees with what the calls did, you decide.',
      ),
      ...(stale ? [l10n.t('Their calls are checked against the spec as it is now first.')] : []),
      ...amountText(estimate),
    ].join('\n\n'),
  };
}
