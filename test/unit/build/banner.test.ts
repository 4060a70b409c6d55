import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { importMetaUrl, quietSqliteWarning } from '../../../src/build/banner.ts';

/** What gets through `emitWarning` on a Node of this version. */
function warnings(node: string, ...given: unknown[]): unknown[] {
  const passed: unknown[] = [];
  const process = { versions: { node }, emitWarning: (warning: unknown) => passed.push(warning) };
  runInNewContext(quietSqliteWarning, { process });
  for (const warning of given) process.emitWarning(warning);
  return passed;
}

const sqlite = 'SQLite is an experimental feature and might change at any time';

describe('The head of a bundle', () => {
  it('drops the one warning about SQLite on Node 22, as text and as an error, and no other', () => {
    const other = 'WASI is an experimental feature';
    assert.deepEqual(warnings('22.17.0', sqlite, new Error(sqlite), other), [other]);
  });

  it('drops nothing on other versions', () => {
    assert.deepEqual(warnings('24.21.0', sqlite), [sqlite]);
  });

  it('gives CommonJS the address of its file', () => {
    const file = join(tmpdir(), 'a b.cjs');
    const context = { require: createRequire(import.meta.url), __filename: file, found: '' };
    runInNewContext(`${importMetaUrl}found = import_meta_url;`, context);
    assert.equal(context.found, pathToFileURL(file).href);
  });
});
