/** A real VS Code in a headless browser, with our extension in it: for in-host suites, browser tests and pictures. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { format } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { root } from '../../../src/build/install.mjs';
import { ensureChromium } from './chromium.ts';
import { type Server, startServer } from './server.ts';

export interface LaunchOptions {
  /**
   * Folder to open. It is copied first (without `.imaginarium`); null for a window without a folder. Where a
   * `*.code-workspace` lies in it, that is opened: a window with several folders.
   */
  workspace: string | null;
  /** Opens the folder itself, with what was learned there: for what is too large to copy. */
  inPlace?: true;
  /** False leaves the window in Restricted Mode. */
  trusted: boolean;
  /** The built working tree, or the packed extension, installed. Only with the latter notifications pop up by themselves. */
  extension: 'development' | { vsix: string };
  /** Folders of further extensions, installed as they are. */
  extensions?: readonly string[];
  /** Absolute path of a module with `run()`, to be run in the extension host. */
  tests?: string;
  /** Settings of the person. */
  settings?: Record<string, unknown>;
  /** Added to the environment of the extension host. */
  env?: Record<string, string>;
  /** Size of the window, pixels. */
  size?: { width: number; height: number };
  /** Gets what tests, extension host and window write to their consoles. */
  print?: (text: string) => void;
}

export interface VSCode {
  /** Address of the window. */
  url: string;
  /** The window. */
  page: Page;
  /** The copy of the workspace that is open, or null. */
  workspace: string | null;
  /** Of `tests`: resolves with the exit code when they have ended; never without `tests`. */
  finished: Promise<number>;
  /** Path of the server's log, and of the folder with all others. */
  logs: { server: string; folder: string };
  /** Closes everything and removes all temporary folders. */
  dispose(): Promise<void>;
}

const browserFlags = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What makes a window quiet and repeatable: no welcome page, no updates, no hints. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'git.openRepositoryInParentFolders': 'never',
  'window.commandCenter': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/**
 * Opens a VS Code on a copy of a workspace.
 *
 * @throws Error that says what is missing, where no VS Code or browser can be had
 */
export async function launchVSCode(options: LaunchOptions): Promise<VSCode> {
  const temporary = mkdtempSync(join(tmpdir(), 'imaginarium-vscode-'));
  let server: Server | undefined;
  let browser: Browser | undefined;
  const interrupted = (): void => {
    const end = (): void => process.exit(130);
    dispose().then(end, end);
  };
  const dispose = async (): Promise<void> => {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    await browser?.close();
    await server?.stop();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  try {
    const workspace =
      options.workspace === null || options.inPlace
        ? options.workspace
        : copyWorkspace(options.workspace, temporary);
    const data = join(temporary, 'server');
    mkdirSync(data);
    for (const folder of options.extensions ?? []) {
      cpSync(folder, join(data, 'extensions', basename(folder)), { recursive: true });
    }
    server = await startServer({
      data,
      trusted: options.trusted,
      settings: { ...quietSettings, ...options.settings },
      driver: options.extension === 'development',
      ...(options.extension === 'development' ? {} : { vsix: options.extension.vsix }),
      ...(options.env ? { env: options.env } : {}),
    });
    browser = await chromium.launch({
      executablePath: await ensureChromium(),
      args: browserFlags,
      // We close the browser ourselves, in order.
      handleSIGINT: false,
      handleSIGTERM: false,
    });
    const page = await browser.newPage({ viewport: options.size ?? { width: 1280, height: 800 } });
    const print = options.print ?? (() => {});
    const finished = watchTests(page, print);
    const url = address(server.port, workspace, options);
    await page.goto(url);
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    return { url, page, workspace, finished, logs: { server: server.log, folder: data }, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function copyWorkspace(from: string, temporary: string): string {
  const to = join(temporary, 'workspace');
  if (!existsSync(from)) throw new Error(`The workspace ${from} does not exist.`);
  cpSync(from, to, { recursive: true, filter: (path) => !/[\\/]\.imaginarium$/.test(path) });
  return to;
}

function address(port: number, workspace: string | null, options: LaunchOptions): string {
  const remote = `vscode-remote://127.0.0.1:${port}`;
  const payload = [['skipWelcome', 'true']];
  if (options.extension === 'development') payload.push(['extensionDevelopmentPath', `${remote}${root}`]);
  if (options.tests) payload.push(['extensionTestsPath', `${remote}${options.tests}`]);
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  const several = workspace && readdirSync(workspace).find((name) => name.endsWith('.code-workspace'));
  if (several) query.set('workspace', join(workspace, several));
  else if (workspace) query.set('folder', workspace);
  else query.set('ew', 'true');
  return `http://127.0.0.1:${port}/?${query}`;
}

/** The page tells of tests through two functions that the smoke test driver calls. */
function watchTests(page: Page, print: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const expose = async (): Promise<void> => {
      await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) =>
        print(format(...args)),
      );
      await page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
    };
    page.on('crash', () => reject(new Error('The browser page crashed.')));
    expose().catch(reject);
  });
}
