import assert from 'node:assert/strict';
import { FakeData } from './fakeData.ts';
import { FakeHost } from './fakeHost.ts';
import { type OpenedPage, PageBench } from './openPage.ts';
import { assertClean, bar, becomes, eventually, listed, rows, tab } from './reading.ts';

const place = { tool: { id: 'imaginarium.yaml#add_days', name: 'add_days' }, run: null };

describe('The page of the dashboard', () => {
  const bench = new PageBench();
  let opened: OpenedPage;

  before(() => bench.start());
  after(() => bench.stop());
  afterEach(async () => {
    assertClean(opened);
    await opened.close();
  });

  it('shows the numbers, the marks and the lists of all tools', async () => {
    const host = new FakeHost();
    opened = await bench.open(host);
    const { page } = opened;
    await listed(page);
    const numbers = await page.locator('.numbers, .spent').allInnerTexts();
    assert.deepEqual(numbers.join('\n').split('\n'), [
      ...['Trials', '1,204', 'Examples', '699', 'Failed calls', '401', 'Lessons', '41'],
      ...['Tool calls', '2,408', 'Model calls', '6,020', 'Tokens', '2.5M in, 192.6K out 2,721,040'],
      ...['Cost', 'price not known'],
    ]);
    for (const name of [
      /^Fulfilled 699 58% of 1,204 trials$/,
      /^Took too long 80 20% of 401 failed calls$/,
    ]) {
      assert.equal(await bar(page, name).count(), 1, String(name));
    }
    assert.ok((await page.locator('.stretch').count()) >= 10);
    assert.equal(await page.locator('canvas').count(), 1);
    assert.equal(await page.getByRole('button', { name: /parameters and values given/ }).count(), 8);
    assert.deepEqual(host.wrong, []);
  });

  it('shows the coverage of one tool, and all tools again when they are chosen', async () => {
    const host = new FakeHost();
    host.start = { ...host.start, place };
    opened = await bench.open(host);
    const { page } = opened;
    await listed(page);
    assert.equal(await page.getByRole('combobox', { name: 'Tool' }).inputValue(), 'add_days');
    const cells = await page
      .locator('.cell')
      .evaluateAll((all) => all.map((cell) => cell.getAttribute('title')));
    assert.deepEqual(cells.slice(0, 4), [
      'date: 420 calls, 61 failed',
      'days: 418 calls, 2 failed',
      'unit: 233 calls, 20 failed',
      'unit = "days": 120 calls, 4 failed',
    ]);
    assert.ok(cells.includes('unit = "fortnights": 2 calls, 2 failed (not in the spec)'));
    assert.ok(cells.includes('range.from: never given'));

    const chooser = page.getByRole('combobox', { name: 'Tool' });
    await chooser.click();
    await chooser.fill('tra');
    await page.getByRole('option', { name: /list_trains/ }).waitFor();
    await chooser.press('Enter');
    await becomes(
      'the chosen tool',
      { tool: 'imaginarium.yaml#list_trains' },
      async () => host.params('dashboard').at(-1) ?? {},
    );
    await chooser.click();
    await page.getByRole('option', { name: 'All tools' }).click();
    await becomes('all tools', {}, async () => host.params('dashboard').at(-1) ?? { tool: '' });
  });

  it('shows a tool of the least covered when it is clicked, and more of them when asked', async () => {
    const host = new FakeHost();
    opened = await bench.open(host);
    const { page } = opened;
    await page.getByRole('button', { name: 'Show More (6)' }).click();
    assert.equal(await page.getByRole('button', { name: /parameters and values given/ }).count(), 14);
    await page.getByRole('button', { name: /^find_city \d/ }).click();
    await page.locator('.cell').first().waitFor();
    assert.equal(await page.getByRole('combobox', { name: 'Tool' }).inputValue(), 'find_city');
  });

  it('shows the run that it was opened for as a chip that can be taken off', async () => {
    const host = new FakeHost();
    host.start = {
      ...host.start,
      running: true,
      place: { tool: null, run: { id: 'run-1', label: 'Run of Nov 20' } },
    };
    opened = await bench.open(host);
    const { page } = opened;
    await listed(page);
    assert.deepEqual(host.params('dashboard'), [{ runId: 'run-1' }]);
    assert.match(await page.locator('.top').innerText(), /Exploring/);
    await page.getByRole('button', { name: 'Remove filter: Run of Nov 20' }).click();
    await becomes('no run', {}, async () => host.params('dashboard').at(-1) ?? { runId: '' });
    assert.equal(await page.locator('.top .chip').count(), 0);
  });

  it('offers to explore where nothing has been explored, for all tools and for one', async () => {
    const host = new FakeHost(new FakeData(0));
    opened = await bench.open(host);
    const { page } = opened;
    await page.getByText('Nothing has been explored yet').waitFor();
    await page.getByText('Explore Tool…').click();
    await becomes('explore', [{ tool: null }], async () => host.params('explore'));
    await host.push({ type: 'show', place });
    await page.getByText('add_days has not been explored yet').waitFor();
    await page.getByText('Explore This Tool').click();
    await becomes(
      'explore',
      { tool: place.tool.id },
      async () => host.params('explore').at(-1) ?? { tool: null },
    );
    await host.push({ type: 'changed', trusted: true, running: true });
    await page.getByText('The first trials are under way').waitFor();
  });

  it('says that Restricted Mode is on, with and without trials', async () => {
    const host = new FakeHost(new FakeData(0));
    host.start = { ...host.start, trusted: false };
    opened = await bench.open(host);
    const { page } = opened;
    await page.getByText('Restricted Mode', { exact: true }).waitFor();
    assert.equal(await page.getByText('Explore Tool…').count(), 0);
    await page.getByText('Manage Workspace Trust').click();
    await becomes('trust', 1, async () => host.params('manageTrust').length);
    host.data = new FakeData(40);
    await host.push({ type: 'changed', trusted: false, running: false });
    await listed(page);
    assert.match(await page.locator('.banner').innerText(), /Restricted Mode: no tool is run/);
    await host.push({ type: 'changed', trusted: true, running: false });
    await eventually('the banner goes', async () => (await page.locator('.banner').count()) === 0);
  });

  it('says that no row matches, and clears the filter', async () => {
    const host = new FakeHost();
    opened = await bench.open(host);
    const { page } = opened;
    await listed(page);
    await page.getByRole('textbox', { name: 'Search in queries' }).fill('zebra');
    await page.getByText('No example matches the filter').waitFor();
    await page.locator('.notice').getByText('Clear Filter').click();
    await listed(page);
    assert.equal(await page.getByRole('textbox', { name: 'Search in queries' }).inputValue(), '');
  });

  it('says why lists are empty where nothing narrows them', async () => {
    const host = new FakeHost(new FakeData(1));
    opened = await bench.open(host);
    const { page } = opened;
    await tab(page, /Failed Calls/).click();
    await page.getByText('No call has failed').waitFor();
    assert.equal(await rows(page).count(), 0);
  });

  it('does not flash while an answer is quick, and shows that it waits when it is slow', async () => {
    const host = new FakeHost();
    host.held.add('dashboard');
    opened = await bench.open(host);
    const { page } = opened;
    const began = performance.now();
    await page.locator('.top').waitFor();
    assert.equal(await page.locator('.progress').count(), 0);
    await page.locator('.progress').waitFor();
    assert.ok(performance.now() - began > 200);
    host.release();
    await listed(page);
    await eventually('the bar goes', async () => (await page.locator('.progress').count()) === 0);
  });

  it('says what was refused and what to do; what was shown stays', async () => {
    const host = new FakeHost();
    const away = { message: 'The engine of Imaginarium is not running.', advice: 'Start it.', away: true };
    host.refusal = away;
    opened = await bench.open(host);
    const { page } = opened;
    await page.getByText(away.message).waitFor();
    await page.getByText('Start Engine').click();
    await listed(page);
    assert.equal(host.params('startEngine').length, 1);

    host.refusal = { message: 'The database is busy.', advice: 'Try again later.', away: false };
    await host.push({ type: 'changed', trusted: true, running: false });
    await page
      .locator('.banner')
      .getByText(/The database is busy\. Try again later\./)
      .waitFor();
    assert.ok((await rows(page).count()) > 5);
    host.refusal = null;
    await page.locator('vscode-button', { hasText: 'Try Again' }).click();
    await eventually('the banner goes', async () => (await page.locator('.banner').count()) === 0);
  });

  it('speaks the language of the editor', async () => {
    const host = new FakeHost();
    host.start = { ...host.start, texts: { Outcomes: 'Ausgänge', 'Newest first': 'Neueste zuerst' } };
    opened = await bench.open(host);
    const { page } = opened;
    await page.getByRole('heading', { name: 'Ausgänge' }).waitFor();
  });
});
