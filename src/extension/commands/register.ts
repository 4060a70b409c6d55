import { commands, type Disposable } from 'vscode';
import { type CommandName, commands as ids } from '../../protocol/contributions.ts';
import type { Actions } from '../actions.ts';

/** Registers every command. One that fails says why, and never rejects into the editor's own error message. */
export function registerCommands(actions: () => Promise<Actions>): Disposable[] {
  return Object.entries(ids).map(([name, id]) =>
    commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
      const { handlers, showError } = await actions();
      try {
        await handlers[name as CommandName](argument, selected);
      } catch (error) {
        // Not awaited: a message stays until somebody closes it, and the command has ended by then.
        void showError(error);
      }
    }),
  );
}
