import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../src/core/errors.ts';
import { openStore } from '../../../src/store/index.ts';
import { madeExample, madeRecord, madeRun, madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from '../../unit/store/openedStore.ts';

const says = (error: unknown): boolean =>
  error instanceof UserError && /disk is full/.test(error.message) && /Free some space/.test(error.advice);

/** A file system of this size, or null where we may not mount one. Undone by `unmount`. */
function smallDisk(size: string): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'imaginarium-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0;
  if (!mounted) rmSync(folder, { recursive: true });
  return mounted ? folder : null;
}

function unmount(folder: string): void {
  spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
}

describe('A full disk', () => {
  it('(a database that may not grow) is told, leaves nothing half-written, and later writes work', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1', maxPages: 90 });
    let index = 0;
    const fill = (): void => {
      for (; index < 1000; index++) store.recordTrial(madeRecord('r1', index, 1));
    };
    assert.throws(fill, says);
    assert.ok(index > 5);
    assert.equal(store.lastSeq(), index);
    assert.equal(store.runCounts('r1').trials, index);
    assert.equal(store.trial(madeTrial('r1', index, 1).id), null);
    assert.equal(store.trials({ limit: 1000 }).rows.length, index);
    // What fits still goes in, and what did not goes in when there is room.
    store.updateRun('r1', { status: 'stopped' });
    await store.close();
    const roomy = await opened.open();
    assert.deepEqual(roomy.notices, []);
    assert.equal(roomy.recordTrial(madeRecord('r1', index, 1)), true);
    assert.equal(roomy.lastSeq(), index + 1);
  });

  const disk = smallDisk('2m');
  if (disk !== null) {
    after(() => unmount(disk));

    it('(a small file system) keeps what was recorded, and the files are written when there is room', async () => {
      const store = await openStore({ folder: disk });
      store.createRun(madeRun('r1'));
      const learn = (index: number): void => {
        const trial = madeTrial('r1', index, 1);
        store.recordTrial({ trial, lessons: [], fixes: [], example: madeExample(trial) });
      };
      learn(0);
      await store.flushExamples();
      learn(1);
      learn(2);
      const ballast = join(disk, 'ballast');
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
      await assert.rejects(store.flushExamples(), says);
      assert.deepEqual(await readdir(join(disk, '.imaginarium', 'examples')), [
        'imaginarium.yaml#tool_0.jsonl',
      ]);
      let index = 3;
      assert.throws(() => {
        for (; index < 1000; index++) learn(index);
      }, says);
      assert.equal(store.lastSeq(), index);

      await rm(ballast);
      learn(index);
      await store.flushExamples();
      assert.equal(store.examples({ limit: 1000 }).rows.length, index + 1);
      await store.close();
      const again = await openStore({ folder: disk, onlyRead: true });
      assert.equal(again.lastSeq(), index + 1);
      await again.close();
    });

    it('(from the start) is told when the store cannot even be made', async () => {
      await rm(join(disk, '.imaginarium'), { recursive: true });
      const ballast = join(disk, 'ballast');
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
      await assert.rejects(openStore({ folder: disk }), says);
      await rm(ballast);
      await mkdir(join(disk, '.imaginarium'), { recursive: true });
      await (await openStore({ folder: disk })).close();
    });
  }
});
