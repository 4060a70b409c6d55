import * as l10n from '@vscode/l10n';
import type { Surroundings } from '../surroundings.ts';

/** Starts the engine where it is away. */
export async function startEngine({ link, workbench, person }: Surroundings): Promise<void> {
  if (workbench.folders === 0) {
    await person.tell('info', l10n.t('Open the folder that holds your tools first.'));
  } else if (link.state === 'ready') {
    await person.tell('info', l10n.t('The engine is running.'));
  } else {
    link.wake();
  }
}
