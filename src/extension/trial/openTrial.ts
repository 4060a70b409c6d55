import * as l10n from '@vscode/l10n';
import { UserError } from '../../core/errors.ts';
import type { Trial } from '../../core/trial.ts';
import { engine } from '../../protocol/engine.ts';
import type { Surroundings } from '../surroundings.ts';
import { targetOf } from '../target.ts';
import { chooseTrial } from './chooseTrial.ts';
import { messagesAddress, trialAddress, trialIdOf } from './trialAddress.ts';
import type { TrialReader } from './trialReader.ts';

/** Opens the trial that the command was given, or one that the person picks. */
export async function openTrial(around: Surroundings, reader: TrialReader, argument: unknown): Promise<void> {
  const given = await givenTrial(around, argument);
  const id =
    given ??
    (await chooseTrial(around, {
      title: l10n.t('Open Trial'),
      placeholder: l10n.t('Type words of the query; the newest come first'),
    }));
  if (id !== undefined) await around.editor.showTrial(trialAddress(await readTrial(reader, id)));
}

/** Opens the messages and model calls of the given trial, or of the one that the active editor shows, beside it. */
export async function openTrialMessages(
  around: Surroundings,
  reader: TrialReader,
  argument: unknown,
): Promise<void> {
  const given = (await givenTrial(around, argument)) ?? trialIdOf(around.editor.activeDocument());
  const id =
    given ??
    (await chooseTrial(around, {
      title: l10n.t('Show Raw Messages'),
      placeholder: l10n.t('Type words of the query; the newest come first'),
    }));
  if (id !== undefined) await around.editor.showTrial(messagesAddress(await readTrial(reader, id)), 'beside');
}

/** The trial that a target names: its own, that of its example, or that of a document. */
export async function givenTrial({ link }: Surroundings, argument: unknown): Promise<string | undefined> {
  const { trialId, exampleId } = targetOf(argument);
  if (trialId !== undefined) return trialId;
  if (exampleId === undefined) return trialIdOf(argument);
  const example = await link.request(engine.example, { id: exampleId });
  if (example) return example.provenance.trialId;
  throw new UserError(
    l10n.t('This example is not in the trial log of this workspace.'),
    l10n.t('It may have been deleted meanwhile.'),
  );
}

/** @throws UserError when the log has it no more, or never had one */
export async function readTrial(reader: TrialReader, id: string): Promise<Trial> {
  if (id === '') {
    throw new UserError(
      l10n.t('No trial led to this example: it was written by hand.'),
      l10n.t('Its file in .imaginarium/examples has all that is known of it.'),
    );
  }
  const { trial } = await reader.document(id);
  if (trial) return trial;
  throw new UserError(
    l10n.t('This trial is not in the trial log of this workspace.'),
    l10n.t('The log may have been deleted, or the trial belongs to another workspace.'),
  );
}
