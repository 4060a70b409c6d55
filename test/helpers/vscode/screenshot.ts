/** Pictures of the window in the editor's own themes. */
import type { LaunchOptions, VSCode } from './launch.ts';
import { launchVSCode } from './launch.ts';

/** Settings that select each theme. High contrast is what the editor takes when the system asks for it. */
export const themes = {
  light: { 'workbench.colorTheme': 'Default Light Modern' },
  dark: { 'workbench.colorTheme': 'Default Dark Modern' },
  'high-contrast': { 'window.autoDetectHighContrast': true },
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
    if (theme === 'high-contrast') {
      // By the setting of a theme alone the VS Code server does not go there.
      await vscode.page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
      await vscode.page.reload();
    }
    await prepare(vscode);
    await vscode.page.screenshot({ path, animations: 'disabled' });
  } finally {
    await vscode.dispose();
  }
}
