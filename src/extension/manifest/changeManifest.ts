import * as l10n from '@vscode/l10n';
import { engine, type ManifestChange } from '../../protocol/engine.ts';
import { EngineAway } from '../link/engineErrors.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ManifestWindow } from './ports.ts';

/** Has the engine make the change, and writes and shows it. Works in Restricted Mode, too: it is text, and nothing runs. */
export async function changeManifest(
  { link }: Pick<Surroundings, 'link'>,
  window: ManifestWindow,
  folder: string,
  change: ManifestChange,
): Promise<void> {
  await window.apply(await link.request(engine.manifestChange, { folder, change }));
}

/** Whether there is a folder with a manifest to change; where not, says so and offers to open one. */
export async function mayChange({ workbench, person, editor, link }: Surroundings): Promise<boolean> {
  if (workbench.folders === 0) {
    const text = l10n.t('Open the folder that holds your tools first.');
    if ((await person.tell('info', text, l10n.t('Open Folder'))) !== undefined) await editor.openFolder();
    return false;
  }
  if (link.state === 'away') throw new EngineAway();
  return true;
}
