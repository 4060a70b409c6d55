import assert from 'node:assert/strict';
import { FakeData } from './fakeData.ts';
import { FakeHost } from './fakeHost.ts';
import { type OpenedPage, PageBench } from './openPage.ts';
import { assertClean, becomes, eventually, focusedRow, listed, row, rows, tab } from './reading.ts';

describe('Lists of the dashboard', () => {
  const bench = new PageBench();
  let opened: OpenedPage;
  let host: FakeHost;

  before(() => bench.start());
  after(() => bench.stop());
  afterEach(async () => {
    assertClean(opened);
    assert.deepEqual(host.wrong, []);
    await opened.close();
  });

  async function open(count = 1204): Promise<void> {
    host = new FakeHost(new FakeData(count));
    opened = await bench.open(host);
    await listed(opened.page);
  }

  const title = (index: number): Promise<string> => row(opened.page, index).locator('.row-title').innerText();

  it('are sorted as chosen, each list by what it has', async () => {
    await open();
    const { page } = opened;
    assert.match(await title(0), /1204 weeks/);
    await page.getByRole('combobox', { name: 'Order' }).click();
    assert.deepEqual(await page.getByRole('option').allInnerTexts(), [
      'Newest first',
      'Oldest first',
      'By tool',
      'By query',
    ]);
    await page.getByRole('option', { name: 'Oldest first' }).click();
    await eventually('oldest first', async () =>
      /\bdate \d days|\bdate \d weeks|\bdate \d months/.test(await title(0)),
    );
    await tab(page, /^Trials/).click();
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: 'Longest first' }).click();
    await becomes(
      'order',
      { by: 'duration', descending: true },
      async () => host.params('list').at(-1)?.order ?? null,
    );
    await tab(page, /^Examples/).click();
    await becomes(
      'its own order',
      { by: 'time', descending: false },
      async () => host.params('list').at(-1)?.order ?? null,
    );
  });

  it('are walked by keyboard: arrows, pages, ends; Enter opens the trial', async () => {
    await open();
    const { page } = opened;
    await tab(page, /^Trials/).click();
    await becomes('trials', 'true', async () => String((await title(0)).includes('1204')));
    assert.equal(await page.locator('.rows [role=row][tabindex="0"]').count(), 1);
    await row(page, 0).focus();
    const key = async (name: string, expected: RegExp): Promise<void> => {
      await page.keyboard.press(name);
      await eventually(`${name}: ${expected}`, async () => expected.test(await focusedRow(page)));
    };
    await key('ArrowDown', /date 1203/);
    await key('ArrowDown', /date 1202/);
    await key('ArrowUp', /date 1203/);
    await key('End', /date 1 weeks/);
    assert.ok(await row(page, 1203).isVisible());
    await key('PageUp', /date 1\d /);
    await key('Home', /date 1204/);
    await key('PageDown', /date 11[89]\d/);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await becomes('the trial opens', [{ trialId: 'run-1-abc-1204' }], async () => host.params('openTrial'));
  });

  it('open a row in place, by keyboard and by mouse, and close it again', async () => {
    await open();
    const { page } = opened;
    await row(page, 0).focus();
    assert.equal(await row(page, 0).getAttribute('aria-expanded'), 'false');
    await page.keyboard.press('ArrowRight');
    await row(page, 0).locator('.row-more').waitFor();
    assert.equal(await row(page, 0).getAttribute('aria-expanded'), 'true');
    const text = await row(page, 0).innerText();
    assert.match(text, /"unit": "weeks"/);
    assert.match(text, /"weekday":"Tuesday"/);
    assert.match(text, /Made by the offline sampler/);
    assert.match(text, /Nothing about it was checked/);
    // The row below makes room.
    const [first, second] = [await row(page, 0).boundingBox(), await row(page, 1).boundingBox()];
    assert.ok(
      first && second && Math.abs(first.y + first.height - second.y) < 2,
      JSON.stringify([first, second]),
    );
    await page.keyboard.press('ArrowLeft');
    await eventually('closed', async () => (await row(page, 0).locator('.row-more').count()) === 0);
    await row(page, 1).locator('.row-head').click();
    await row(page, 1).locator('.row-more').waitFor();
  });

  it('show what went wrong with a call, in words, with lesson and fix', async () => {
    await open();
    const { page } = opened;
    await tab(page, /^Failed Calls/).click();
    await eventually('failed calls', async () => (await page.locator('.row-title b').count()) > 3);
    const index = 1;
    await row(page, index).locator('.row-head').click();
    const text = await row(page, index).innerText();
    for (const part of [
      /YYYY-MM-DD, got "1 March"/,
      /In the tool's own words/,
      /Lesson/,
      /Arguments that worked/,
    ]) {
      assert.match(text, part);
    }
  });

  it('insert what the trial of a failed call has left, where it left an example', async () => {
    await open();
    const { page } = opened;
    await tab(page, /^Failed Calls/).click();
    await eventually('failed calls', async () => (await page.locator('.row-title b').count()) > 3);
    const buttons = page.locator('.row [aria-label="Insert"]');
    const shown = await buttons.count();
    assert.ok(shown > 0 && shown < (await rows(page).count()), String(shown));
    await buttons.first().locator('xpath=ancestor::*[@role="row"]').hover();
    await buttons.first().click();
    await becomes('inserted', 1, async () => host.params('insert').length);
    assert.match(JSON.stringify(host.params('insert')), /"example-\d*[02468]"/);
  });

  it('insert an example and open its trial from the row', async () => {
    await open();
    const { page } = opened;
    await row(page, 1).hover();
    await row(page, 1).getByRole('button', { name: 'Insert' }).click();
    await row(page, 1).getByRole('button', { name: 'Open Trial' }).click();
    await becomes('inserted', [{ exampleId: 'example-1203' }], async () => host.params('insert'));
    await becomes('opened', [{ trialId: 'run-1-abc-1203' }], async () => host.params('openTrial'));
  });

  it('scroll through 100,000 rows with few of them in the page', async () => {
    await open(100_000);
    const { page } = opened;
    await tab(page, /^Trials/).click();
    await becomes('100,000', '100000', () =>
      page.getByRole('treegrid').getAttribute('aria-rowcount').then(String),
    );
    const asked = host.params('listRows').length;
    // As a wheel does it: many small steps, one a frame.
    const frames = await page.evaluate(async () => {
      const scroller = document.querySelector('.rows');
      if (!scroller) return [];
      const times: number[] = [];
      let last = performance.now();
      for (let step = 0; step < 120; step += 1) {
        scroller.scrollTop += 900;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        times.push(now - last);
        last = now;
      }
      return times.sort((a, b) => a - b);
    });
    const median = frames[60] ?? 0;
    assert.ok(median < 50, `a frame took ${median} ms`);
    assert.ok((await rows(page).count()) < 60);
    // Rows are asked for as they are needed, one request at a time.
    assert.ok(host.params('listRows').length - asked <= 130);
    await page.evaluate(() => document.querySelector('.rows')?.scrollTo(0, 1e9));
    await row(page, 99_999).waitFor();
    await becomes('the last row', 'true', async () => String(/date 1 weeks/.test(await title(99_999))));
    assert.ok((await rows(page).count()) < 60);
    assert.ok(await page.evaluate(() => document.querySelectorAll('*').length < 2500));
  });
});
