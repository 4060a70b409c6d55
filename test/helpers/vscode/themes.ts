/** The window in the editor's own themes. */
import type { LaunchOptions, VSCode } from './launch.ts';
import { launchVSCode } from './launch.ts';

/** Settings that select each theme. High contrast is what the editor takes when the system asks for it. */
export const themes = {
  light: { 'workbench.colorTheme': 'Default Light Modern' },
  dark: { 'workbench.colorTheme': 'Default Dark Modern' },
  'high-contrast': { 'window.autoDetectHighContrast': true },
} as const;

export type Theme = keyof typeof themes;

/** Opens a window in a theme; the caller disposes of it. */
export async function launchInTheme(theme: Theme, options: LaunchOptions): Promise<VSCode> {
  const vscode = await launchVSCode({ ...options, settings: { ...options.settings, ...themes[theme] } });
  if (theme === 'high-contrast') {
    // By the setting of a theme alone the VS Code server does not go there.
    await vscode.page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    await vscode.page.reload();
    await vscode.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  }
  return vscode;
}
