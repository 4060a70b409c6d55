/**
 * `npm run screenshots [-- THEME…]`: the pictures in `media/screenshots/<theme>/`: each step of the main path, and what is
 * seen where it cannot be gone. Made anew as a whole, from the packed extension in a real VS Code.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/build/install.mjs';
import type { LaunchOptions, VSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';
import { launchInTheme, type Theme, themes } from '../helpers/vscode/themes.ts';
import { type LearnedWorkspace, learnedWorkspace } from './learnedWorkspace.ts';
import { walkReview } from './reviewWalk.ts';
import { walkSources } from './sourcesWalk.ts';
import { sourcesWorkspace } from './sourcesWorkspace.ts';
import { walkSpec } from './specsWalk.ts';
import { walk } from './walk.ts';
import { Window } from './window.ts';

const size = { width: 1280, height: 800 };

/** Takes a picture under a name. */
type Take = (name: string) => Promise<void>;

/** What is shown, in a window of its own each. */
interface Scene {
  options: Omit<LaunchOptions, 'extension'>;
  /** What the window opens, made anew for each theme. */
  prepare?: () => Promise<LearnedWorkspace>;
  play(window: Window, take: Take, vscode: VSCode): Promise<void>;
}

const examples = join(root, 'examples');
const fixtures = join(root, 'test', 'fixtures', 'workspaces');

const sources = sourcesWorkspace();

const scenes: Scene[] = [
  {
    options: { workspace: examples, trusted: true },
    play: async (window, take, { workspace }) => void (await walk(window, workspace ?? '', take)),
  },
  {
    options: {
      workspace: sources.folder,
      trusted: true,
      settings: { 'imaginarium.model': 'offline', 'imaginarium.episodes': 1, 'imaginarium.trials': 2 },
    },
    play: (window, take) => walkSources(window, take),
  },
  {
    options: {
      workspace: join(fixtures, 'bookings'),
      trusted: true,
      settings: { 'imaginarium.model': 'offline', 'imaginarium.episodes': 4, 'imaginarium.trials': 4 },
    },
    play: (window, take) => walkSpec(window, take),
  },
  {
    options: { workspace: null, trusted: true, inPlace: true },
    prepare: learnedWorkspace,
    play: (window, take) => walkReview(window, take),
  },
  {
    options: { workspace: examples, trusted: false },
    async play(window, take) {
      await window.openViews();
      await window.row('Tools', /^convert_units/).waitFor();
      await take('restricted-mode');
    },
  },
  {
    options: { workspace: join(fixtures, 'empty'), trusted: true },
    async play(window, take) {
      await window.openViews();
      await window.page.getByText('No tools in this workspace yet').waitFor();
      await take('no-tools');
    },
  },
  {
    options: {
      workspace: join(fixtures, 'board'),
      trusted: true,
      settings: { 'imaginarium.model': 'offline' },
    },
    async play(window, take) {
      await window.openViews();
      await window.row('Tools', /^write_note/).waitFor();
      await window.command('Explore All Tools');
      await window.dialog.waitFor();
      await window.answer('Start');
      await window.toast(/write_note/).waitFor();
      await window.toast(/wipe_notes/).waitFor();
      await take('approvals');
      await window.command('Stop');
    },
  },
];

const wanted = process.argv.slice(2);
const chosen = (Object.keys(themes) as Theme[]).filter(
  (theme) => wanted.length === 0 || wanted.includes(theme),
);
if (chosen.length === 0) throw new Error(`There is no theme ${wanted.join(', ')}.`);
const extension = { vsix: await packedExtension() };
for (const theme of chosen) {
  const folder = join(root, 'media', 'screenshots', theme);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { options, play, prepare } of scenes) {
    const prepared = await prepare?.();
    const opened = prepared ? { workspace: prepared.folder, settings: prepared.settings } : {};
    const vscode = await launchInTheme(theme, { ...options, ...opened, extension, size });
    const take: Take = async (name) => {
      // The pointer would leave a hover on whatever it has clicked last.
      await vscode.page.mouse.move(size.width / 2, size.height - 60);
      await vscode.page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
      await vscode.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
      console.log(`media/screenshots/${theme}/${name}.png`);
    };
    try {
      await play(new Window(vscode.page), take, vscode);
    } finally {
      await vscode.dispose();
      await prepared?.remove();
    }
  }
}
sources.remove();
