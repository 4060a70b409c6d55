/**
 * Stores of the size that the bench wants, filled by SQL: a million trials through the front door would take minutes. The
 * rows look like those that recording writes.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../src/store/index.ts';
import { madeExample, madeRun, madeTrial } from './storeFixtures.ts';

/** How many tools and runs the trials are spread over. */
export const spread = { tools: 50, runs: 20 };

/** The id of tool number `index` (from 0) of a filled store. */
export function filledTool(index: number): string {
  return `imaginarium.yaml#tool_${index}`;
}

/**
 * Makes a store in `folder` with this many trials (about 40 µs each), every third with a failed call. `calls`: also what its
 * calls gave, two calls of three arguments a trial (20 µs more), which only the dashboard looks at.
 */
export async function fillTrials(
  folder: string,
  trials: number,
  { calls = false }: { calls?: boolean } = {},
): Promise<void> {
  await filled(folder, (database) => {
    const sample = madeTrial('run-0', 0, 1);
    const { messages, exchanges, ...body } = sample;
    const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${trials})`;
    database.exec(`
      ${numbers} INSERT INTO trials (seq, id, run, tool, episode, trial, query, outcome, tool_calls, failed, failures,
        example, started_at, ms, model_calls, input_tokens, output_tokens, usd)
      SELECT i, 'trial-' || i, 1 + i / ${spread.tools} % ${spread.runs}, 1 + i % ${spread.tools},
        1 + i / ${spread.tools * spread.runs * 4}, 1 + i / ${spread.tools * spread.runs} % 4,
        'Please find train number ' || i || ' near place ' || (i * 7919 % 1000) || ' before day ' || (i % 365),
        CASE WHEN i % 1000 = 0 THEN 3 ELSE i % 3 END, 2, i % 3 = 0, iif(i % 3 = 0, '3', ''), i % 5 = 0,
        1700000000000.0 + i, 40.0, 4, 900, 80, 0.001 FROM n;
      INSERT INTO failed_calls (trial, step, run, tool, type)
        SELECT seq, 0, run, tool, 3 FROM trials WHERE failed = 1;
      INSERT INTO trial_words (rowid, query, tool) SELECT seq, query, 'tool' || tool FROM trials;
      UPDATE tools SET trials = ${Math.floor(trials / spread.tools)};
    `);
    database
      .prepare('INSERT INTO trial_bodies (seq, body, conversation) SELECT seq, ?, ? FROM trials')
      .run(JSON.stringify(body), JSON.stringify({ messages, exchanges }));
    if (calls) database.exec(givenArguments);
  });
}

/** A place of ten, a day of a year that was first given as a word, and an order that is listed. */
const givenArguments = `
  WITH calls (step) AS (VALUES (0), (1)),
    given (pointer) AS (VALUES (''), ('/place'), ('/day'), ('/order'))
  INSERT INTO given_arguments (tool, pointer, value, run, trial, step, failed)
    SELECT tool, pointer,
      CASE pointer
        WHEN '/place' THEN '"place ' || (seq * 7919 % 10) || '"'
        WHEN '/day' THEN iif(step = 0, '"monday"', '' || (seq % 365))
        WHEN '/order' THEN iif(seq % 2 = 0, '"title"', '"year"')
        ELSE '' END,
      run, seq, step, failed AND step = 0
    FROM trials CROSS JOIN calls CROSS JOIN given ORDER BY 1, 2, 3, 4, 5, 6`;

/** Makes a store in `folder` with examples that have these queries; their files are taken as written. */
export async function fillExamples(folder: string, queries: readonly string[]): Promise<void> {
  await filled(folder, (database) => {
    const example = database.prepare(
      `INSERT INTO examples (seq, id, tool, run, query, body, file, file_hash, pending, edited)
       VALUES (?, ?, ?, 'run-0', ?, ?, 'examples/made.jsonl', '', 0, 0)`,
    );
    const words = database.prepare('INSERT INTO example_words (rowid, query, tool) VALUES (?, ?, ?)');
    for (const [index, query] of queries.entries()) {
      const tool = (index % spread.tools) + 1;
      const made = madeExample(madeTrial('run-0', index, spread.tools), query);
      example.run(index + 1, `example-${index}`, tool, query, JSON.stringify(made));
      words.run(index + 1, query, `tool${tool}`);
    }
  });
}

/** A store with runs and tools, opened and closed as usual, with more put in by `fill` in one transaction. */
async function filled(folder: string, fill: (database: DatabaseSync) => void): Promise<void> {
  const store = await openStore({ folder });
  for (let run = 0; run < spread.runs; run++) store.createRun(madeRun(`run-${run}`, { status: 'finished' }));
  await store.close();
  const database = new DatabaseSync(join(folder, '.imaginarium', 'trials.db'));
  try {
    database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN');
    const tool = database.prepare('INSERT INTO tools (key, id) VALUES (?, ?)');
    for (let index = 0; index < spread.tools; index++) tool.run(index + 1, filledTool(index));
    fill(database);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}
