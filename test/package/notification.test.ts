import assert from 'node:assert/strict';
import { join } from 'node:path';
import { root } from '../../src/build/install.mjs';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';

describe('The packed extension asks', function () {
  this.timeout(90_000);
  let vscode: VSCode | undefined;

  before(async () => {
    vscode = await launchVSCode({
      workspace: join(root, 'test', 'fixtures', 'workspaces', 'links'),
      trusted: true,
      extension: { vsix: await packedExtension() },
      settings: { 'imaginarium.model': 'offline' },
    });
  });

  after(() => vscode?.dispose());

  it('before a call that writes, and what the model has written there is text and no link', async () => {
    assert.ok(vscode);
    const { page } = vscode;
    await page.getByRole('tab', { name: 'Imaginarium' }).click();
    await page.getByRole('treeitem', { name: /post_link/ }).waitFor();
    await page.keyboard.press('F1');
    const field = page.getByRole('textbox', { name: 'Type the name of a command to run.' });
    await field.fill('>Imaginarium: Explore All Tools');
    await page.getByRole('option', { name: 'Imaginarium: Explore All Tools' }).waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('You will be asked before these are called: post_link').waitFor();
    await dialog.getByRole('button', { name: 'Start' }).click();

    const message = page.locator('.notifications-toasts .notification-list-item-message', {
      hasText: 'Allow',
    });
    await message.waitFor();
    assert.equal(
      await message.innerText(),
      'Allow post_link({"link":"[run] (command:workbench.action.terminal.new)"})? This tool may change things.',
    );
    assert.equal(await message.locator('a').count(), 0);
    await page.getByRole('button', { name: "Don't Allow" }).click();
    await message.waitFor({ state: 'detached' });
  });

  it('in German where the editor speaks German', async () => {
    assert.ok(vscode);
    const { page } = vscode;
    // The language of the page and of the host; without its language pack the editor's own texts stay English.
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => 'de', set: () => {} });
    });
    await page.reload();
    await page.getByRole('treeitem', { name: /post_link, kann etwas verändern/ }).waitFor();
    await page.keyboard.press('F1');
    await page
      .getByRole('textbox', { name: 'Type the name of a command to run.' })
      .fill('>Imaginarium: Alle Tools erkunden');
    await page.getByRole('option', { name: /Alle Tools erkunden/ }).waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('1 Tool mit dem Offline-Sampler erkunden?').waitFor();
    await dialog.getByText('Höchstens 60 Versuche').waitFor();
    await dialog.getByRole('button', { name: 'Starten' }).waitFor();
    await page.keyboard.press('Escape');
  });
});
