import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import { verifyExamples } from '../examples/verifyExamples.ts';
import { endText, subject, trialsOf } from '../state/runTexts.ts';
import type { Surroundings } from '../surroundings.ts';
import { resumeRun } from './resume.ts';
import { showError } from './showError.ts';

/** Shows a run until it has ended, lets the person stop it, and says how it went. Never rejects. */
export async function followRun(around: Surroundings, runId: string): Promise<void> {
  try {
    const { workbench, person } = around;
    await person.follow((report, cancelled) => watch(around, runId, report, cancelled));
    const run = workbench.run(runId);
    if (!run) return;
    const [only, ...others] = run.tools;
    const single = only === undefined || others.length > 0 ? {} : { toolId: only };
    const { severity, text, resumable } = endText(run, workbench.warningsOf(runId));
    const again = l10n.t('Resume');
    const dashboard = l10n.t('Open Dashboard');
    const verify = l10n.t('Verify Examples…');
    const log = l10n.t('Show Log');
    const answers = [
      ...(resumable ? [again] : []),
      ...(run.counts.trials > 0 && severity === 'info' ? [dashboard] : []),
      // The sampler is no judge, and what it made up is worth none.
      ...(run.status === 'finished' && run.model.isLanguageModel && run.counts.examples > 0 ? [verify] : []),
      ...(severity === 'error' || workbench.warningsOf(runId) > 0 ? [log] : []),
    ];
    const answer = await person.tell(severity, text, ...answers);
    if (answer === dashboard) await around.editor.openDashboard(single);
    if (answer === verify) await verifyExamples(around, single);
    if (answer === again) await resumeRun(around, runId);
    if (answer === log) around.editor.showLog();
  } catch (error) {
    await showError(around, error);
  }
}

function watch(
  around: Surroundings,
  runId: string,
  report: (message: string, fraction: number) => void,
  cancelled: AbortSignal,
): Promise<void> {
  const { workbench, recovery, link } = around;
  return new Promise((resolve) => {
    const look = (): void => {
      const run = workbench.run(runId);
      // A run that has just begun is not told of yet.
      if (!run) return;
      if (!recovery.isUnderWay(runId)) {
        listening.dispose();
        resolve();
        return;
      }
      const fraction = run.planned > 0 ? run.counts.trials / run.planned : 0;
      report(l10n.t('Exploring {0}: {1}', subject(run.tools), trialsOf(run)), fraction);
    };
    const listening = workbench.onChange.listen(look);
    const stop = (): void => {
      link.request(engine.stop, { runId }).catch((error: unknown) => void showError(around, error));
    };
    if (cancelled.aborted) stop();
    else cancelled.addEventListener('abort', stop, { once: true });
    look();
  });
}
