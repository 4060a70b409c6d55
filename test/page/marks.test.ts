import assert from 'node:assert/strict';
import type { TrialFilter } from '../../src/core/rows.ts';
import { FakeHost } from './fakeHost.ts';
import { type OpenedPage, PageBench } from './openPage.ts';
import { assertClean, bar, becomes, chips, counted, listed, tab } from './reading.ts';

const place = { tool: { id: 'imaginarium.yaml#add_days', name: 'add_days' }, run: null };

describe('Marks of the dashboard', () => {
  const bench = new PageBench();
  let opened: OpenedPage;
  let host: FakeHost;

  before(() => bench.start());
  after(() => bench.stop());
  beforeEach(async () => {
    host = new FakeHost();
    host.start = { ...host.start, place };
    opened = await bench.open(host);
    await listed(opened.page);
  });
  afterEach(async () => {
    assertClean(opened);
    assert.deepEqual(host.wrong, []);
    await opened.close();
  });

  const filter = async (): Promise<TrialFilter> => host.params('list').at(-1)?.filter ?? {};
  const own = { tool: place.tool.id };

  it('an outcome filters the lists, a second click takes it off', async () => {
    const { page } = opened;
    const mark = bar(page, /^Unfulfilled \d/);
    await mark.click();
    await becomes('the filter', { ...own, outcome: 'unfulfilled' }, filter);
    assert.equal(await mark.getAttribute('aria-pressed'), 'true');
    assert.deepEqual(await chips(page), ['Outcome: unfulfilled']);
    // No example comes of such a trial: the list of trials has them.
    assert.equal(await tab(page, /^Trials/).getAttribute('aria-selected'), 'true');
    await becomes('the count', '67 of 200 trials', () => counted(page));
    await mark.click();
    await becomes('the filter', own, filter);
    assert.equal(await mark.getAttribute('aria-pressed'), 'false');
    assert.deepEqual(await chips(page), []);
  });

  it('a failure type shows the failed calls of that type', async () => {
    const { page } = opened;
    await bar(page, /^Took too long \d/).click();
    await becomes('the filter', { ...own, failureType: 'timeout' }, filter);
    assert.equal(await tab(page, /^Failed Calls/).getAttribute('aria-selected'), 'true');
    await becomes('the count', '40 of 200 failed calls', () => counted(page));
    await listed(page);
    await becomes('rows', 'Took too long', () => page.locator('.row-title b').first().innerText());
  });

  it('a stretch of the curve filters by its trials, with the mouse and with the keyboard', async () => {
    const { page } = opened;
    const stretches = page.locator('.stretch');
    const count = await stretches.count();
    await stretches.nth(2).click();
    const { from, to } = await filter();
    assert.ok(from !== undefined && to !== undefined && from > 1 && to > from, `${from} to ${to}`);
    assert.match((await chips(page)).join(), /^Trials [\d,]+ to [\d,]+$/);
    await stretches.nth(2).click();
    await becomes('the filter', own, filter);

    await stretches.first().focus();
    await page.keyboard.press('End');
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'stretch');
    await page.keyboard.press('ArrowLeft');
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.equal(label, await stretches.nth(count - 2).getAttribute('aria-label'));
    assert.match(label ?? '', /^Trials \d+ to \d+: \d+% fulfilled \(\d+ of \d+\)$/);
    assert.equal(await page.locator('.curve-words').innerText(), label);
    await page.keyboard.press('Enter');
    await becomes('pressed', 'true', () => stretches.nth(count - 2).getAttribute('aria-pressed'));
    await page.keyboard.press('Space');
    await becomes('pressed', 'false', () => stretches.nth(count - 2).getAttribute('aria-pressed'));
  });

  it('a cell of the coverage filters by argument and value', async () => {
    const { page } = opened;
    await bar(page, /^unit = "weeks"/).click();
    await becomes('the filter', { ...own, argument: { pointer: '/unit', value: '"weeks"' } }, filter);
    assert.deepEqual(await chips(page), ['unit = "weeks"']);
    await bar(page, /^date 420/).click();
    await becomes('the filter', { ...own, argument: { pointer: '/date' } }, filter);
    assert.deepEqual(await chips(page), ['Gives date']);
  });

  it('add up; each chip takes its own off, and one button all of them', async () => {
    const { page } = opened;
    await bar(page, /^Fulfilled \d/).click();
    await bar(page, /^Took too long \d/).click();
    await page.getByRole('textbox', { name: 'Search in queries' }).fill('weeks March');
    await becomes(
      'the filter',
      { ...own, outcome: 'fulfilled', failureType: 'timeout', text: 'weeks March' } as TrialFilter,
      filter,
    );
    assert.deepEqual(await chips(page), [
      'Outcome: fulfilled',
      'Failure: took too long',
      'Words: weeks March',
    ]);
    await page.getByRole('button', { name: 'Remove filter: Outcome: fulfilled' }).click();
    await becomes(
      'the filter',
      { ...own, failureType: 'timeout', text: 'weeks March' } as TrialFilter,
      filter,
    );
    await page.locator('.list-filter').getByText('Clear Filter').click();
    await becomes('the filter', own, filter);
  });

  it('can be chosen above the list as well', async () => {
    const { page } = opened;
    await tab(page, /^Failed Calls/).click();
    await page.getByRole('combobox', { name: 'Failure type' }).click();
    await page.getByRole('option', { name: 'Wrong type' }).click();
    await becomes('the filter', { ...own, failureType: 'wrong_type' }, filter);
    assert.equal(await bar(page, /^Wrong type \d/).getAttribute('aria-pressed'), 'true');
    await bar(page, /^Wrong type \d/).click();
    await becomes('the filter', own, filter);
  });

  it('of another tool do not come along where they would mean something else', async () => {
    const { page } = opened;
    await bar(page, /^unit = "weeks"/).click();
    await bar(page, /^Fulfilled \d/).click();
    await host.push({ type: 'show', place: { tool: null, run: null } });
    await becomes('the filter', { outcome: 'fulfilled' }, filter);
  });
});
