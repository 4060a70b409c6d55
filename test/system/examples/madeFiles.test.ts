import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { examplesFolder } from './sampleWorkspace.ts';

const execute = promisify(execFile);

describe('The made files of the sample workspace are what their scripts make', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'made-'));
  after(() => rmSync(temporary, { recursive: true }));

  it('tools/trainsValidate.mjs, which imports nothing', async () => {
    const made = await make('tools/makeTrainsValidate.mjs', 'trainsValidate.mjs');
    const shipped = readFileSync(join(examplesFolder, 'tools/trainsValidate.mjs'), 'utf8');
    assert.equal(readFileSync(made, 'utf8'), shipped);
    assert.doesNotMatch(shipped, /\brequire\(|\bimport\b/);
  });

  it('data/library.db', async () => {
    const made = await make('data/makeLibrary.mjs', 'library.db');
    assert.deepEqual(contents(made), contents(join(examplesFolder, 'data/library.db')));
  });

  it('data/history.git', async () => {
    const made = await make('data/makeHistory.mjs', 'history.git');
    assert.equal(await references(made), await references(join(examplesFolder, 'data/history.git')));
  });

  async function make(script: string, name: string): Promise<string> {
    const output = join(temporary, name);
    await execute(process.execPath, [join(examplesFolder, script), output]);
    return output;
  }
});

/** Tables and rows; the bytes of a database also tell the SQLite version that wrote it. */
function contents(file: string): unknown {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
  const rows = tables.map((table) => database.prepare(`SELECT * FROM ${table.name}`).all());
  database.close();
  assert.equal(tables.length, 3);
  return { tables, rows };
}

/** Branches and tags with their commit ids, which cover the whole history. */
async function references(repository: string): Promise<string> {
  const { stdout } = await execute('git', [`--git-dir=${repository}`, 'for-each-ref']);
  assert.match(stdout, /refs\/heads\/main/);
  return stdout;
}
