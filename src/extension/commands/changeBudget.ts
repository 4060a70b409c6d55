/** Limits for one run, asked for one at a time. */
import * as l10n from '@vscode/l10n';
import type { ExploreSettings } from '../../core/settings.ts';
import { settings as ids } from '../../protocol/contributions.ts';
import type { ExploreParams, RunEstimate } from '../../protocol/engine.ts';
import * as counts from '../state/counts.ts';
import { trialExplanation } from '../state/failureWords.ts';
import type { Choice, Person, Question } from '../surroundings.ts';
import { limitChoices, readNumber, wrongNumber } from './limits.ts';

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
  return [
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
    ...limitChoices(person, budget, usd !== null && usd > 0).map(({ value, ...row }) => ({
      ...row,
      value: async () => {
        const limit = await value();
        return limit && { ...asked, budget: { ...asked.budget, ...limit } };
      },
    })),
  ];
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
      const typed = readNumber(text, false);
      if (typed === null) return wrongNumber(false);
      const most = mostEpisodes * perEpisode;
      return typed > most ? l10n.t('At most {0}.', counts.number(most)) : null;
    },
  };
}

async function ask(person: Pick<Person, 'type'>, question: Question): Promise<number | undefined> {
  const typed = await person.type(question);
  return typed === undefined ? undefined : (readNumber(typed, false) ?? undefined);
}

/** Never more than what was typed: a part of an episode is none, unless it is the only one. */
export function inEpisodes(trials: number, perEpisode: number): Pick<ExploreSettings, 'episodes' | 'trials'> {
  if (trials < perEpisode) return { episodes: 1, trials };
  return { episodes: Math.floor(trials / perEpisode), trials: perEpisode };
}
