import { type Disposable, workspace } from 'vscode';
import { settings as ids } from '../../protocol/contributions.ts';
import { engine } from '../../protocol/engine.ts';
import type { Surroundings } from '../surroundings.ts';

/** Paths of the workspace folders that are on a disk. */
export function folderPaths(): string[] {
  return (workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}

/** Tells workbench and engine of trust, folders and settings as they change. */
export function followWorkspace({ workbench, link, settings }: Surroundings): Disposable[] {
  workbench.set({ trusted: workspace.isTrusted, folders: folderPaths().length });
  return [
    workspace.onDidGrantWorkspaceTrust(() => {
      workbench.set({ trusted: true });
      link.tell(engine.trust, { trusted: true });
    }),
    workspace.onDidChangeWorkspaceFolders(() => {
      workbench.set({ folders: folderPaths().length });
      if (workbench.folders > 0 && link.state === 'asleep') link.wake();
    }),
    workspace.onDidChangeConfiguration((change) => {
      const ours = Object.values(ids).some((id) => change.affectsConfiguration(id));
      if (ours) link.tell(engine.settings, settings.read());
    }),
  ];
}
