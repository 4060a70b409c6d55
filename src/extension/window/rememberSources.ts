import type { ExtensionContext } from 'vscode';
import { readSnapshot, SnapshotWriter } from '../state/snapshot.ts';
import type { Workbench } from '../state/workbench.ts';
import { folderPaths } from './followWorkspace.ts';

/** Shows what the last window of this workspace showed, and keeps what the engine says for the next one. */
export function rememberSources(
  { workspaceState }: ExtensionContext,
  workbench: Workbench,
  log: (error: unknown) => void,
): { dispose(): void }[] {
  const kept = readSnapshot(workspaceState, folderPaths());
  if (kept) workbench.remember(kept);
  const writer = new SnapshotWriter(workspaceState, log);
  let seen = workbench.sources;
  const listening = workbench.onChange.listen(() => {
    const { sources, remembered } = workbench;
    if (sources === seen || sources === null || remembered) return;
    seen = sources;
    writer.keep(sources);
  });
  return [writer, listening];
}
