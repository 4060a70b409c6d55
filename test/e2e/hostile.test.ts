import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { eventually } from '../helpers/eventually.ts';
import { hostileTexts } from '../helpers/hostileTexts.ts';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';
import { pictureOnFailure } from './failurePicture.ts';
import { hostileWorkspace } from './hostileWorkspace.ts';
import { Window } from './window.ts';

describe('What tools say is shown as text, and does nothing', () => {
  const workspace = hostileWorkspace();
  let vscode: VSCode;
  let window: Window;
  /** Requests of any page to anybody but the window's own server. */
  const outside: string[] = [];

  pictureOnFailure(() => vscode);

  before(async () => {
    vscode = await launchVSCode({
      workspace: workspace.folder,
      trusted: true,
      extension: { vsix: await packedExtension() },
      settings: {
        'imaginarium.model': 'offline',
        'imaginarium.episodes': 2,
        // The editor would ask about two of the texts.
        'editor.unusualLineTerminators': 'off',
      },
    });
    window = new Window(vscode.page);
    vscode.page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      const own = hostname === '127.0.0.1' || hostname.endsWith('.vscode-cdn.net');
      if (/^(https?|wss?):$/.test(protocol) && !own) outside.push(request.url());
    });
  });

  after(async () => {
    await vscode.dispose();
    workspace.remove();
  });

  /** In no frame has anything run, and nobody outside was asked. */
  async function nothingHappened(): Promise<void> {
    for (const frame of vscode.page.frames()) assert.equal(await hacked(frame), undefined, frame.url());
    assert.deepEqual(
      outside.filter((url) => url.includes('evil')),
      [],
    );
    assert.equal(await vscode.page.locator('.terminal').count(), 0);
  }

  it('in notifications, while all of it is explored: a link is no link', async () => {
    await window.openViews();
    await window.command('Explore All Tools');
    await window.dialog.waitFor();
    await window.answer('Start');
    const question = window.toast(/asking/);
    await question.waitFor();
    assert.match(await question.innerText(), /\[open\]/);
    assert.equal(await question.locator('.notification-list-item-message a').count(), 0);
    assert.equal(await question.locator('.notification-list-item-message b').count(), 0);
    await question.getByRole('button', { name: 'Allow for This Run' }).click();
    await window.toast(/Explored \d+ tools/).waitFor({ timeout: 90_000 });
    await nothingHappened();
    await window.clear();
  });

  it('in the views', async () => {
    await window.expand('Tools', /^imaginarium\.yaml/);
    await window.row('Tools', /^hostile_0/).waitFor();
    for (const name of [/^hostile_0\b/, /^Learned examples/, /^Failed calls/])
      await window.expand('Tools', name);
    for (const row of await window.row('Tools', /./).all()) assert.ok(!/\n/.test(await row.innerText()));
    const html = window.page
      .locator('.pane-body')
      .locator('script, iframe, a[href^="command"], a[href^="javascript"]');
    assert.equal(await html.count(), 0);
    await nothingHappened();
  });

  it('in a trial log', async () => {
    await window.row('Runs', /41 tools/).waitFor();
    await window.expand('Runs', /41 tools/);
    await window
      .row('Runs', /hostile_\d+,/)
      .first()
      .click();
    await window.tab(/hostile_/).waitFor();
    await eventually('the trial is shown', async () => /Query/.test(await window.shownText()));
    await nothingHappened();
  });

  it('in hovers, each of them', async () => {
    await window.openFile('imaginarium.yaml');
    const lines = (await readFile(join(workspace.folder, 'imaginarium.yaml'), 'utf8')).split('\n');
    const { keyboard } = window.page;
    for (const index of hostileTexts.keys()) {
      const name = `hostile_${index}`;
      const line = lines.findIndex((one) => one.endsWith(`name: ${name}`));
      await keyboard.press('Control+G');
      await window.quickInput
        .getByRole('textbox')
        .fill(`:${line + 1}:${(lines[line] ?? '').indexOf(name) + 3}`);
      await keyboard.press('Enter');
      await keyboard.press('ControlOrMeta+K');
      await keyboard.press('ControlOrMeta+I');
      const hover = window.page.locator('.monaco-hover:visible').filter({ hasText: name });
      await hover.waitFor();
      const active =
        'script, iframe, img, form, base, style, vscode-button, a[href], a[data-href], h1, table';
      assert.equal(await hover.locator(active).count(), 0, await hover.innerHTML());
      await keyboard.press('Escape');
    }
    await nothingHappened();
  });

  it('in the dashboard', async () => {
    await window.command('Open Dashboard');
    const page = window.dashboard;
    for (const tab of [/^Examples/, /^Failed calls/i, /^Trials/]) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('row').nth(3).waitFor();
      await page.getByRole('treegrid').press('End');
      await page.getByRole('row').first().waitFor();
    }
    assert.equal(await page.locator('img, svg[onload], iframe, a[href^="javascript"], base').count(), 0);
    await nothingHappened();
  });
});

function hacked(frame: Frame): Promise<unknown> {
  // A frame may be on its way out.
  return frame.evaluate(() => (globalThis as { __hacked?: unknown }).__hacked).catch(() => undefined);
}
