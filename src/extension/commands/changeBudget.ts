/** Limits for one run, asked for one at a time. */
import * as l10n from '@vscode/l10n';
import type { Budget } from '../../core/run.ts';
import type { ExploreSettings } from '../../core/settings.ts';
import { settings as ids } from '../../protocol/contributions.ts';
import type { ExploreParams, RunEstimate } from '../../protocol/engine.ts';
import * as counts from '../state/counts.ts';
import { trialExplanation } from '../state/failureWords.ts';
import type { Choice, Person, Question } from '../surroundings.ts';

/** The engine takes no more episodes a tool than this. */
const mostEpisodes = 1000;

type Change = () => Promise<ExploreParams | undefined>;

/** What the run may take after the person has changed one limit, or none. */
export async function changeBudget(
  person: Pick<Person, 'pick' | 'type'>,
  asked: ExploreParams,
  estimate: RunEstimate,
): Promise<ExploreParams> {
  const change = await person.pick(
    l10n.t('Change Budget'),
    l10n.t('What should be limited, for this run alone?'),
    changes(person, asked, estimate),
  );
  return (await change?.()) ?? asked;
}

function changes(
  person: Pick<Person, 'type'>,
  asked: ExploreParams,
  { settings, budget, usd }: RunEstimate,
): Choice<Change>[] {
  const perTool = settings.episodes * settings.trials;
  const limit = (name: keyof Budget, value: number | null): ExploreParams => ({
    ...asked,
    budget: { ...asked.budget, [name]: value },
  });
  const none = l10n.t('no limit');
  const rows: Choice<Change>[] = [
    {
      label: l10n.t('Trials per tool'),
      description: counts.number(perTool),
      detail: trialExplanation(),
      icon: 'beaker',
      value: async () => {
        const typed = await ask(person, trialsQuestion(perTool, settings.trials));
        if (typed === undefined) return undefined;
        return { ...asked, settings: { ...asked.settings, ...inEpisodes(typed, settings.trials) } };
      },
    },
    {
      label: l10n.t('Model calls'),
      description: budget.modelCalls === null ? none : counts.number(budget.modelCalls),
      detail: l10n.t('How often the model is asked. The limit is never exceeded.'),
      icon: 'comment-discussion',
      value: async () => {
        const typed = await askLimit(person, l10n.t('Model calls'), ids.maxCalls, budget.modelCalls);
        return typed === undefined ? undefined : limit('modelCalls', typed);
      },
    },
    {
      label: l10n.t('Tokens'),
      description: budget.tokens === null ? none : counts.number(budget.tokens),
      detail: l10n.t('Of what the model reads and writes, together.'),
      icon: 'symbol-string',
      value: async () => {
        const typed = await askLimit(person, l10n.t('Tokens'), null, budget.tokens);
        return typed === undefined ? undefined : limit('tokens', typed);
      },
    },
  ];
  // Without a price nobody can say when the money is used up; the sampler costs nothing.
  if (budget.usd !== null || (usd !== null && usd > 0)) {
    rows.push({
      label: l10n.t('US dollars'),
      description: budget.usd === null ? none : counts.money(budget.usd),
      detail: l10n.t('What the run may cost, at the listed price of the model.'),
      icon: 'credit-card',
      value: async () => {
        const typed = await askLimit(person, l10n.t('US dollars'), ids.maxUsd, budget.usd, true);
        return typed === undefined ? undefined : limit('usd', typed);
      },
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
    check: (text) => (text.trim() === '' || read(text, cents) !== null ? null : wrong(cents)),
  });
  if (typed === undefined) return undefined;
  return typed.trim() === '' ? null : read(typed, cents);
}

function trialsQuestion(now: number, perEpisode: number): Question {
  return {
    title: l10n.t('Trials per tool'),
    prompt: l10n.t(
      'They come in episodes of {0}, each one conversation, so the number is rounded down. It holds for this run; the settings {1} and {2} keep it.',
      perEpisode,
      ids.episodes,
      ids.trials,
    ),
    value: String(now),
    check: (text) => {
      const typed = read(text, false);
      if (typed === null) return wrong(false);
      const most = mostEpisodes * perEpisode;
      return typed > most ? l10n.t('At most {0}.', counts.number(most)) : null;
    },
  };
}

async function ask(person: Pick<Person, 'type'>, question: Question): Promise<number | undefined> {
  const typed = await person.type(question);
  return typed === undefined ? undefined : (read(typed, false) ?? undefined);
}

/** Never more than what was typed: a part of an episode is none, unless it is the only one. */
export function inEpisodes(trials: number, perEpisode: number): Pick<ExploreSettings, 'episodes' | 'trials'> {
  if (trials < perEpisode) return { episodes: 1, trials };
  return { episodes: Math.floor(trials / perEpisode), trials: perEpisode };
}

/** A number above zero, whole or with cents; null when it is none. */
function read(text: string, cents: boolean): number | null {
  const typed = text.trim();
  if (!(cents ? /^\d{1,9}([.,]\d{1,2})?$/ : /^\d{1,12}$/).test(typed)) return null;
  const value = Number(typed.replace(',', '.'));
  return value > 0 ? value : null;
}

function wrong(cents: boolean): string {
  return cents
    ? l10n.t('Enter an amount above zero, such as 2.50, or nothing.')
    : l10n.t('Enter a whole number above zero.');
}
