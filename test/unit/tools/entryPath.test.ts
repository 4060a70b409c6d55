import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { entryPath } from '../../../src/tools/entryPath.ts';

const folder = resolve('/somewhere with spaces');

describe('Where a program of its own process lies', () => {
  it('is its source file, seen from source', () => {
    const from = pathToFileURL(join(folder, 'src', 'tools', 'runners', 'command.ts')).href;
    assert.equal(
      entryPath('./warden.process.ts', from),
      join(folder, 'src', 'tools', 'runners', 'warden.process.ts'),
    );
    assert.equal(
      entryPath('../../store/queries.worker.ts', from),
      join(folder, 'src', 'store', 'queries.worker.ts'),
    );
  });

  it('is the bundle beside the asking one, seen from a bundle', () => {
    const from = pathToFileURL(join(folder, 'dist', 'engine.cjs')).href;
    assert.equal(
      entryPath('../../store/queries.worker.ts', from),
      join(folder, 'dist', 'queries.worker.cjs'),
    );
  });
});
