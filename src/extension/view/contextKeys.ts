import { commands, type Disposable } from 'vscode';
import { contextKeys } from '../../protocol/contributions.ts';
import type { Workbench } from '../state/workbench.ts';

/** Keeps the keys that `when` clauses read equal to the workbench. */
export function followContextKeys(workbench: Workbench): Disposable {
  const set = new Map<string, boolean>();
  const put = (key: string, value: boolean): void => {
    if (set.get(key) === value) return;
    set.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
  const draw = (): void => {
    put(contextKeys.running, workbench.running.length > 0);
    put(contextKeys.resumable, workbench.resumable !== null);
    put(contextKeys.hasTools, workbench.tools.length > 0);
    put(contextKeys.engineAway, workbench.link === 'away');
  };
  draw();
  return workbench.onChange.listen(draw);
}
