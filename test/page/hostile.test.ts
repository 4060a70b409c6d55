import assert from 'node:assert/strict';
import { hostileTexts } from '../helpers/hostileTexts.ts';
import { FakeData } from './fakeData.ts';
import { FakeHost } from './fakeHost.ts';
import { type OpenedPage, PageBench } from './openPage.ts';
import { assertClean, eventually, listed, row, rows, tab } from './reading.ts';

/** What must never reach the eye as it is: controls but line breaks and tabs, and what turns or hides. */
const hidden = /[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\u2028\u2029]/u;

describe('What tools and models said, in the dashboard', () => {
  const bench = new PageBench();
  let opened: OpenedPage;

  before(() => bench.start());
  after(() => bench.stop());

  it('is text and nothing else: 40 hostile strings, in every place', async function () {
    this.timeout(120_000);
    const text = (n: number): string => hostileTexts[(n - 1) % hostileTexts.length] ?? '';
    const data = new FakeData(hostileTexts.length * 3, {
      query: text,
      value: text,
      observation: text,
      message: text,
    });
    // Each list has each of them.
    data.outcome = () => 'fulfilled';
    data.failure = () => 'rejected';
    const host = new FakeHost(data);
    const hostile = text(32);
    host.start = {
      ...host.start,
      place: { tool: { id: `x#${hostile}`, name: hostile }, run: { id: 'r', label: text(2) } },
    };
    data.tool = () => `x#${hostile}`;
    const dashboard = data.dashboard.bind(data);
    data.dashboard = (filter) => ({
      ...dashboard(filter),
      coverage: hostileTexts.flatMap((one, i) => [
        { pointer: `/${one.slice(0, 2000)}`, value: null, calls: i, failed: 1, listed: true },
        {
          pointer: `/${one.slice(0, 2000)}`,
          value: JSON.stringify(one.slice(0, 5000)),
          calls: i,
          failed: 1,
          listed: false,
        },
      ]),
    });
    opened = await bench.open(host);
    const { page } = opened;
    await listed(page);
    const elements = await page.evaluate(
      () => document.querySelectorAll('script, iframe, img, svg, form, base, style, meta, math, a').length,
    );
    for (const name of [/^Examples/, /^Failed Calls/, /^Trials/]) {
      await tab(page, name).click();
      await eventually('rows', async () => (await rows(page).count()) > 3);
      for (let index = 0; index < hostileTexts.length; index += 1) {
        await row(page, index)
          .focus({ timeout: 5000 })
          .catch(() => {});
        if (await row(page, index).getAttribute('aria-expanded')) {
          await page.keyboard.press('ArrowRight');
          await row(page, index).locator('.row-more').waitFor();
          const shown = await row(page, index).evaluate((element) => element.textContent ?? '');
          assert.doesNotMatch(shown, hidden, `row ${index} of ${name}`);
          await page.keyboard.press('ArrowLeft');
        }
        await page.keyboard.press('ArrowDown');
      }
    }
    await page.locator('.cell').nth(10).click();
    const all = await page.evaluate(() => document.body.innerText);
    assert.doesNotMatch(all, hidden);
    assert.match(all, /<script>window\.__hacked = 1<\/script>/);
    assert.equal(await page.evaluate(() => '__hacked' in window), false);
    assert.equal(await page.evaluate(() => 'polluted' in {}), false);
    assert.equal(
      await page.evaluate(
        () => document.querySelectorAll('script, iframe, img, svg, form, base, style, meta, math, a').length,
      ),
      elements,
      'no element came of a text',
    );
    assert.equal(page.url().startsWith('http://127.0.0.1'), true);
    assert.deepEqual(host.wrong, []);
    assertClean(opened);
    await opened.close();
  });

  it('can be a megabyte: the row opens at once, and all of it on demand', async () => {
    const long = hostileTexts.at(-1) ?? '';
    assert.ok(long.length > 1024 * 1024);
    const data = new FakeData(12, { observation: () => long, query: () => long, message: () => long });
    data.outcome = () => 'fulfilled';
    const host = new FakeHost(data);
    opened = await bench.open(host);
    const { page } = opened;
    await listed(page);
    const began = performance.now();
    await row(page, 0).locator('.row-head').click();
    await row(page, 0).locator('.row-more').waitFor();
    assert.ok(performance.now() - began < 2000);
    await row(page, 0)
      .getByRole('button', { name: /Show All/ })
      .first()
      .click();
    await page
      .getByText(/more characters are in the trial/)
      .first()
      .waitFor();
    assertClean(opened);
    await opened.close();
  });
});
