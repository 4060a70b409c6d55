import * as l10n from '@vscode/l10n';
import type { Surroundings } from '../surroundings.ts';

/** The person has answered whether a call may be made, after its run had ended. */
export async function tellTooLate({ person }: Pick<Surroundings, 'person'>): Promise<void> {
  await person.tell('info', l10n.t('The run has ended meanwhile: this call was not made.'));
}
