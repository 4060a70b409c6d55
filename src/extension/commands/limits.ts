/** Limits of what is about to begin, asked for one at a time. */
import * as l10n from '@vscode/l10n';
import type { Budget } from '../../core/run.ts';
import { settings as ids } from '../../protocol/contributions.ts';
import * as counts from '../state/counts.ts';
import type { Choice, Person } from '../surroundings.ts';

/** What the person has changed; undefined when they went away. */
export type LimitChange = () => Promise<Partial<Budget> | undefined>;

/** A row a limit, with what it is now. `priced`: what the model costs is known, and is more than nothing. */
export function limitChoices(
  person: Pick<Person, 'type'>,
  budget: Budget,
  priced: boolean,
): Choice<LimitChange>[] {
  const none = l10n.t('no limit');
  const change =
    (name: keyof Budget, title: string, setting: string | null, cents = false): LimitChange =>
    async () => {
      const typed = await askLimit(person, title, setting, budget[name], cents);
      return typed === undefined ? undefined : { [name]: typed };
    };
  const rows: Choice<LimitChange>[] = [
    {
      label: l10n.t('Model calls'),
      description: budget.modelCalls === null ? none : counts.number(budget.modelCalls),
      detail: l10n.t('How often the model is asked. The limit is never exceeded.'),
      icon: 'comment-discussion',
      value: change('modelCalls', l10n.t('Model calls'), ids.maxCalls),
    },
    {
      label: l10n.t('Tokens'),
      description: budget.tokens === null ? none : counts.number(budget.tokens),
      detail: l10n.t('Of what the model reads and writes, together.'),
      icon: 'symbol-string',
      value: change('tokens', l10n.t('Tokens'), null),
    },
  ];
  // Without a price nobody can say when the money is used up; the sampler costs nothing.
  if (budget.usd !== null || priced) {
    rows.push({
      label: l10n.t('US dollars'),
      description: budget.usd === null ? none : counts.money(budget.usd),
      detail: l10n.t('What the run may cost, at the listed price of the model.'),
      icon: 'credit-card',
      value: change('usd', l10n.t('US dollars'), ids.maxUsd, true),
    });
  }
  return rows;
}

/** A limit; null for none, undefined when the person went away. */
async function askLimit(
  person: Pick<Person, 'type'>,
  title: string,
  setting: string | null,
  value: number | null,
  cents = false,
): Promise<number | null | undefined> {
  const keep =
    setting === null
      ? l10n.t('It holds for this run.')
      : l10n.t('It holds for this run; the setting {0} keeps one.', setting);
  const typed = await person.type({
    title,
    prompt: `${l10n.t('At most how many? Leave it empty for no limit.')} ${keep}`,
    value: value === null ? '' : String(value),
    check: (text) => (text.trim() === '' || readNumber(text, cents) !== null ? null : wrongNumber(cents)),
  });
  if (typed === undefined) return undefined;
  return typed.trim() === '' ? null : readNumber(typed, cents);
}

/** A number above zero, whole or with cents; null when it is none. */
export function readNumber(text: string, cents: boolean): number | null {
  const typed = text.trim();
  if (!(cents ? /^\d{1,9}([.,]\d{1,2})?$/ : /^\d{1,12}$/).test(typed)) return null;
  const value = Number(typed.replace(',', '.'));
  return value > 0 ? value : null;
}

export function wrongNumber(cents: boolean): string {
  return cents
    ? l10n.t('Enter an amount above zero, such as 2.50, or nothing.')
    : l10n.t('Enter a whole number above zero.');
}
