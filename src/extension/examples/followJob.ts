import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import { showError } from '../commands/showError.ts';
import { stepsOf } from '../state/workTexts.ts';
import type { Surroundings } from '../surroundings.ts';
import { jobEnd, jobName } from './jobTexts.ts';
import { resumeJob } from './resumeJob.ts';

/** Shows work on examples until it has ended, lets the person stop it, and says how it went. Never rejects. */
export async function followJob(around: Surroundings, jobId: string): Promise<void> {
  try {
    const { workbench, person, views, editor } = around;
    await person.follow((report, cancelled) => watch(around, jobId, report, cancelled));
    const { job } = workbench;
    if (job?.id !== jobId) return;
    const { severity, text, resumable, review } = jobEnd(job);
    const again = l10n.t('Resume');
    const look = l10n.t('Review');
    const log = l10n.t('Show Log');
    const answer = await person.tell(
      severity,
      text,
      ...(review > 0 ? [look] : []),
      ...(resumable ? [again] : []),
      ...(severity === 'error' ? [log] : []),
    );
    if (answer === again) await resumeJob(around, job);
    if (answer === log) editor.showLog();
    if (answer === look) {
      await editor.showTools();
      await views.revealReview();
    }
  } catch (error) {
    await showError(around, error);
  }
}

function watch(
  around: Surroundings,
  jobId: string,
  report: (message: string, fraction: number) => void,
  cancelled: AbortSignal,
): Promise<void> {
  const { workbench, link } = around;
  return new Promise((resolve) => {
    let begun = false;
    const look = (): void => {
      const { job } = workbench;
      // What has just begun is not told of yet.
      if (job?.id !== jobId && !begun && workbench.link !== 'away') return;
      begun = true;
      if (job?.id !== jobId || workbench.working === null) {
        listening.dispose();
        resolve();
        return;
      }
      const steps = workbench.doing === '' ? stepsOf(job) : `${stepsOf(job)} · ${workbench.doing}`;
      report(`${jobName(job.kind)}: ${steps}`, job.of > 0 ? job.done / job.of : 0);
    };
    const listening = workbench.onChange.listen(look);
    const stop = (): void => {
      link.request(engine.stopJob, {}).catch((error: unknown) => void showError(around, error));
    };
    if (cancelled.aborted) stop();
    else cancelled.addEventListener('abort', stop, { once: true });
    look();
  });
}
