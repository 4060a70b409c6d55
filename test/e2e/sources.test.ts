import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../helpers/eventually.ts';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';
import { pictureOnFailure } from './failurePicture.ts';
import { explored, walkSources } from './sourcesWalk.ts';
import { sourcesWorkspace } from './sourcesWorkspace.ts';
import { Window } from './window.ts';

describe('A workspace as it is, with nothing written for us', () => {
  const made = sourcesWorkspace();
  let vscode: VSCode;
  let window: Window;

  pictureOnFailure(() => vscode);

  before(async () => {
    vscode = await launchVSCode({
      workspace: made.folder,
      trusted: true,
      extension: { vsix: await packedExtension() },
      size: { width: 1400, height: 900 },
      settings: { 'imaginarium.model': 'offline', 'imaginarium.episodes': 1, 'imaginarium.trials': 2 },
    });
    window = new Window(vscode.page);
  });

  after(async () => {
    await vscode.dispose();
    made.remove();
  });

  it('shows its tools, starts a server by its row, compares, and explores by its row', async () => {
    const steps: string[] = [];
    await walkSources(window, async (step) => void steps.push(step));
    assert.equal(steps.length, 5, steps.join());
  });

  it('has kept what the server said, and what was explored', async () => {
    const folder = join(vscode.workspace ?? '', '.imaginarium');
    assert.match(await readFile(join(folder, 'servers.json'), 'utf8'), new RegExp(explored));
  });

  it('shows the tools of the server after a reload, without starting it', async () => {
    await vscode.page.reload();
    await window.openViews();
    await window.row('Tools', /^memory, MCP, 9 tools, remembered/).waitFor();
    await window.row('Tools', new RegExp(`^${explored}`)).waitFor();
  });

  it('has a tool that nothing can run played by the model, once a person says so, and marks it', async () => {
    await window.command('Explore Tool…');
    await window.quickInput.getByRole('textbox').fill('book_seat');
    await eventually('the search has found it alone', async () => (await window.options().count()) === 1);
    // A list that comes anew in this very moment loses a click; a key goes to the row that is active.
    await window.page.keyboard.press('Enter');
    await window.dialog.waitFor();
    assert.match((await window.dialog.textContent()) ?? '', /cannot be run/);
    await window.answer('Simulate');
    await eventually('what it costs is said', async () =>
      /simulated/i.test((await window.dialog.textContent()) ?? ''),
    );
    await window.answer('Start');
    await window.row('Tools', /^book_seat.*simulated/).waitFor();
    await window.row('Runs', /^book_seat, finished/).waitFor();
    await window.expand('Runs', /^book_seat, finished/);
    await window
      .row('Runs', /simulated/)
      .first()
      .waitFor();
  });
});
