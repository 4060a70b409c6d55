import { type Disposable, window } from 'vscode';
import { panels } from '../../protocol/contributions.ts';
import type { Actions } from '../actions.ts';

/** Lets the editor bring a dashboard back that was open when the window was closed. */
export function registerPanel(actions: () => Promise<Actions>): Disposable {
  return window.registerWebviewPanelSerializer(panels.dashboard, {
    deserializeWebviewPanel: async (panel) => (await actions()).dashboard.revive(panel),
  });
}
