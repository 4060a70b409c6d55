import assert from 'node:assert/strict';
import { FakeData } from './fakeData.ts';
import { FakeHost } from './fakeHost.ts';
import { type OpenedPage, PageBench } from './openPage.ts';
import {
  assertClean,
  bar,
  becomes,
  chips,
  counted,
  eventually,
  focusedRow,
  listed,
  row,
  tab,
} from './reading.ts';

describe('A dashboard that is open', () => {
  const bench = new PageBench();
  let opened: OpenedPage;
  let host: FakeHost;

  before(() => bench.start());
  after(() => bench.stop());
  beforeEach(async () => {
    host = new FakeHost(new FakeData(400));
    opened = await bench.open(host);
    await listed(opened.page);
    await tab(opened.page, /^Trials/).click();
    await becomes('trials', '400 trials', () => counted(opened.page));
  });
  afterEach(async () => {
    assertClean(opened);
    assert.deepEqual(host.wrong, []);
    await opened.close();
  });

  const scrollTop = (): Promise<number> =>
    opened.page.evaluate(() => document.querySelector('.rows')?.scrollTop ?? -1);

  /** Where the row with this title is on the screen. */
  async function placeOf(title: string): Promise<number> {
    const box = await opened.page.locator('[role=row]', { hasText: title }).first().boundingBox();
    return Math.round(box?.y ?? -1);
  }

  it('takes in new trials, and keeps scroll, focus and what was opened', async () => {
    const { page } = opened;
    await tab(page, /^Examples/).click();
    await eventually('examples', async () => (await row(page, 0).getAttribute('aria-expanded')) !== null);
    await row(page, 0).focus();
    for (let step = 0; step < 40; step += 1) await page.keyboard.press('ArrowDown');
    await eventually(
      'the row is there',
      async () => (await row(page, 40).getAttribute('aria-expanded')) !== null,
    );
    await becomes('its focus', await row(page, 40).locator('.row-title').innerText(), () => focusedRow(page));
    await page.keyboard.press('ArrowRight');
    const focused = await focusedRow(page);
    await eventually('what was opened is in sight', () =>
      page.evaluate(() => {
        const more = document.querySelector('.row-more')?.getBoundingClientRect();
        const list = document.querySelector('.rows')?.getBoundingClientRect();
        return more !== undefined && list !== undefined && more.bottom <= list.bottom + 1;
      }),
    );
    const before = await placeOf(focused);
    host.data = new FakeData(430);
    await host.push({ type: 'changed', trusted: true, running: true });
    await eventually(
      'the new count',
      async () => /1?\d\d/.test(await counted(page)) && host.params('list').length > 3,
    );
    await eventually(
      'it stands where it stood',
      async () => Math.abs((await placeOf(focused)) - before) <= 2,
    );
    assert.equal(await focusedRow(page), focused);
    assert.equal(await page.locator('.row-more').count(), 1);
  });

  it('shows new trials at the top to somebody who looks at the top', async () => {
    const { page } = opened;
    host.data = new FakeData(401);
    await host.push({ type: 'changed', trusted: true, running: true });
    await becomes('the newest', 'true', async () =>
      String((await row(page, 0).innerText()).includes('date 401')),
    );
    assert.equal(await scrollTop(), 0);
  });

  it('keeps what has the focus among the marks', async () => {
    const { page } = opened;
    await bar(page, /^Unfulfilled \d/).focus();
    const before = host.params('dashboard').length;
    host.data = new FakeData(500);
    await host.push({ type: 'changed', trusted: true, running: true });
    await eventually('asked again', async () => host.params('dashboard').length > before);
    await eventually('drawn', async () => (await page.locator('.numbers').innerText()).includes('500'));
    const focused = await page.evaluate(() =>
      document.activeElement?.textContent?.replace(/\s+/g, ' ').trim(),
    );
    assert.match(focused ?? '', /^Unfulfilled \d+ \d+% of 500/);
  });

  it('asks no faster than it is answered', async () => {
    host.held.add('list');
    for (let i = 0; i < 20; i += 1) await host.push({ type: 'changed', trusted: true, running: true });
    const before = host.params('list').length;
    host.release();
    await eventually('the last one', async () => host.params('list').length > before);
    await becomes('settled', '400 trials', () => counted(opened.page));
    assert.ok(host.params('list').length <= before + 2);
  });

  it('is after a reload what it was before', async () => {
    const { page } = opened;
    await bar(page, /^Unfulfilled \d/).click();
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: 'Oldest first' }).click();
    await becomes('order', false, async () => host.params('list').at(-1)?.order.descending ?? true);
    await eventually('oldest first', async () => /date \d /.test(await row(page, 0).innerText()));
    await page.evaluate(() => document.querySelector('.rows')?.scrollTo(0, 1500));
    await eventually('kept', () =>
      page.evaluate(() => /"scroll":1500/.test(sessionStorage.getItem('state') ?? '')),
    );
    await page.reload();
    await listed(page);
    assert.deepEqual(await chips(page), ['Outcome: unfulfilled']);
    assert.equal(await tab(page, /^Trials/).getAttribute('aria-selected'), 'true');
    assert.equal(host.params('list').at(-1)?.order.descending, false);
    await becomes('scroll', 1500, scrollTop);
  });

  it('reads a state that it did not write as far as it can', async () => {
    const { page } = opened;
    await page.evaluate(() =>
      sessionStorage.setItem(
        'state',
        JSON.stringify({ marks: [{ kind: 'outcome', outcome: 'hexed' }, 7], list: 'x', place: 3, order: [] }),
      ),
    );
    await page.reload();
    await listed(page);
    assert.deepEqual(await chips(page), []);
    assert.equal(await tab(page, /^Examples/).getAttribute('aria-selected'), 'true');
  });
});
