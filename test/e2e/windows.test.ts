import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { root } from '../../src/build/install.mjs';
import { eventually } from '../helpers/eventually.ts';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';
import { pictureOnFailure } from './failurePicture.ts';
import { Window } from './window.ts';

/** Each of its calls takes 400 ms, so a run of it lasts long enough. */
const slow = /^slow_echo/;

describe('Windows come and go while a run is on', () => {
  let vscode: VSCode;
  let first: Window;
  const opened: Window[] = [];

  pictureOnFailure(() => vscode);

  before(async () => {
    vscode = await launchVSCode({
      workspace: join(root, 'test', 'fixtures', 'workspaces', 'board'),
      trusted: true,
      extension: { vsix: await packedExtension() },
      // The preset without a stop rule: 32 trials, some fifteen seconds.
      settings: { 'imaginarium.model': 'offline', 'imaginarium.preset': 'paper', 'imaginarium.episodes': 8 },
    });
    first = new Window(vscode.page);
  });

  after(() => vscode.dispose());

  async function openWindow(): Promise<Window> {
    const page = await vscode.page
      .context()
      .browser()
      ?.newPage({ viewport: { width: 1280, height: 800 } });
    assert.ok(page);
    await page.goto(vscode.url);
    const window = new Window(page);
    opened.push(window);
    await window.openViews();
    await window.row('Tools', slow).waitFor();
    return window;
  }

  async function explore(window: Window): Promise<void> {
    await window.command('Explore Tool…');
    await window.pick(slow);
    await window.dialog.waitFor();
    await window.answer('Start');
    await window.toast(/Exploring slow_echo/).waitFor();
  }

  it('a second window reads what the first explores, and says why it cannot explore itself', async () => {
    await first.openViews();
    await first.row('Tools', slow).waitFor();
    await explore(first);
    const second = await openWindow();
    await eventually('the view says who explores', async () =>
      /explores this workspace/.test(await second.page.locator('.pane-body').allInnerTexts().then(String)),
    );
    await second.command('Explore Tool…');
    await second.toast(/explores this workspace/).waitFor();
    await second.row('Runs', slow).waitFor();
    await second.page.close();
  });

  it('a window that is closed in the middle of a run leaves a run that the next window can resume', async () => {
    await first.page.close();
    const next = await openWindow();
    await next.row('Runs', /^slow_echo, (interrupted|stopped)/).waitFor();
    await next.clear();
    await next.page.bringToFront();
    await next.command('Resume');
    await next.toast(/Explored slow_echo/).waitFor({ timeout: 60_000 });
    await next.row('Runs', /^slow_echo, finished/).waitFor();
    assertNothingTwice(vscode.workspace);
  });

  it('an engine that is killed in the middle of a run comes back, and the run goes on by itself', async () => {
    const window = opened.at(-1);
    assert.ok(window);
    await window.clear();
    await explore(window);
    process.kill(await enginePid(vscode), 'SIGKILL');
    await window.toast(/Explored slow_echo/).waitFor({ timeout: 60_000 });
    assertNothingTwice(vscode.workspace);
  });
});

/** No place of a run has two trials, as the database has them. */
function assertNothingTwice(workspace: string | null): void {
  assert.ok(workspace);
  const database = new DatabaseSync(join(workspace, '.imaginarium', 'trials.db'), { readOnly: true });
  try {
    const doubled = database
      .prepare('SELECT run, tool, episode, trial, count(*) AS n FROM trials GROUP BY 1, 2, 3, 4 HAVING n > 1')
      .all();
    assert.deepEqual(doubled, []);
  } finally {
    database.close();
  }
}

/** Of the engine that started last, from the extension's own log. */
async function enginePid(vscode: VSCode): Promise<number> {
  return eventually('the log names the engine', () => {
    const logs = readdirSync(vscode.logs.folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('Imaginarium.log'))
      .sort();
    const lines = logs.flatMap((path) => readFileSync(join(vscode.logs.folder, path), 'utf8').split('\n'));
    const pids = lines.flatMap((line) => /Engine: ready \(process (\d+)\)/.exec(line)?.[1] ?? []);
    return Number(pids.at(-1));
  });
}
