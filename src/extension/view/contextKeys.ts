import { commands, type Disposable } from 'vscode';
import { contextKeys } from '../../protocol/contributions.ts';
import type { Workbench } from '../state/workbench.ts';
import type { Views } from '../surroundings.ts';

/** Keeps the keys that `when` clauses read equal to the workbench and to what the views show. */
export function followContextKeys(workbench: Workbench, views: Views): Disposable {
  const set = new Map<string, boolean>();
  const put = (key: string, value: boolean): void => {
    if (set.get(key) === value) return;
    set.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
  const draw = (): void => {
    put(contextKeys.running, workbench.running.length > 0 || workbench.working !== null);
    put(contextKeys.resumable, workbench.resumable !== null || workbench.resumableJob !== null);
    put(contextKeys.hasTools, workbench.toolsTotal > 0);
    put(contextKeys.hasRuns, workbench.runs.length > 0);
    put(contextKeys.engineAway, workbench.link === 'away');
    put(contextKeys.toolsFiltered, views.toolsFilter !== null);
    put(contextKeys.runsFiltered, views.trialsFilter !== null);
  };
  draw();
  return workbench.onChange.listen(draw);
}
