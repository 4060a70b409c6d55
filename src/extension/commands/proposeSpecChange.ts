import * as l10n from '@vscode/l10n';
import { engine, type FileChange } from '../../protocol/engine.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

/** Changes of files that a person looks at before they are made. */
export interface Proposals {
  /** Shows the file beside what it would become. */
  show(id: string, change: FileChange): Promise<void>;
  /** The one that the active editor shows, or that a document of it belongs to. */
  active(argument: unknown): string | undefined;
  /**
   * Changes the file as it was shown, so that it can be undone, and closes the comparison. False when the file is another by
   * now: then nothing is changed.
   */
  apply(id: string): Promise<boolean>;
}

/** Shows the spec with the change that a learned problem proposes. */
export async function proposeSpecChange(
  { link, person }: Surroundings,
  proposals: Proposals,
  { problemId }: Target,
): Promise<void> {
  if (problemId === undefined) return;
  const change = await link.request(engine.specChange, { problem: problemId });
  if (change !== null) return proposals.show(problemId, change);
  await person.tell(
    'info',
    l10n.t(
      'There is nothing to propose: the problem is gone, or the spec cannot say it. Look at it in Problems.',
    ),
  );
}

/** Makes the proposed change that is shown. */
export async function applySpecChange(
  around: Surroundings,
  proposals: Proposals,
  argument: unknown,
): Promise<void> {
  const id = proposals.active(argument);
  if (id === undefined) {
    await around.person.tell(
      'info',
      l10n.t('Choose "Propose a Change of the Spec" at a learned problem first.'),
    );
    return;
  }
  if (await proposals.apply(id)) return;
  await proposeSpecChange(around, proposals, { problemId: id });
  await around.person.tell(
    'info',
    l10n.t('The spec was changed meanwhile. Look at the proposal again, then apply it.'),
  );
}
