import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleWorkspace } from '../../../src/cli/sampleWorkspace.ts';

describe('the sample workspace', () => {
  let base: string;
  let home: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'imaginarium-package-'));
    home = join(base, 'home');
    mkdirSync(join(base, 'examples', '.imaginarium'), { recursive: true });
    writeFileSync(join(base, 'examples', 'imaginarium.yaml'), 'tools: []\n');
    mkdirSync(home);
  });
  afterEach(() => {
    chmodSync(join(base, 'examples'), 0o755);
    rmSync(base, { recursive: true });
  });

  it('is that of the package where it can be written', () => {
    assert.deepEqual(sampleWorkspace(base, home), { folder: join(base, 'examples'), copied: false });
  });

  it('is a copy in the cache where not, without what was kept there, and the same the next time', () => {
    const inPackage = (folder: string) => !folder.startsWith(join(base, 'examples'));
    const first = sampleWorkspace(base, home, inPackage);
    assert.deepEqual(first, { folder: join(home, '.cache', 'imaginarium', 'examples'), copied: true });
    assert.ok(existsSync(join(first.folder, 'imaginarium.yaml')));
    assert.ok(!existsSync(join(first.folder, '.imaginarium')));
    assert.deepEqual(sampleWorkspace(base, home, inPackage), first);
  });

  it('is a copy that can be written, also of a folder that cannot', () => {
    chmodSync(join(base, 'examples'), 0o555);
    const { folder } = sampleWorkspace(base, home, (path) => path !== join(base, 'examples'));
    assert.equal(statSync(folder).mode & 0o200, 0o200);
  });

  it('is a copy among the temporary files for somebody without a home', () => {
    const { folder } = sampleWorkspace(base, home, () => false);
    assert.ok(folder.startsWith(join(tmpdir(), 'imaginarium-examples-')));
    rmSync(folder, { recursive: true });
  });
});
