/** How calls went wrong. */
import * as l10n from '@vscode/l10n';
import type { TemplateResult } from 'lit';
import type { Dashboard } from '../../core/rows.ts';
import type { FailureType } from '../../core/trial.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import { isOn, type Mark } from '../state/marks.ts';
import { whole } from '../text/numbers.ts';
import { bars } from './bars.ts';
import { capital } from './capital.ts';
import { allFailures } from './sums.ts';

export function failureBars(
  data: Dashboard,
  words: PanelWords,
  marks: readonly Mark[],
  toggle: (mark: Mark) => void,
): TemplateResult {
  const all = allFailures(data);
  const rest = l10n.t('of {0} failed calls', whole(all));
  const sorted = [...data.failures].sort((a, b) => b.calls - a.calls);
  const items = sorted.map(({ type, calls }) => {
    const word = capital(words.failures[type]);
    const on = isOn(marks, { kind: 'failure', type });
    return { key: type, word, count: calls, tone: 'failed', on, rest };
  });
  return bars(items, all, (key) => toggle({ kind: 'failure', type: key as FailureType }));
}
