import { commands, type Disposable } from 'vscode';
import { commands as ids } from '../../protocol/contributions.ts';
import { chooseModel } from '../choose/chooseModel.ts';
import type { Surroundings } from '../surroundings.ts';
import { ToolNode } from '../view/nodes.ts';
import { exploreAllTools, exploreTool } from './explore.ts';
import { newManifest } from './newManifest.ts';
import { resume } from './resume.ts';
import { setSecret } from './setSecret.ts';
import { showError } from './showError.ts';
import { showStatus } from './showStatus.ts';
import { startEngine } from './startEngine.ts';
import { stop } from './stop.ts';

/** Registers every command. One that fails says why, and never rejects into the editor's own error message. */
export function registerCommands(around: Surroundings): Disposable[] {
  const handlers: Record<keyof typeof ids, (argument: unknown) => unknown> = {
    // From the tree: that tool. From the palette or a key: the person picks.
    exploreTool: (node) => exploreTool(around, node instanceof ToolNode ? node.toolId : undefined),
    exploreAllTools: () => exploreAllTools(around),
    stop: () => stop(around),
    resume: () => resume(around),
    startEngine: () => startEngine(around),
    chooseModel: () => chooseModel(around),
    setSecret: () => setSecret(around),
    newManifest: () => newManifest(around),
    showStatus: () => showStatus(around),
    showLog: () => around.editor.showLog(),
  };
  return Object.entries(handlers).map(([name, handle]) =>
    commands.registerCommand(ids[name as keyof typeof ids], async (argument: unknown) => {
      try {
        await handle(argument);
      } catch (error) {
        // Not awaited: a message stays until somebody closes it, and the command has ended by then.
        void showError(around, error);
      }
    }),
  );
}
