/** A row of the failed calls. */
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { FailedCallRow } from '../../core/rows.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import { argumentName } from '../parts/argumentName.ts';
import { capital } from '../parts/capital.ts';
import { icon } from '../parts/icon.ts';
import { when } from '../text/numbers.ts';
import { block, preview } from '../text/visible.ts';
import { argumentsText, callLine } from './callText.ts';
import { facts, field, longField } from './fields.ts';
import type { RowView } from './rowView.ts';
import { simulatedBadge } from './simulatedBadge.ts';

export function failedCallRow({ failedCall, at, exampleId }: FailedCallRow, words: PanelWords): RowView {
  const { details, fix, lesson, query } = failedCall;
  const { call, failure, failures, observation } = details;
  const word = (type: keyof PanelWords['failures']): string => capital(words.failures[type]);
  const all = failures.length > 0 ? failures : failure ? [failure] : [];
  return {
    trialId: failedCall.trialId,
    // What can be inserted is what worked in the end.
    ...(exampleId === null ? {} : { exampleId }),
    icon: { name: 'error', tone: 'failed' },
    title: html`<b>${failure ? word(failure.type) : l10n.t('Failed')}</b> ${preview(failure?.message ?? observation.content)}`,
    badges: [
      ...simulatedBadge(failedCall.simulated),
      ...(fix ? [{ word: l10n.t('Fixed'), why: preview(fix.sentence) }] : []),
      ...(lesson === null ? [] : [{ word: l10n.t('Lesson'), why: preview(lesson) }]),
    ],
    detail: call
      ? html`<span class="mono">${callLine(call)}</span>`
      : html`<i>${l10n.t('no call could be read')}</i> ${preview(details.thought)}`,
    at,
    more: () => html`
      ${field(l10n.t('Query'), block(query.slice(0, 4000)).text)}
      ${call ? longField(l10n.t('Arguments'), argumentsText(call.arguments)) : nothing}
      ${all.map((one) =>
        field(
          one.argument === undefined
            ? word(one.type)
            : l10n.t('{0}: {1}', word(one.type), argumentName(one.argument)),
          block(one.message.slice(0, 4000)).text,
        ),
      )}
      ${observation.content === '' ? nothing : longField(l10n.t("In the tool's own words"), observation.content)}
      ${
        lesson === null
          ? nothing
          : field(l10n.t('Lesson'), html`${icon('lightbulb')} ${block(lesson.slice(0, 4000)).text}`)
      }
      ${
        fix
          ? html`
            ${field(l10n.t('Fix'), html`${icon('wrench')} ${block(fix.sentence.slice(0, 4000)).text}`)}
            ${longField(l10n.t('Arguments that worked'), argumentsText(fix.worked.arguments))}
          `
          : nothing
      }
      ${facts([[l10n.t('When'), when(at)]])}
    `,
  };
}
