import * as l10n from '@vscode/l10n';
import type { Job } from '../../core/job.ts';
import type { Budget } from '../../core/run.ts';
import { engine } from '../../protocol/engine.ts';
import { editorModelPrefix } from '../../protocol/modelNames.ts';
import { limitChoices } from '../commands/limits.ts';
import { mayRun } from '../commands/mayExplore.ts';
import type { Surroundings } from '../surroundings.ts';
import { followJob } from './followJob.ts';

/** Goes on with work that was stopped, cut off or has failed; where its budget is used up, asks for another one first. */
export async function resumeJob(around: Surroundings, job: Job): Promise<void> {
  if (!(await mayRun(around))) return;
  const { link, editorModels } = around;
  const model = job.model?.id;
  if (model?.startsWith(editorModelPrefix)) await editorModels.allow(model.slice(editorModelPrefix.length));
  const budget = job.status === 'budget' ? await raised(around, job) : {};
  if (budget === undefined) return;
  const { jobId } = await link.request(engine.resumeJob, {
    id: job.id,
    ...(Object.keys(budget).length > 0 ? { budget } : {}),
  });
  void followJob(around, jobId);
}

/** Undefined when the person does not raise it: it would end where it is. */
async function raised({ person }: Surroundings, job: Job): Promise<Partial<Budget> | undefined> {
  const change = await person.pick(
    l10n.t('Change Budget'),
    l10n.t('Its budget is used up. Which limit should be raised?'),
    limitChoices(person, job.budget, job.budget.usd !== null),
  );
  return change?.();
}
