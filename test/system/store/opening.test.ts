import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../../../src/core/errors.ts';
import { Connection } from '../../../src/store/connection.ts';
import { migrate, migrations, schemaVersion } from '../../../src/store/migrations.ts';
import { madeRecord, madeRun } from '../../bench/storeFixtures.ts';
import { OpenedStore } from '../../unit/store/openedStore.ts';
import { childOf } from './process/child.ts';

/** Changes a database behind the store's back. */
function tamper(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

/** A leaf page of a table, from 1. */
function pageOf(path: string, table: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const row = database.prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'").get(table);
  database.close();
  return Number(row?.pageno);
}

describe('Opening a store', () => {
  it('makes the folder, ignored by git but for what is to be shared', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    for (let i = 0; i < 8; i++) store.recordTrial(madeRecord('r1', i, 1));
    await store.flushExamples();
    execFileSync('git', ['init', '-q'], { cwd: opened.folder });
    const seen = execFileSync('git', ['ls-files', '--others', '--exclude-standard'], { cwd: opened.folder });
    assert.deepEqual(seen.toString().trim().split('\n'), [
      '.imaginarium/examples/imaginarium.yaml#tool_0.jsonl',
      '.imaginarium/lessons/imaginarium.yaml#tool_0.jsonl',
    ]);
  });

  it('for reading writes nothing where there is nothing', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ onlyRead: true });
    assert.deepEqual(store.trials({ limit: 1 }), { rows: [], next: null });
    assert.equal((await store.dashboard({ cells: [] })).curve.length, 0);
    assert.throws(() => store.createRun(madeRun('r1')), /opened for reading only/);
    assert.equal(await store.tryTakeLock(), false);
    assert.deepEqual(await readdir(opened.folder), []);
  });

  it('refuses a folder that is none, or a link that leads out of it', async () => {
    await using opened = await OpenedStore.inFolder();
    await using elsewhere = await OpenedStore.inFolder();
    await assert.rejects(opened.open({ folder: `${opened.folder}/none` }), UserError);
    await symlink(elsewhere.folder, opened.path());
    await assert.rejects(opened.open(), /link that leads out/);
    await rm(opened.path());
    await symlink(`${elsewhere.folder}/not there yet`, opened.path());
    await assert.rejects(opened.open(), /link that leads out/);
    await rm(opened.path());
    await mkdir(opened.path());
    await symlink(`${elsewhere.folder}/trials.db`, opened.path('trials.db'));
    await assert.rejects(opened.open(), /link that leads out/);
    assert.deepEqual(await readdir(elsewhere.folder), []);
  });

  it('refuses a newer database and leaves every byte of it', async () => {
    await using opened = await OpenedStore.inFolder();
    await (await opened.open({ run: 'r1' })).close();
    tamper(opened.path('trials.db'), 'PRAGMA user_version = 999');
    const before = await readFile(opened.path('trials.db'));
    for (const onlyRead of [false, true]) {
      await assert.rejects(opened.open({ onlyRead }), (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, /newer version of Imaginarium \(schema 999/);
        assert.match(error.advice, /Update/);
        return true;
      });
    }
    assert.ok(before.equals(await readFile(opened.path('trials.db'))));
    // The lock is free again.
    tamper(opened.path('trials.db'), `PRAGMA user_version = ${schemaVersion}`);
    assert.equal((await opened.open()).readOnly, false);
  });

  it('refuses a newer database that says so in its log only', async () => {
    await using opened = await OpenedStore.inFolder();
    await (await opened.open({ run: 'r1' })).close();
    const script = `const { DatabaseSync } = require('node:sqlite');
      const database = new DatabaseSync(process.argv[1]);
      database.exec('PRAGMA user_version = 999');
      process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, ['-e', script, opened.path('trials.db')]);
    const files = [opened.path('trials.db'), opened.path('trials.db-wal')];
    const before = await Promise.all(files.map((file) => readFile(file)));
    assert.ok((before[1]?.length ?? 0) > 0);
    await assert.rejects(opened.open(), /schema 999/);
    const after = await Promise.all(files.map((file) => readFile(file)));
    assert.ok(before.every((bytes, index) => bytes.equals(after[index] as Buffer)));
  });

  const damages: [string, (path: string) => Promise<void> | void][] = [
    ['no database at all', (path) => writeFile(path, 'This is no database. '.repeat(500))],
    ['cut off', async (path) => writeFile(path, (await readFile(path)).subarray(0, 9000))],
    [
      'overwritten in the middle',
      async (path) => {
        const bytes = await readFile(path);
        await writeFile(path, bytes.fill(0xa5, 4096 * 3, 4096 * 12));
      },
    ],
    [
      'somebody else’s',
      async (path) => {
        await rm(path);
        tamper(path, 'CREATE TABLE songs (title TEXT)');
      },
    ],
    [
      'without its tables',
      async (path) => {
        await rm(path);
        tamper(path, 'PRAGMA user_version = 1');
      },
    ],
  ];
  for (const [what, damage] of damages) {
    it(`puts a database aside that is ${what}`, async () => {
      await using opened = await OpenedStore.inFolder();
      const first = await opened.open({ run: 'r1' });
      for (let i = 0; i < 20; i++) first.recordTrial(madeRecord('r1', i, 1));
      const examples = first.examples({ limit: 99 }).rows.length;
      await first.close();
      await damage(opened.path('trials.db'));
      const damaged = await readFile(opened.path('trials.db'));

      const store = await opened.open({ run: 'r2' });
      assert.equal(store.run('r1'), null);
      assert.equal(store.notices.length, 1);
      assert.match(
        store.notices[0]?.message ?? '',
        /is damaged\. It was put aside as .*trials\.db\.damaged-/,
      );
      const aside = (await readdir(opened.path())).find((name) =>
        /^trials\.db\.damaged-\d+T\d+Z$/.test(name),
      );
      assert.ok(damaged.equals(await readFile(opened.path(aside ?? ''))));
      assert.equal(
        store.examples({ limit: 99 }).rows.length,
        examples,
        'examples come back from their files',
      );
      await store.close();
      assert.deepEqual((await opened.open()).notices, []);
    });
  }

  it('looks at all of a large database once damage was met in it', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    for (let i = 0; i < 40; i++) store.recordTrial(madeRecord('r1', i, 1));
    await store.close();
    // Too large to be checked at each start, with one page damaged that the start does not read.
    tamper(opened.path('trials.db'), 'CREATE TABLE padding (x); INSERT INTO padding VALUES (zeroblob(34e6))');
    const page = pageOf(opened.path('trials.db'), 'trial_bodies');
    const bytes = await readFile(opened.path('trials.db'));
    await writeFile(opened.path('trials.db'), bytes.fill(0xa5, 4096 * (page - 1), 4096 * page));

    const reopened = await opened.open();
    assert.deepEqual(reopened.notices, []);
    const readAll = (): void => {
      for (let i = 0; i < 40; i++) reopened.trial(madeRecord('r1', i, 1).trial.id);
    };
    assert.throws(
      readAll,
      (error: unknown) => error instanceof UserError && /is damaged/.test(error.message),
    );
    assert.ok(existsSync(opened.path('trials.db.check')));
    await reopened.close();
    assert.match((await opened.open()).notices[0]?.message ?? '', /put aside/);
    assert.equal(existsSync(opened.path('trials.db.check')), false);
  });

  const root = process.getuid?.() === 0;
  if (root) {
    it('says that a folder cannot be written, and reads what is there (as another user)', async () => {
      await using opened = await OpenedStore.inFolder();
      await chmod(opened.folder, 0o755);
      const nothing = await childOf('openAsNobody', opened.folder);
      assert.match(await nothing.line(), /^rejected .*cannot be written.* \| .*permission/);
      assert.equal(await nothing.exit(), 0);

      const store = await opened.open({ run: 'r1' });
      store.recordTrial(madeRecord('r1', 0, 1));
      const besideWriter = await childOf('openAsNobody', opened.folder);
      assert.match(await besideWriter.line(), /^opened readOnly=true trials=1 write=.*cannot be written/);
      await store.close();
      const alone = await childOf('openAsNobody', opened.folder);
      assert.match(await alone.line(), /^opened readOnly=true trials=1 write=.*cannot be written/);
      assert.equal(await alone.exit(), 0);
    });
  }
});

describe('Migrations', () => {
  it('go forward from every version, each step whole or not at all', async () => {
    await using opened = await OpenedStore.inFolder();
    const connect = (): Connection =>
      new Connection({ path: 'test.db', location: `${opened.folder}/test.db`, readOnly: false });
    const steps = ['CREATE TABLE a (x)', 'INSERT INTO a VALUES (1); ALTER TABLE a ADD COLUMN y DEFAULT 2'];
    const first = connect();
    assert.equal(migrate(first, steps.slice(0, 1)), 0);
    first.close();

    const second = connect();
    assert.throws(() =>
      migrate(second, [...steps, 'INSERT INTO a VALUES (3, 4); INSERT INTO none VALUES (1)']),
    );
    assert.equal(second.number('PRAGMA user_version'), 2);
    assert.deepEqual(
      { ...second.prepare<{ x: number; y: number }>('SELECT x, y FROM a').get() },
      { x: 1, y: 2 },
    );
    second.close();

    const third = connect();
    assert.equal(migrate(third, [...steps, 'INSERT INTO a VALUES (3, 4)']), 2);
    assert.equal(third.number('SELECT count(*) FROM a'), 2);
    third.close();
  });

  it('lead from nothing to the schema of this version', () => {
    const connection = new Connection({ path: ':memory:', location: ':memory:', readOnly: false });
    assert.equal(migrate(connection), 0);
    assert.equal(connection.number('PRAGMA user_version'), migrations.length);
    assert.equal(migrate(connection), schemaVersion);
    connection.close();
  });
});
