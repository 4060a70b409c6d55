import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../helpers/eventually.ts';
import { pictureOnFailure } from './failurePicture.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

describe('The dashboard in its window', () => {
  let shop: Workshop;

  pictureOnFailure(() => shop?.vscode);

  before(async () => {
    shop = await openWorkshop('look_up_code');
    await writeFile(join(shop.folder, 'notes.md'), '# Notes\n\n');
  });

  after(() => shop.vscode.dispose());

  const rowsIn = (tab: RegExp) => shop.window.dashboard.getByRole('tab', { name: tab });

  it('shows behind a mark the trials that it stands for', async () => {
    const { window } = shop;
    await window.command('Open Dashboard');
    const page = window.dashboard;
    await page.getByRole('row').nth(2).waitFor();
    const mark = page.getByRole('button', { name: /^Refused by the tool/i }).first();
    const calls = Number(
      /(\d+)/.exec((await mark.getAttribute('aria-label')) ?? (await mark.innerText()))?.[1],
    );
    assert.ok(calls > 0);
    await mark.click();
    await rowsIn(/^Failed calls/i).click();
    await eventually('the list has as many rows as the mark says', async () =>
      new RegExp(`(^|\\D)${calls}\\D`).test(
        await page.getByRole('tabpanel').getByRole('status').first().innerText(),
      ),
    );
    assert.match(await page.getByRole('row').first().innerText(), /refused by the tool/i);
    await mark.click();
  });

  it('opens a trial, and inserts an example where the person was writing', async () => {
    const { window } = shop;
    await window.openFile('notes.md');
    await window.page.keyboard.press('ControlOrMeta+End');
    await window.command('Open Dashboard');
    const page = window.dashboard;
    await rowsIn(/^Examples/).click();
    const row = page.getByRole('row').first();
    await row.hover();
    await row.getByRole('button', { name: 'Insert' }).click();
    await window.tab('notes.md').click();
    await eventually('the example is in the file', async () =>
      /Call `look_up_code`/.test(await window.shownText()),
    );
    await window.command('Open Dashboard');
    await page.getByRole('row').first().hover();
    await page.getByRole('row').first().getByRole('button', { name: 'Open Trial' }).click();
    await window.tab(/look_up_code · /).waitFor();
    await eventually('the trial is shown', async () => /Query/.test(await window.shownText()));
  });

  it('is as it was when the window is loaded again', async () => {
    const { window } = shop;
    // The editor writes down what is open, and what a page wants kept, some seconds later, and says nothing of it.
    let patience = 6000;
    await eventually(
      'the list of trials is there again',
      async () => {
        await window.command('Open Dashboard');
        const tab = rowsIn(/^Trials/);
        await tab.click();
        await window.page.waitForTimeout(patience);
        patience *= 2;
        await window.page.reload();
        await tab.waitFor().catch(() => {});
        return (await tab.count()) > 0 && (await tab.getAttribute('aria-selected')) === 'true';
      },
      60_000,
    );
    await window.dashboard.getByRole('row').nth(2).waitFor();
  });
});
