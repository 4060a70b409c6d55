/** What went wrong on the way to the engine, and what can be done. */
import * as l10n from '@vscode/l10n';
import type { TemplateResult } from 'lit';
import type { DashboardModel } from '../state/dashboardModel.ts';
import { preview } from '../text/visible.ts';
import { Refused } from '../wire/host.ts';
import { type Action, type Notice, notice } from './notice.ts';

export function problemNotice(
  model: DashboardModel,
  draw: (notice: Notice) => TemplateResult = notice,
): TemplateResult {
  const { problem } = model;
  const actions: Action[] = [];
  if (problem instanceof Refused && problem.away) {
    actions.push({ words: l10n.t('Start Engine'), run: () => model.startEngine() });
  } else {
    actions.push({ words: l10n.t('Try Again'), run: () => model.retry() });
  }
  const message = problem instanceof Error ? problem.message : String(problem);
  const text = problem instanceof Refused ? preview(problem.advice) : '';
  return draw({ icon: 'warning', title: preview(message), text, actions });
}
