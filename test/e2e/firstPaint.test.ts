import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeCatalogue, writeSpecs } from '../helpers/largeCatalogue.ts';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';
import { pictureOnFailure } from './failurePicture.ts';
import { firstPaints } from './firstPaint.ts';
import { Window } from './window.ts';

/**
 * From activation to the first level of the tree, milliseconds. The mark is 400, and `npm run bench` judges it; this is what
 * no machine is slow enough for, unless the tree waits for the engine, which reads the files for many seconds.
 */
const limit = 2500;
const mark = 400;
const tries = 3;

describe('A workspace with 16,000 tools', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imaginarium-large-'));
  let vscode: VSCode;
  let window: Window;

  pictureOnFailure(() => vscode);

  before(async () => {
    writeSpecs(folder, largeCatalogue(40, 400));
    vscode = await launchVSCode({
      workspace: folder,
      inPlace: true,
      trusted: true,
      extension: { vsix: await packedExtension() },
    });
    window = new Window(vscode.page);
  });

  after(async () => {
    await vscode.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is listed by its sources, and a source opens at once', async () => {
    await window.openViews();
    await window.row('Tools', /^part01\.tools\.yaml, 400 tools/).waitFor({ timeout: 60_000 });
    await window.expand('Tools', /^part01/);
    await window
      .row('Tools', /^part01_/)
      .nth(5)
      .waitFor();
  });

  it('is there before the engine is, in a window that has been there before', async function () {
    this.timeout(240_000);
    const times: number[] = [];
    do times.push(...(await firstPaints(vscode, window, 1)).painted);
    while (Math.min(...times) > mark && times.length < tries);
    console.log(`      first paint: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms (to reach: ${mark})`);
    assert.ok(Math.min(...times) <= limit, times.join(', '));
    await window.row('Tools', /^part01/).waitFor();
  });
});
