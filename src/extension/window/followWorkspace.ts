import { type Disposable, extensions, workspace } from 'vscode';
import { settings as ids } from '../../protocol/contributions.ts';
import { engine } from '../../protocol/engine.ts';
import { syncAll } from '../state/sync.ts';
import type { Surroundings } from '../surroundings.ts';
import { excludeSettings, windowExcludes } from './excludes.ts';
import { aiSwitch } from './settings.ts';

/** Paths of the workspace folders that are on a disk. */
export function folderPaths(): string[] {
  return (workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}

/** Tells workbench and engine of trust, folders and settings as they change. */
export function followWorkspace({ workbench, link, settings, log }: Surroundings): Disposable[] {
  workbench.set({ trusted: workspace.isTrusted, folders: folderPaths().length });
  return [
    workspace.onDidGrantWorkspaceTrust(() => {
      workbench.set({ trusted: true });
      if (link.state !== 'ready') return;
      link.tell(engine.trust, { trusted: true });
      // What is kept is read from now on: its runs, too.
      syncAll(link, workbench).catch(log);
    }),
    link.onState.listen((state) => {
      // It was told when its start began: since then the person may have done something.
      if (state !== 'ready') return;
      link.tell(engine.trust, { trusted: workspace.isTrusted });
      link.tell(engine.settings, settings.read());
      link.tell(engine.excludes, windowExcludes());
    }),
    workspace.onDidChangeWorkspaceFolders(() => {
      link.tell(engine.excludes, windowExcludes());
      workbench.set({ folders: folderPaths().length });
      if (workbench.folders > 0 && link.state === 'asleep') link.wake();
    }),
    // The editor does not say when its tools change: they come with extensions, and with its own MCP servers.
    extensions.onDidChange(() => link.tell(engine.editorTools, {})),
    workspace.onDidChangeConfiguration((change) => {
      const ours = Object.values(ids).some((id) => change.affectsConfiguration(id));
      if (ours) link.tell(engine.settings, settings.read());
      if (change.affectsConfiguration(aiSwitch)) link.tell(engine.editorTools, {});
      const excludes = excludeSettings.some((id) => change.affectsConfiguration(id));
      if (excludes) link.tell(engine.excludes, windowExcludes());
    }),
  ];
}
