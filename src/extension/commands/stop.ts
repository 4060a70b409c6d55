import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import type { Surroundings } from '../surroundings.ts';

/** Stops every run of this window; what they have learned is kept. */
export async function stop({ link, workbench, person }: Surroundings): Promise<void> {
  if (workbench.running.length === 0) {
    await person.tell('info', l10n.t('Nothing is being explored.'));
    return;
  }
  await link.request(engine.stop, {});
}
