import { type Disposable, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { commands } from '../../protocol/contributions.ts';
import { statusOf } from '../state/status.ts';
import type { Workbench } from '../state/workbench.ts';

/** Draws `statusOf` into the status bar at each change. */
export function statusBar(workbench: Workbench): Disposable {
  const item = window.createStatusBarItem('imaginarium.status', StatusBarAlignment.Left);
  item.name = 'Imaginarium';
  item.command = commands.showStatus;
  const draw = (): void => {
    const { visible, text, tooltip, label, tone } = statusOf(workbench);
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label };
    item.backgroundColor = tone === 'plain' ? undefined : new ThemeColor(`statusBarItem.${tone}Background`);
    if (visible) item.show();
    else item.hide();
  };
  const listening = workbench.onChange.listen(draw);
  draw();
  return {
    dispose: () => {
      listening.dispose();
      item.dispose();
    },
  };
}
