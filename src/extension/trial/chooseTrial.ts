import * as l10n from '@vscode/l10n';
import { toolName } from '../../core/toolName.ts';
import { engine, type TrialRow } from '../../protocol/engine.ts';
import { exploreTool } from '../commands/explore.ts';
import { failedCalls } from '../state/counts.ts';
import { outcomeIcon, outcomeWord } from '../state/failureWords.ts';
import type { Choice, Surroundings } from '../surroundings.ts';
import { shownLine } from './plainText.ts';

export interface TrialChoice {
  title: string;
  placeholder: string;
  /** Trials of this tool come first. */
  tool?: string;
  /** Id of a trial that is not offered. */
  except?: string;
}

/** So many are listed at once; typing finds the others. */
const listed = 100;

/** Id of the trial that the person picks; undefined when none. Where there is none to pick, it says so. */
export async function chooseTrial(around: Surroundings, choice: TrialChoice): Promise<string | undefined> {
  const { link, person } = around;
  const find = async (text: string): Promise<Choice<string>[]> => {
    const ask = (tool?: string) =>
      link.request(engine.trials, { limit: listed, ...(text ? { text } : {}), ...(tool ? { tool } : {}) });
    const pages = await Promise.all([...(choice.tool ? [ask(choice.tool)] : []), ask()]);
    const rows = new Map(pages.flatMap((page) => page.rows).map((row) => [row.id, row]));
    if (choice.except !== undefined) rows.delete(choice.except);
    return [...rows.values()].map(line);
  };
  if ((await find('')).length === 0) {
    await sayNone(around, choice);
    return undefined;
  }
  return person.search({
    title: choice.title,
    placeholder: choice.placeholder,
    find,
    nothing: (text) => l10n.t('No trial has a query with "{0}"', shownLine(text, 60)),
  });
}

async function sayNone(around: Surroundings, { except }: TrialChoice): Promise<void> {
  if (except !== undefined) {
    await around.person.tell('info', l10n.t('There is no other trial to compare it with yet.'));
    return;
  }
  const explore = l10n.t('Explore Tool…');
  const answer = await around.person.tell('info', l10n.t('Nothing has been explored here yet.'), explore);
  if (answer === explore) await exploreTool(around);
}

function line(row: TrialRow): Choice<string> {
  const { id, tool, episode, trial, query, outcome, failures, simulated } = row;
  return {
    label: shownLine(query) || l10n.t('(no query)'),
    detail: [
      `${shownLine(toolName(tool), 64)} ${episode}.${trial}`,
      outcomeWord(outcome),
      ...(simulated ? [l10n.t('simulated')] : []),
      ...(failures.length > 0 ? [failedCalls(failures.length)] : []),
    ].join(' · '),
    icon: outcomeIcon(outcome),
    value: id,
  };
}
