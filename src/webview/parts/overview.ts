/** Everything that is counted and drawn; a click on a mark narrows the lists beside it. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { PanelWords } from '../../protocol/panel.ts';
import type { DashboardModel } from '../state/dashboardModel.ts';
import type { Mark } from '../state/marks.ts';
import { coverage } from './coverage.ts';
import { failureBars } from './failures.ts';
import { headline } from './headline.ts';
import { outcomeBars } from './outcomes.ts';
import './leastCovered.ts';
import './learningCurve.ts';
import './overview.css';

export function overview(
  model: DashboardModel,
  { data, place }: NonNullable<DashboardModel['dashboard']>,
  words: PanelWords,
): TemplateResult {
  const { marks } = model.state;
  const toggle = (mark: Mark): void => model.toggle(mark);
  return html`
    <section class="overview" aria-label=${l10n.t('Overview')}>
      <div class="block">${headline(data, words)}</div>
      ${titled(l10n.t('Outcomes'), outcomeBars(data, words, marks, toggle))}
      ${
        data.curve.length > 0
          ? titled(
              l10n.t('Learning curve'),
              html`<imaginarium-learning-curve .points=${data.curve} .marks=${marks} .toggle=${toggle}></imaginarium-learning-curve>`,
            )
          : nothing
      }
      ${data.failures.length > 0 ? titled(l10n.t('Failed calls by type'), failureBars(data, words, marks, toggle)) : nothing}
      ${
        place.tool && data.coverage.length > 0
          ? titled(l10n.t('Coverage of parameters and values'), coverage(data.coverage, marks, toggle))
          : nothing
      }
      ${
        !place.tool && data.coverageByTool.length > 0
          ? titled(
              l10n.t('Least covered tools'),
              html`<imaginarium-least-covered
                .tools=${data.coverageByTool}
                .choose=${(tool: { id: string; name: string }) => model.setTool(tool)}
              ></imaginarium-least-covered>`,
            )
          : nothing
      }
    </section>
  `;
}

function titled(words: string, content: TemplateResult): TemplateResult {
  return html`<div class="block"><h2>${words}</h2>${content}</div>`;
}
