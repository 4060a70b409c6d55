import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Connection } from '../../../src/store/connection.ts';
import type { Store } from '../../../src/store/index.ts';
import { migrate, migrations, schemaVersion } from '../../../src/store/migrations.ts';
import { madeRecord } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

/** What version 1 kept, without what later versions added: the names of its columns. */
function tablesOf(connection: Connection): Map<string, string[]> {
  const rows = connection
    .prepare<{ name: string; column: string }>(
      `SELECT t.name, c.name AS column FROM pragma_table_list t, pragma_table_info(t.name) c
       WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%'`,
    )
    .all();
  const byTable = Map.groupBy(rows, ({ name }) => name);
  return new Map([...byTable].map(([name, columns]) => [name, columns.map(({ column }) => column)]));
}

/** Turns the database of a closed store into one of version 1 with the same rows. */
function makeOld(path: string): void {
  const now = `${path}.now`;
  renameSync(path, now);
  const connection = new Connection({ path, location: path, readOnly: false });
  migrate(connection, migrations.slice(0, 1));
  connection.exec(`PRAGMA foreign_keys = OFF; ATTACH '${now}' AS now; DELETE FROM search_state`);
  for (const [table, columns] of tablesOf(connection)) {
    const list = columns.map((column) => `"${column}"`).join(', ');
    connection.exec(`INSERT INTO main.${table} (${list}) SELECT ${list} FROM now.${table}`);
  }
  // The index of words is made anew, as where another runtime has written.
  connection.exec('UPDATE search_state SET stale = 1; DETACH now');
  connection.close();
  rmSync(now);
}

/** All rows of the tables that version 2 added something to. */
function rowsOf(path: string): Record<string, unknown[]> {
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = [
    'trials',
    'given_arguments',
    'examples',
    'example_specs',
    'lesson_trials',
    'failed_calls',
    'fixes',
  ];
  const rows = tables.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all()]);
  database.close();
  return Object.fromEntries(rows) as Record<string, unknown[]>;
}

function fill(store: Store): void {
  for (let index = 0; index < 700; index++) {
    const record = madeRecord('r1', index, 3);
    // Every hundredth is long: its body is compressed.
    if (index % 100 === 0) record.trial.answer = 'long '.repeat(3000);
    if (index % 7 === 0) record.trial.usage.usd = null;
    store.recordTrial(record);
  }
}

describe('A database of version 1', function () {
  this.timeout(20_000);

  it('has everything after the migration that one of today would have', async () => {
    await using opened = await OpenedStore.inFolder();
    const first = await opened.open({ run: 'r1' });
    fill(first);
    await first.flushExamples();
    const asked = { tool: 'imaginarium.yaml#tool_0', cells: [] };
    const counted = await first.dashboard(asked);
    const failures = first.failures({ limit: 1000 });
    await first.close();
    const path = opened.path('trials.db');
    const before = rowsOf(path);
    assert.ok((before.given_arguments?.length ?? 0) > 4000 && (before.lesson_trials?.length ?? 0) > 200);
    makeOld(path);

    // One who only reads cannot bring it up to date, and says who can.
    await assert.rejects(opened.open({ onlyRead: true }), /older version/);
    const store = await opened.open();
    assert.deepEqual(await store.dashboard(asked), counted);
    assert.deepEqual(store.failures({ limit: 1000 }), failures);
    assert.equal(store.trials({ limit: 5, text: 'train' }).rows.length, 5);
    store.recordTrial(madeRecord('r1', 700, 3));
    await store.close();
    const connection = new Connection({ path, location: path, readOnly: true });
    assert.equal(connection.number('PRAGMA user_version'), schemaVersion);
    connection.close();
    const after = rowsOf(path);
    for (const [table, rows] of Object.entries(before)) {
      const kept = table === 'given_arguments' ? withoutTrial(after[table], 701) : after[table];
      assert.deepEqual(kept?.slice(0, rows.length), rows, table);
    }
  });

  it('stays as it was when the migration cannot be done', () => {
    const connection = new Connection({ path: ':memory:', location: ':memory:', readOnly: false });
    migrate(connection, migrations.slice(0, 1));
    const fails = (): void => {
      connection.exec('ALTER TABLE trials ADD COLUMN half INTEGER');
      throw new Error('Half done.');
    };
    assert.throws(() => migrate(connection, [...migrations.slice(0, 1), fails]), /Half done/);
    assert.equal(connection.number('PRAGMA user_version'), 1);
    assert.equal(tablesOf(connection).get('trials')?.includes('half'), false);
    migrate(connection);
    assert.equal(connection.number('PRAGMA user_version'), schemaVersion);
    connection.close();
  });
});

function withoutTrial(rows: unknown[] | undefined, trial: number): unknown[] | undefined {
  return rows?.filter((row) => (row as { trial: number }).trial !== trial);
}
