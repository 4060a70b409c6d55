/** A picture of every window as it is when a test fails: without it nobody knows what was on the screen. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/build/install.mjs';
import type { VSCode } from '../helpers/vscode/launch.ts';

/** To be called in a suite: after a failed test it writes `.cache/e2e/<test>-<window>.png`. */
export function pictureOnFailure(vscode: () => VSCode | undefined): void {
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    const folder = join(root, '.cache', 'e2e');
    mkdirSync(folder, { recursive: true });
    const name = test.title.replace(/\W+/g, '-').slice(0, 60);
    const contexts = vscode()?.page.context().browser()?.contexts() ?? [];
    for (const [index, page] of contexts.flatMap((context) => context.pages()).entries()) {
      const path = join(folder, `${name}-${index}.png`);
      await page.screenshot({ path });
      console.error(`      picture: ${path}`);
    }
  });
}
