/** What later versions of the schema keep in columns, for the rows of older databases. Its statements never change. */
import { isDemonstration, isSimulated } from '../core/exploit/demonstration.ts';
import type { Example, Lesson, Trial } from '../core/trial.ts';
import type { Connection } from './connection.ts';
import { callsOf } from './givenArguments.ts';
import { type Packed, unpackJson } from './packing.ts';
import { usageValues } from './usageValues.ts';

/** Trials that are read at a time. */
const slice = 500;

/** For version 2. Part of the migration's transaction. About 50 µs a trial. */
export function fillFromBodies(connection: Connection): void {
  fillTrials(connection);
  fillExamples(connection);
  fillLessons(connection);
}

/** For version 3. */
export function markSimulated(connection: Connection): void {
  const mark = connection.prepare('UPDATE examples SET simulated = 1 WHERE seq = ?');
  const count = connection.prepare(
    'UPDATE tools SET simulated_examples = simulated_examples + 1 WHERE key = ?',
  );
  const rows = connection
    .prepare<{ seq: number; tool: number; body: Packed }>('SELECT seq, tool, body FROM examples')
    .all();
  for (const { seq, tool, body } of rows) {
    if (!isSimulated(unpackJson<Pick<Example, 'provenance'>>(body))) continue;
    mark.run(seq);
    count.run(tool);
  }
}

/** For version 4. What older versions kept was not checked, so all of it is usable. */
export function fillExampleColumns(connection: Connection): void {
  const fill = connection.prepare('UPDATE examples SET family = id, spec_hash = ? WHERE seq = ?');
  const rows = connection.prepare<{ seq: number; body: Packed }>('SELECT seq, body FROM examples').all();
  for (const { seq, body } of rows) {
    const { specHash }: Partial<Example['provenance']> =
      unpackJson<Pick<Example, 'provenance'>>(body).provenance;
    fill.run(specHash ?? '', seq);
  }
}

function fillTrials(connection: Connection): void {
  const read = connection.prepare<{ seq: number; run: number; tool: number; body: Packed }>(
    `SELECT t.seq, t.run, t.tool, b.body FROM trials t JOIN trial_bodies b USING (seq)
     WHERE t.seq > ? ORDER BY t.seq LIMIT ${slice}`,
  );
  const usage = connection.prepare(
    `UPDATE trials SET model_calls = ?, input_tokens = ?, cached_tokens = ?, output_tokens = ?, usd = ?
     WHERE seq = ?`,
  );
  const give = connection.prepare(
    'INSERT INTO given_arguments (tool, pointer, value, run, trial, step, failed) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  let after = 0;
  for (;;) {
    const rows = read.all(after);
    for (const { seq, run, tool, body } of rows) {
      const trial = unpackJson<Pick<Trial, 'tool' | 'steps' | 'usage'>>(body);
      usage.run(...usageValues(trial.usage), seq);
      for (const { step, failed, given } of callsOf(trial)) {
        for (const { pointer, value } of given)
          give.run(tool, pointer, value, run, seq, step, failed ? 1 : 0);
      }
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

function fillExamples(connection: Connection): void {
  const update = connection.prepare(
    'UPDATE examples SET trial = (SELECT seq FROM trials WHERE id = ?), language_model = ? WHERE seq = ?',
  );
  const rows = connection.prepare<{ seq: number; body: Packed }>('SELECT seq, body FROM examples').all();
  for (const { seq, body } of rows) {
    const { provenance } = unpackJson<Pick<Example, 'provenance'>>(body);
    update.run(provenance.trialId, isDemonstration({ provenance }) ? 0 : 1, seq);
  }
}

function fillLessons(connection: Connection): void {
  const insert = connection.prepare(
    'INSERT OR IGNORE INTO lesson_trials (trial, lesson) SELECT seq, ? FROM trials WHERE id = ?',
  );
  const rows = connection.prepare<{ seq: number; body: Packed }>('SELECT seq, body FROM lessons').all();
  for (const { seq, body } of rows) {
    for (const trial of unpackJson<Pick<Lesson, 'trials'>>(body).trials) insert.run(seq, trial);
  }
}
