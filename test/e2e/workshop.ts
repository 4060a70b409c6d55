/** A window on the sample workspace in which one tool has been explored: what most suites begin with. */
import { join } from 'node:path';
import { root } from '../../src/build/install.mjs';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';
import { Window } from './window.ts';

export interface Workshop {
  vscode: VSCode;
  window: Window;
  /** The folder that is open. */
  folder: string;
}

/** Opens it and explores `tool` with the offline sampler, in the settings that `settings` change. */
export async function openWorkshop(tool: string, settings: Record<string, unknown> = {}): Promise<Workshop> {
  const vscode = await launchVSCode({
    workspace: join(root, 'examples'),
    trusted: true,
    extension: { vsix: await packedExtension() },
    size: { width: 1400, height: 900 },
    settings: { 'imaginarium.model': 'offline', ...settings },
  });
  const window = new Window(vscode.page);
  await window.openViews();
  await window.row('Tools', new RegExp(`^${tool}\\b`)).waitFor();
  await window.command('Explore Tool…');
  await window.pick(new RegExp(tool));
  await window.dialog.waitFor();
  await window.answer('Start');
  await window.toast(new RegExp(`Explored ${tool}`)).waitFor({ timeout: 60_000 });
  await window.clear();
  return { vscode, window, folder: vscode.workspace ?? '' };
}
