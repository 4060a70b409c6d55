/** A desktop VS Code, by `@vscode/test-electron`, where there is a display to show it and a network to fetch it from. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { root } from '../../../src/build/install.mjs';
import type { Suite } from '../../integration/suites.ts';
import { cache } from './codeServer.ts';

const releases = 'https://update.code.visualstudio.com/api/releases/stable';
/** How long the download server may take to answer at all, milliseconds. */
const answerLimit = 5_000;
/** For how long "not to be had" is remembered, milliseconds. */
const memory = 24 * 3600 * 1000;

/**
 * Path of a desktop VS Code, or null where the server is to be used. On Linux it needs a display (`xvfb-run` gives one);
 * `IMAGINARIUM_DESKTOP_VSCODE` set to 1 asks for it in any case, set to 0 forbids it.
 */
export async function desktopVSCode(): Promise<string | null> {
  const asked = process.env.IMAGINARIUM_DESKTOP_VSCODE;
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (asked === '0' || (!display && asked !== '1')) return null;
  const note = join(cache, 'desktop-vscode.json');
  if (asked !== '1' && existsSync(note)) {
    const { refusedAt } = JSON.parse(readFileSync(note, 'utf8'));
    if (Date.now() - refusedAt < memory) return null;
  }
  try {
    const answer = await fetch(releases, { signal: AbortSignal.timeout(answerLimit) });
    if (!answer.ok) throw new Error(`${releases} answered ${answer.status}`);
    return await downloadAndUnzipVSCode({ version: 'stable', cachePath: join(cache, 'vscode-test') });
  } catch (error) {
    if (asked === '1') throw error;
    console.log(
      `No desktop VS Code (${error instanceof Error ? error.message : error}); using the VS Code server.`,
    );
    mkdirSync(cache, { recursive: true });
    writeFileSync(note, JSON.stringify({ refusedAt: Date.now() }));
    return null;
  }
}

/** Runs a suite in a desktop VS Code with a profile of its own. Resolves to whether it passed. */
export async function runOnDesktop(
  vscodeExecutablePath: string,
  suite: Suite,
  tests: string,
): Promise<boolean> {
  const temporary = mkdtempSync(join(tmpdir(), 'imaginarium-vscode-'));
  const workspace = join(temporary, 'workspace');
  const user = join(temporary, 'profile', 'User');
  try {
    mkdirSync(user, { recursive: true });
    writeFileSync(join(user, 'settings.json'), JSON.stringify(suite.settings ?? {}));
    if (suite.workspace !== null) cpSync(join(root, suite.workspace), workspace, { recursive: true });
    const several =
      suite.workspace !== null && readdirSync(workspace).find((name) => name.endsWith('.code-workspace'));
    const ended = runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: [root, ...(suite.extensions ?? []).map((folder) => join(root, folder))],
      extensionTestsPath: tests,
      launchArgs: [
        ...(suite.workspace === null ? [] : [several ? join(workspace, several) : workspace]),
        ...['--user-data-dir', join(temporary, 'profile'), '--extensions-dir', join(temporary, 'extensions')],
        ...['--skip-welcome', '--skip-release-notes', '--disable-updates', '--no-sandbox'],
        ...(suite.trusted ? ['--disable-workspace-trust'] : []),
      ],
    });
    return (await ended) === 0;
  } catch (error) {
    console.error(`The suite ${suite.name} failed: ${error instanceof Error ? error.message : error}`);
    return false;
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
