import { engine } from '../../protocol/engine.ts';
import { editorModelPrefix } from '../../protocol/modelNames.ts';
import { resumeJob } from '../examples/resumeJob.ts';
import type { Surroundings } from '../surroundings.ts';
import { followRun } from './followRun.ts';
import { mayRun } from './mayExplore.ts';
import { mayStartFor } from './mayStart.ts';

/** Goes on with the given run, or with the newest one, or work on examples, that was stopped or cut off. */
export async function resume(around: Surroundings, runId?: string): Promise<void> {
  if (!(await mayRun(around))) return;
  const { resumable, resumableJob } = around.workbench;
  const isNewer = (resumableJob?.startedAt ?? 0) > (resumable?.startedAt ?? 0);
  if (runId === undefined && resumableJob && isNewer) await resumeJob(around, resumableJob);
  else await resumeRun(around, runId ?? resumable?.id);
}

/** Goes on with a run; says so when there is nothing to go on with. */
export async function resumeRun(around: Surroundings, runId: string | undefined): Promise<void> {
  const { link, workbench, person, editorModels } = around;
  const run = runId === undefined ? undefined : workbench.run(runId);
  const model = run?.model.id;
  if (model?.startsWith(editorModelPrefix)) await editorModels.allow(model.slice(editorModelPrefix.length));
  // The configuration of a server may be another than when the run began.
  if (!(await mayStartFor(around, run?.tools ?? []))) return;
  const answer = await link.request(engine.resume, runId === undefined ? {} : { runId });
  if ('nothing' in answer) {
    await person.tell('info', answer.nothing);
    return;
  }
  workbench.own(answer.runId);
  void followRun(around, answer.runId);
}
