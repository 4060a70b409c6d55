import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreFailure } from '../../../../src/engine/errors.ts';
import { FileFlusher } from '../../../../src/engine/runs/fileFlusher.ts';

describe('FileFlusher', () => {
  it('makes one writing of many trials, and writes the rest when asked', async () => {
    let writings = 0;
    const files = new FileFlusher(
      async () => {
        writings += 1;
      },
      () => assert.fail(),
      20,
    );
    for (let i = 0; i < 20; i++) files.soon();
    assert.equal(writings, 0);
    await sleep(40);
    assert.equal(writings, 1);
    files.soon();
    await files.now();
    assert.equal(writings, 2);
    await sleep(40);
    assert.equal(writings, 2);
  });

  it('never writes twice at a time', async () => {
    let running = 0;
    const files = new FileFlusher(
      async () => {
        running += 1;
        assert.equal(running, 1);
        await sleep(5);
        running -= 1;
      },
      () => assert.fail(),
    );
    await Promise.all([files.now(), files.now(), files.now()]);
  });

  it('tells of a writing that failed, whoever waits, and tries again', async () => {
    let full = true;
    const failures: StoreFailure[] = [];
    const files = new FileFlusher(
      async () => {
        if (full) throw new Error('disk full');
      },
      (failure) => failures.push(failure),
      20,
    );
    files.soon();
    await sleep(40);
    assert.equal(failures.length, 1);
    await assert.rejects(files.now(), StoreFailure);
    full = false;
    await files.now();
  });
});
