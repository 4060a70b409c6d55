/** What the views show: the person chooses, the engine searches. */
import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../core/trial.ts';
import type { ToolFilter } from '../../protocol/engine.ts';
import { outcomeExplanation, outcomeIcon } from '../state/failureWords.ts';
import type { Choice, Surroundings, TrialsFilter } from '../surroundings.ts';

/** Lets the person choose which tools the view Tools shows. */
export async function filterTools(around: Surroundings): Promise<void> {
  const { person, views, workbench } = around;
  if (workbench.toolsTotal === 0) {
    await person.tell('info', l10n.t('There are no tools to filter yet.'));
    return;
  }
  const choices: Choice<ToolFilter | 'text'>[] = [
    {
      label: l10n.t('By Text…'),
      description: l10n.t('words of the name or description'),
      icon: 'search',
      value: 'text',
    },
    { label: l10n.t('With Learned Examples'), icon: 'lightbulb', value: { learned: 'examples' } },
    { label: l10n.t('With Failed Calls'), icon: 'bug', value: { learned: 'failures' } },
    { label: l10n.t('Not Explored Yet'), icon: 'circle-outline', value: { learned: 'unexplored' } },
  ];
  const title = l10n.t('Filter Tools');
  const chosen = await person.pick(title, l10n.t('Which tools should be shown?'), choices);
  const filter = chosen === 'text' ? await words(around, title, views.toolsFilter?.text) : chosen;
  if (filter === undefined) return;
  views.filterTools(filter);
  await around.editor.showTools();
}

/** Lets the person choose which trials the view Runs shows. */
export async function filterTrials(around: Surroundings): Promise<void> {
  const { person, views, workbench } = around;
  if (workbench.runs.length === 0) {
    await person.tell('info', l10n.t('There are no trials to filter yet. Explore a tool first.'));
    return;
  }
  const outcome = (label: string, value: Outcome): Choice<TrialsFilter> => ({
    label,
    description: outcomeExplanation(value),
    icon: outcomeIcon(value),
    value: { outcome: value },
  });
  const choices: Choice<TrialsFilter | 'text'>[] = [
    { label: l10n.t('By Text…'), description: l10n.t('words of the query'), icon: 'search', value: 'text' },
    outcome(l10n.t('Fulfilled'), 'fulfilled'),
    outcome(l10n.t('Unfulfilled'), 'unfulfilled'),
    outcome(l10n.t('Abandoned'), 'abandoned'),
    outcome(l10n.t('Ended by an Error'), 'error'),
    { label: l10n.t('With Failed Calls'), icon: 'bug', value: { failed: true } },
  ];
  const title = l10n.t('Filter Trials');
  const chosen = await person.pick(title, l10n.t('Which trials should be shown?'), choices);
  const filter = chosen === 'text' ? await words(around, title, views.trialsFilter?.text) : chosen;
  if (filter === undefined) return;
  views.filterTrials(filter);
  await around.editor.showRuns();
}

/** The words that are typed; undefined when none are. */
async function words(
  { person }: Surroundings,
  title: string,
  before: string | undefined,
): Promise<{ text: string } | undefined> {
  const typed = await person.type({
    title,
    prompt: l10n.t('Words to look for'),
    ...(before === undefined ? {} : { value: before }),
  });
  const text = typed?.trim() ?? '';
  return text === '' ? undefined : { text };
}
