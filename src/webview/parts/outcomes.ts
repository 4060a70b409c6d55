/** How the trials ended. */
import * as l10n from '@vscode/l10n';
import type { TemplateResult } from 'lit';
import type { Dashboard } from '../../core/rows.ts';
import type { Outcome } from '../../core/trial.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import { isOn, type Mark } from '../state/marks.ts';
import { whole } from '../text/numbers.ts';
import { bars } from './bars.ts';
import { capital } from './capital.ts';
import { allTrials } from './sums.ts';

const outcomes: readonly Outcome[] = ['fulfilled', 'unfulfilled', 'abandoned', 'error'];

export function outcomeBars(
  data: Dashboard,
  words: PanelWords,
  marks: readonly Mark[],
  toggle: (mark: Mark) => void,
): TemplateResult {
  const all = allTrials(data);
  const items = outcomes.map((outcome) => {
    const count = data.outcomes[outcome];
    const { word: name, why } = words.outcomes[outcome];
    const word = capital(name);
    const on = isOn(marks, { kind: 'outcome', outcome });
    const rest = l10n.t('of {0} trials', whole(all));
    return { key: outcome, word, count, tone: outcome, on, rest, why };
  });
  return bars(items, all, (key) => toggle({ kind: 'outcome', outcome: key as Outcome }));
}
