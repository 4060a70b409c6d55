import * as l10n from '@vscode/l10n';
import { UserError } from '../../core/errors.ts';
import { engine } from '../../protocol/engine.ts';
import { EngineAway } from '../link/engineErrors.ts';
import type { Surroundings } from '../surroundings.ts';

/** Whether anything can be run here now; where not, says why and offers what to do. */
export async function mayExplore({ workbench, person, editor, link }: Surroundings): Promise<boolean> {
  if (workbench.folders === 0) {
    await offer(
      person.tell('info', l10n.t('Open the folder that holds your tools first.'), l10n.t('Open Folder')),
      editor.openFolder,
    );
    return false;
  }
  if (!workbench.trusted) {
    const text = l10n.t('This workspace is in Restricted Mode: its tools are listed, and none is run.');
    await offer(person.tell('warning', text, l10n.t('Manage Workspace Trust')), editor.manageTrust);
    return false;
  }
  if (link.state === 'away') throw new EngineAway();
  return true;
}

/** Whether what was learned here may be read; where not, says why and offers what to do. */
export async function mayRead({ workbench, person, editor }: Surroundings): Promise<boolean> {
  if (workbench.folders === 0 || workbench.trusted) return true;
  const text = l10n.t(
    'This workspace is in Restricted Mode: its tools are listed, and what was learned about them is not read.',
  );
  await offer(person.tell('warning', text, l10n.t('Manage Workspace Trust')), editor.manageTrust);
  return false;
}

/** Whether a run can begin here now: as `mayExplore`, and no other window explores this workspace. */
export async function mayRun(around: Surroundings): Promise<boolean> {
  if (!(await mayExplore(around))) return false;
  // What the window knows may be old: the other one may have ended since.
  if (!around.workbench.engine?.readOnly || !(await around.link.request(engine.state, {})).readOnly)
    return true;
  throw new UserError(
    l10n.t('Another window, or a terminal, explores this workspace. Here you can read.'),
    l10n.t('Stop it there, or wait until it has ended.'),
  );
}

async function offer(answer: Promise<string | undefined>, act: () => Promise<void>): Promise<void> {
  if ((await answer) !== undefined) await act();
}
