import assert from 'node:assert/strict';
import { FakeData } from './fakeData.ts';
import { FakeHost } from './fakeHost.ts';
import { type OpenedPage, PageBench } from './openPage.ts';
import { assertClean, becomes, counted, listed, row, tab } from './reading.ts';

/** Trials of which every fifth, or each, was played by a model. */
function played(every: number): FakeHost {
  const data = new FakeData(300);
  data.played = (n) => n % every === 0;
  return new FakeHost(data);
}

describe('What a model played, on the page', () => {
  const bench = new PageBench();
  let opened: OpenedPage;

  before(() => bench.start());
  after(() => bench.stop());
  afterEach(async () => {
    assertClean(opened);
    await opened.close();
  });

  it('is left out of figures and lists, with a word about it, and shown when asked for', async () => {
    const host = played(5);
    opened = await bench.open(host);
    const { page } = opened;
    await listed(page);
    const banner = page.locator('.banner');
    assert.match(
      await banner.innerText(),
      /60 simulated trials are not counted here: a model played the tool\./,
    );
    await tab(page, /^Trials/).click();
    await becomes('real trials', '240 trials', () => counted(page));
    assert.equal(host.params('list').at(-1)?.filter.simulated, false);
    assert.match(await page.locator('.numbers').innerText(), /Trials\s+240/);
    assert.equal(await page.locator('.rows').getByText('Simulated').count(), 0);

    await page.getByRole('button', { name: 'Show Simulated' }).click();
    await becomes('simulated trials', '60 trials', () => counted(page));
    assert.match(await page.locator('.numbers').innerText(), /Trials\s+60/);
    assert.match(await banner.innerText(), /^Simulated: a model played the tool\. It is no evidence/);
    assert.match(await row(page, 0).innerText(), /Simulated/);
    await page.getByRole('button', { name: 'Show Real' }).click();
    await becomes('real trials again', '240 trials', () => counted(page));
  });

  it('is what is shown where there is nothing else, and says so', async () => {
    const host = played(1);
    opened = await bench.open(host);
    const { page } = opened;
    await listed(page);
    assert.match(await page.locator('.banner').innerText(), /^Simulated: a model played the tool/);
    assert.equal(await page.getByRole('button', { name: 'Show Real' }).count(), 0);
    for (const name of [/^Examples/, /^Failed Calls/, /^Trials/]) {
      await tab(page, name).click();
      await becomes(`a mark: ${name}`, true, async () => /Simulated/.test(await row(page, 0).innerText()));
    }
    assert.equal(host.params('list').at(-1)?.filter.simulated, undefined);
  });
});
