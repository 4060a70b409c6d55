import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFile } from '../../../src/store/replaceFile.ts';

describe('A file that is replaced', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'replaced-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has the new text, or the old one where it may not be replaced, and nothing beside it', async () => {
    const path = join(folder, 'a.jsonl');
    assert.equal(await replaceFile(path, 'one'), true);
    assert.equal(readFileSync(path, 'utf8'), 'one');
    assert.equal(await replaceFile(path, 'two', async () => false), false);
    assert.equal(readFileSync(path, 'utf8'), 'one');
    assert.deepEqual(readdirSync(folder), ['a.jsonl']);
  });

  it('is not written through a link that lies where its text is put first', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    try {
      const victim = join(outside, 'victim');
      writeFileSync(victim, 'mine');
      const path = join(folder, 'a.jsonl');
      symlinkSync(victim, `${path}.${process.pid}.tmp`);
      assert.equal(await replaceFile(path, 'one'), true);
      assert.equal(readFileSync(victim, 'utf8'), 'mine');
      assert.equal(readFileSync(path, 'utf8'), 'one');
      assert.deepEqual(readdirSync(folder), ['a.jsonl']);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });
});
