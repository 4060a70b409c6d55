import * as l10n from '@vscode/l10n';
import { UserError } from '../../core/errors.ts';
import type { Surroundings } from '../surroundings.ts';
import { chooseTrial } from './chooseTrial.ts';
import { givenTrial, readTrial } from './openTrial.ts';
import { comparisonTitle, trialAddress, trialIdOf } from './trialAddress.ts';
import type { TrialReader } from './trialReader.ts';

/**
 * Compares two trials in the editor's comparison, the earlier one at the left: two rows that are selected; else the given
 * one, or that of the active editor, with one that the person picks; else two that they pick.
 */
export async function compareTrials(
  around: Surroundings,
  reader: TrialReader,
  argument: unknown,
  selected: unknown,
): Promise<void> {
  const rows = Array.isArray(selected) && selected.length > 1 ? selected : [argument];
  const given = await Promise.all(rows.map((row) => givenTrial(around, row)));
  const ids = [...new Set(given.filter((id) => id !== undefined))];
  if (ids.length > 2) {
    throw new UserError(
      l10n.t('{0} trials are selected.', String(ids.length)),
      l10n.t('Select two to compare them.'),
    );
  }
  const first = ids[0] ?? trialIdOf(around.editor.activeDocument()) ?? (await chooseFirst(around));
  if (first === undefined) return;
  const one = await readTrial(reader, first);
  const second = ids[1] ?? (await chooseSecond(around, one));
  if (second === undefined) return;
  const other = await readTrial(reader, second);
  const [left, right] = one.startedAt <= other.startedAt ? [one, other] : [other, one];
  await around.editor.compareTrials(trialAddress(left), trialAddress(right), comparisonTitle(left, right));
}

function chooseFirst(around: Surroundings): Promise<string | undefined> {
  return chooseTrial(around, {
    title: l10n.t('Compare Trials (1 of 2)'),
    placeholder: l10n.t('Which trial? Type words of its query'),
  });
}

function chooseSecond(
  around: Surroundings,
  { id, tool, episode, trial }: { id: string; tool: string; episode: number; trial: number },
): Promise<string | undefined> {
  return chooseTrial(around, {
    title: l10n.t('Compare Trial {0} With', `${episode}.${trial}`),
    placeholder: l10n.t('With which trial? Those of the same tool come first'),
    tool,
    except: id,
  });
}
