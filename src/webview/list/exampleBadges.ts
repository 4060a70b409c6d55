/** The marks of an example: what stands behind it, what it shows, what it is worth. */
import * as l10n from '@vscode/l10n';
import { isDemonstration, isSimulated } from '../../core/exploit/demonstration.ts';
import { kindOf } from '../../core/exploit/usable.ts';
import type { ExampleRow, LiftMark } from '../../core/rows.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import { capital } from '../parts/capital.ts';
import { whole } from '../text/numbers.ts';
import type { RowView } from './rowView.ts';
import { simulatedBadge } from './simulatedBadge.ts';

export function exampleBadges(
  { example, stale, lift }: Pick<ExampleRow, 'example' | 'stale' | 'lift'>,
  words: PanelWords,
): RowView['badges'] {
  const { verification, provenance } = example;
  const kind = kindOf(example);
  const badge = ({ word, why }: RowView['badges'][number]) => ({ word: capital(word), why });
  return [
    ...simulatedBadge(isSimulated(example)),
    ...(isDemonstration(example) ? [demonstration()] : []),
    ...(kind === 'call' ? [] : [badge(words.kinds[kind])]),
    ...(verification === 'unverified' ? [] : [badge(words.verification[verification])]),
    ...(lift === undefined ? [] : [{ word: words.lifts[lift.mark], why: liftSentence(lift) }]),
    ...(stale
      ? [{ word: l10n.t('Stale'), why: l10n.t('The spec of the tool has changed since this was learned.') }]
      : []),
    ...(provenance.edited
      ? [{ word: l10n.t('Edited'), why: l10n.t('Somebody has edited it by hand.') }]
      : []),
  ];
}

/** What was measured, without the words of statistics. */
function liftSentence({ mark, lift, low, high, queries }: LiftMark): string {
  const measured =
    queries === 1
      ? l10n.t('Measured on 1 query that was kept aside.')
      : l10n.t('Measured on {0} queries that were kept aside.', whole(queries));
  if (mark === '0')
    return `${l10n.t('About as many queries go right with this example in the prompt as without it.')} ${measured}`;
  const [least = 0, most = 0] = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b);
  const of = [Math.abs(lift), least, most].map((share) => whole(Math.round(share * 100)));
  const text =
    mark === '+'
      ? l10n.t('Of 100 queries, about {0} more go right with this example in the prompt ({1} to {2}).', ...of)
      : l10n.t(
          'Of 100 queries, about {0} fewer go right with this example in the prompt ({1} to {2}).',
          ...of,
        );
  return `${text} ${measured}`;
}

function demonstration(): RowView['badges'][number] {
  return {
    word: l10n.t('Demonstration'),
    why: l10n.t(
      'Made by the offline sampler. Its query is invented and says nothing about a language model.',
    ),
  };
}
