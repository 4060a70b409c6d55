/** Pictures of the window in the editor's own themes. */
import type { LaunchOptions, VSCode } from './launch.ts';
import { launchVSCode } from './launch.ts';

/** Settings that select each theme. */
export const themes = {
  light: { 'workbench.colorTheme': 'Default Light Modern' },
  dark: { 'workbench.colorTheme': 'Default Dark Modern' },
  'high-contrast': { 'workbench.colorTheme': 'Default High Contrast' },
} as const;

export type Theme = keyof typeof themes;

/**
 * Opens a window in a theme, lets `prepare` bring it to the state to show, and writes `path` (PNG).
 *
 * @param prepare clicks and waits; the window is closed afterwards, also when it throws
 */
export async function screenshot(
  path: string,
  theme: Theme,
  options: LaunchOptions,
  prepare: (vscode: VSCode) => Promise<void>,
): Promise<void> {
  const vscode = await launchVSCode({ ...options, settings: { ...options.settings, ...themes[theme] } });
  try {
    await prepare(vscode);
    await vscode.page.screenshot({ path, animations: 'disabled' });
  } finally {
    await vscode.dispose();
  }
}
