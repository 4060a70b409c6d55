import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { FakeData } from './fakeData.ts';
import { FakeHost } from './fakeHost.ts';
import { type OpenedPage, PageBench, type PageOptions } from './openPage.ts';
import { assertClean, bar, eventually, listed, row, tab } from './reading.ts';
import type { ThemeName } from './themes.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const place = { tool: { id: 'imaginarium.yaml#add_days', name: 'add_days' }, run: null };

/** What axe finds, one line each. */
async function faults({ page }: OpenedPage): Promise<string[]> {
  const found = await page.evaluate(async () => {
    const scope = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    const { violations } = await scope.axe.run({ resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
    );
  });
  return found;
}

describe('Who reads the dashboard otherwise', () => {
  const bench = new PageBench();
  let opened: OpenedPage;
  let host: FakeHost;

  before(() => bench.start());
  after(() => bench.stop());
  afterEach(async () => {
    assertClean(opened);
    await opened.close();
  });

  async function open(options: PageOptions, prepare: (host: FakeHost) => void = () => {}): Promise<void> {
    host = new FakeHost(new FakeData(400));
    prepare(host);
    opened = await bench.open(host, options);
    // The policy takes no script of others; the debugger's own way is not bound by it.
    await opened.page.evaluate(readFileSync(axe, 'utf8'));
  }

  for (const theme of ['light', 'dark', 'high contrast'] satisfies ThemeName[]) {
    it(`axe finds nothing in ${theme}: all tools, an opened row, a filter`, async () => {
      await open({ theme });
      const { page } = opened;
      await listed(page);
      assert.deepEqual(await faults(opened), []);
      await bar(page, /^Took too long \d/).click();
      await eventually('failed calls', async () => (await page.locator('.row-title b').count()) > 3);
      await row(page, 1).locator('.row-head').click();
      await page.locator('.row-more').waitFor();
      assert.deepEqual(await faults(opened), []);
      await tab(page, /^Trials/).click();
      await eventually('trials', async () => (await page.locator('.row-title b').count()) === 0);
      await page.getByRole('combobox', { name: 'Tool' }).click();
      await page.getByRole('option', { name: /find_city/ }).waitFor();
      assert.deepEqual(await faults(opened), []);
    });

    it(`axe finds nothing in ${theme}: one tool, nothing explored, a refusal`, async () => {
      await open({ theme }, (one) => {
        one.start = { ...one.start, place };
      });
      const { page } = opened;
      await listed(page);
      await bar(page, /^unit = "weeks"/).click();
      assert.deepEqual(await faults(opened), []);
      host.refusal = { message: 'The engine is away.', advice: 'Start it.', away: true };
      await host.push({ type: 'changed', trusted: false, running: true });
      await page.locator('.banner').waitFor();
      assert.deepEqual(await faults(opened), []);
      host.refusal = null;
      host.data = new FakeData(0);
      await host.push({ type: 'changed', trusted: true, running: false });
      await page.locator('.notice').waitFor();
      assert.deepEqual(await faults(opened), []);
    });
  }

  for (const [name, options] of Object.entries({
    '400 pixels wide': { size: { width: 400, height: 700 } },
    'zoomed to 200 %': { size: { width: 1100, height: 760 }, zoom: 2 },
    'zoomed to 400 %': { size: { width: 1280, height: 960 }, zoom: 4 },
  } satisfies Record<string, PageOptions>)) {
    it(`has everything in reach, and nothing to the side, ${name}`, async () => {
      await open(options, (one) => {
        one.start = { ...one.start, place };
      });
      const { page } = opened;
      await listed(page);
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('main, .overview, .lists, .block, .top')]
          .filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map((one) => `${one.className} ${one.scrollWidth} ${one.clientWidth}`),
      );
      assert.deepEqual(wide, []);
      await row(page, 0).scrollIntoViewIfNeeded();
      await row(page, 0).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      assert.ok(await row(page, 2).isVisible());
      assert.deepEqual(await faults(opened), []);
    });
  }

  it('is walked through with the Tab key alone, in the order in which it is read', async () => {
    await open({});
    const { page } = opened;
    await listed(page);
    const stops: string[] = [];
    for (let i = 0; i < 40; i += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const at = document.activeElement;
        return (
          at?.getAttribute('aria-label') ??
          at?.getAttribute('label') ??
          (at?.textContent ?? '').trim().slice(0, 40)
        );
      });
      stops.push(stop);
      if (stops.filter((one) => one === 'Insert').length > 0) break;
    }
    const order = [
      'Tool',
      'Fulfilled',
      'Trials 1',
      'Refused',
      'add_days',
      'Show More',
      'Examples',
      'Search',
      'Outcome',
      'Order',
      '',
      'Open Trial',
      'Insert',
    ];
    let at = -1;
    for (const word of order) {
      const next = stops.findIndex((stop, index) => index > at && stop.startsWith(word));
      assert.ok(next > at, `${word} after ${stops[at]}: ${stops.join(' | ')}`);
      at = next;
    }
  });

  it('takes the colours of another theme at once, and turns nothing round where motion is not wanted', async () => {
    await open({ reducedMotion: true }, (one) => {
      one.start = { ...one.start, running: true };
    });
    const { page } = opened;
    await listed(page);
    const spinning = await page
      .locator('.running .codicon')
      .evaluate((icon) => getComputedStyle(icon).animationName);
    assert.equal(spinning, 'none');
    const pixels = (): Promise<string> =>
      page.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const before = await pixels();
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-charts-green', '#123456');
      document.body.className = 'vscode-light';
    });
    await eventually('drawn anew', async () => (await pixels()) !== before);
  });
});
