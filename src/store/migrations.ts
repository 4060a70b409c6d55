import { fillExampleColumns, fillFromBodies, markSimulated } from './backfill.ts';
import type { Connection } from './connection.ts';

/** One step: what is run, or a function that is called inside the step's transaction. */
export type Migration = string | ((connection: Connection) => void);

/**
 * The schema, as the steps that lead to it. Forward only: a step that was ever released is not changed again, a new one is
 * added. `user_version` is the number of steps a database has seen.
 *
 * Lists are paged by row id (SQLite appends it to every index), newest first, never by time: clocks jump.
 */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE tools (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    trials INTEGER NOT NULL DEFAULT 0, examples INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, lessons INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE runs (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, status TEXT NOT NULL, body ANY NOT NULL
  ) STRICT;
  CREATE INDEX runs_status ON runs (status);

  -- Apart from runs: it changes twice a model call and must stay small.
  CREATE TABLE run_totals (
    run INTEGER PRIMARY KEY REFERENCES runs (key),
    model_calls INTEGER NOT NULL, input_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL, usd REAL,
    trials INTEGER NOT NULL DEFAULT 0, examples INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, lessons INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE trials (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL REFERENCES runs (key), tool INTEGER NOT NULL REFERENCES tools (key),
    episode INTEGER NOT NULL, trial INTEGER NOT NULL,
    query ANY NOT NULL, outcome INTEGER NOT NULL, tool_calls INTEGER NOT NULL,
    failed INTEGER NOT NULL, failures TEXT NOT NULL, example INTEGER NOT NULL,
    started_at REAL NOT NULL, ms REAL NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX trials_place ON trials (run, tool, episode, trial);
  CREATE INDEX trials_run ON trials (run);
  CREATE INDEX trials_run_tool ON trials (run, tool);
  CREATE INDEX trials_tool ON trials (tool);
  CREATE INDEX trials_outcome ON trials (outcome);
  CREATE INDEX trials_tool_outcome ON trials (tool, outcome);
  CREATE INDEX trials_failed ON trials (failed) WHERE failed = 1;
  CREATE INDEX trials_tool_failed ON trials (tool) WHERE failed = 1;
  CREATE INDEX trials_run_failed ON trials (run) WHERE failed = 1;

  -- Apart from trials, so that lists read dense pages.
  CREATE TABLE trial_bodies (
    seq INTEGER PRIMARY KEY REFERENCES trials (seq), body ANY NOT NULL, conversation ANY NOT NULL
  ) STRICT;

  CREATE TABLE failed_calls (
    seq INTEGER PRIMARY KEY, trial INTEGER NOT NULL REFERENCES trials (seq), step INTEGER NOT NULL,
    run INTEGER NOT NULL, tool INTEGER NOT NULL, type INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX failed_calls_run ON failed_calls (run);
  CREATE INDEX failed_calls_tool ON failed_calls (tool);
  CREATE INDEX failed_calls_type ON failed_calls (type);
  CREATE INDEX failed_calls_tool_type ON failed_calls (tool, type);

  CREATE TABLE fixes (
    seq INTEGER PRIMARY KEY, trial INTEGER NOT NULL REFERENCES trials (seq), run INTEGER NOT NULL,
    tool INTEGER NOT NULL, body ANY NOT NULL
  ) STRICT;
  CREATE INDEX fixes_tool ON fixes (tool);

  CREATE TABLE intents (
    run INTEGER NOT NULL REFERENCES runs (key), tool INTEGER NOT NULL REFERENCES tools (key),
    episode INTEGER NOT NULL, trial INTEGER NOT NULL, step INTEGER NOT NULL, call ANY NOT NULL,
    PRIMARY KEY (run, tool, episode, trial, step)
  ) STRICT, WITHOUT ROWID;

  -- pending: 0 when the file has it, else how often it changed since. file_hash: of the line as the file had it last.
  CREATE TABLE examples (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, tool INTEGER NOT NULL REFERENCES tools (key),
    run TEXT NOT NULL, query ANY NOT NULL, body ANY NOT NULL,
    file TEXT NOT NULL, file_hash TEXT, pending INTEGER NOT NULL, edited INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX examples_tool ON examples (tool);
  CREATE INDEX examples_run ON examples (run);
  CREATE INDEX examples_file ON examples (file);
  CREATE INDEX examples_pending ON examples (file) WHERE pending > 0;

  -- deleted: a person took it out of the file, so later trials do not bring it back.
  CREATE TABLE lessons (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, tool INTEGER NOT NULL REFERENCES tools (key),
    body ANY NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
    file TEXT NOT NULL, file_hash TEXT, pending INTEGER NOT NULL, edited INTEGER NOT NULL,
    UNIQUE (tool, id)
  ) STRICT;
  CREATE INDEX lessons_file ON lessons (file);
  CREATE INDEX lessons_pending ON lessons (file) WHERE pending > 0;

  CREATE TABLE run_lessons (
    run INTEGER NOT NULL REFERENCES runs (key), lesson INTEGER NOT NULL, PRIMARY KEY (run, lesson)
  ) STRICT, WITHOUT ROWID;

  -- Files of examples and lessons as we last saw them: an equal stamp saves the reading.
  CREATE TABLE files (path TEXT PRIMARY KEY, stamp TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE search_state (stale INTEGER NOT NULL) STRICT;
  INSERT INTO search_state VALUES (1);
  `,
  (connection) => {
    connection.exec(`
      ALTER TABLE trials ADD COLUMN model_calls INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE trials ADD COLUMN input_tokens INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE trials ADD COLUMN cached_tokens INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE trials ADD COLUMN output_tokens INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE trials ADD COLUMN usd REAL;

      -- What calls of the explored tool gave, one row a call and argument, and one with pointer '' for the call itself.
      -- value: JSON text; '' for one that is long or no scalar.
      CREATE TABLE given_arguments (
        tool INTEGER NOT NULL, pointer TEXT NOT NULL, value TEXT NOT NULL, run INTEGER NOT NULL,
        trial INTEGER NOT NULL, step INTEGER NOT NULL, failed INTEGER NOT NULL,
        PRIMARY KEY (tool, pointer, value, run, trial, step)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX failed_calls_trial ON failed_calls (trial);
      CREATE INDEX fixes_trial ON fixes (trial);

      -- trial: null where the log has none of that id.
      ALTER TABLE examples ADD COLUMN trial INTEGER;
      ALTER TABLE examples ADD COLUMN language_model INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX examples_trial ON examples (trial);

      CREATE TABLE lesson_trials (
        trial INTEGER NOT NULL, lesson INTEGER NOT NULL, PRIMARY KEY (trial, lesson)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX lesson_trials_lesson ON lesson_trials (lesson);
    `);
    fillFromBodies(connection);
  },
  (connection) => {
    // 1: a model played the tool. Nothing of the kind was kept before, save examples that came with the files of others.
    connection.exec(`
      ALTER TABLE trials ADD COLUMN simulated INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE failed_calls ADD COLUMN simulated INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE given_arguments ADD COLUMN simulated INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE examples ADD COLUMN simulated INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX trials_simulated ON trials (tool) WHERE simulated = 1;

      -- How much of the counts beside it is simulated.
      ALTER TABLE tools ADD COLUMN simulated_trials INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE tools ADD COLUMN simulated_examples INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE tools ADD COLUMN simulated_failures INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE run_totals ADD COLUMN simulated INTEGER NOT NULL DEFAULT 0;
    `);
    markSimulated(connection);
  },
  (connection) => {
    connection.exec(`
      -- usable: neither waiting for a person's word nor turned down by one; only such examples are counted.
      ALTER TABLE examples ADD COLUMN verification TEXT NOT NULL DEFAULT 'unverified';
      ALTER TABLE examples ADD COLUMN usable INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE examples ADD COLUMN kind TEXT NOT NULL DEFAULT 'call';
      ALTER TABLE examples ADD COLUMN family TEXT NOT NULL DEFAULT '';
      ALTER TABLE examples ADD COLUMN spec_hash TEXT NOT NULL DEFAULT '';
      CREATE INDEX examples_family ON examples (family);
      -- 1: a judge agrees with it; 0: a judge does not; null: none was asked.
      ALTER TABLE examples ADD COLUMN judged INTEGER;
      CREATE INDEX examples_verification ON examples (verification, tool, judged);

      -- How many examples of a tool were learned from each of its specs; what a person turned down is not counted. Triggers,
      -- since a rename of a tool changes rows as well as what learns and what reads files.
      CREATE TABLE example_specs (
        tool INTEGER NOT NULL, spec_hash TEXT NOT NULL, examples INTEGER NOT NULL, PRIMARY KEY (tool, spec_hash)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER example_spec_added AFTER INSERT ON examples
        WHEN new.spec_hash <> '' AND new.verification <> 'rejected' BEGIN
          INSERT INTO example_specs VALUES (new.tool, new.spec_hash, 1)
            ON CONFLICT DO UPDATE SET examples = examples + 1;
        END;
      CREATE TRIGGER example_spec_removed AFTER DELETE ON examples
        WHEN old.spec_hash <> '' AND old.verification <> 'rejected' BEGIN
          UPDATE example_specs SET examples = examples - 1 WHERE tool = old.tool AND spec_hash = old.spec_hash;
          DELETE FROM example_specs WHERE tool = old.tool AND spec_hash = old.spec_hash AND examples = 0;
        END;
      CREATE TRIGGER example_spec_changed AFTER UPDATE OF tool, spec_hash, verification ON examples BEGIN
          UPDATE example_specs SET examples = examples - 1
            WHERE tool = old.tool AND spec_hash = old.spec_hash AND old.verification <> 'rejected';
          DELETE FROM example_specs WHERE tool = old.tool AND spec_hash = old.spec_hash AND examples = 0;
          INSERT INTO example_specs SELECT new.tool, new.spec_hash, 1
            WHERE new.spec_hash <> '' AND new.verification <> 'rejected'
            ON CONFLICT DO UPDATE SET examples = examples + 1;
        END;

      ALTER TABLE lessons ADD COLUMN retired INTEGER NOT NULL DEFAULT 0;

      CREATE TABLE jobs (
        key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, status TEXT NOT NULL,
        done INTEGER NOT NULL, "of" INTEGER NOT NULL, body ANY NOT NULL,
        model_calls INTEGER NOT NULL, input_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL,
        output_tokens INTEGER NOT NULL, usd REAL
      ) STRICT;
      CREATE INDEX jobs_kind ON jobs (kind);
      CREATE INDEX jobs_status ON jobs (status);

      -- What a job has found so far, by the place in it: a resumed job goes on after these.
      CREATE TABLE job_steps (
        job INTEGER NOT NULL REFERENCES jobs (key), place TEXT NOT NULL, body ANY NOT NULL, PRIMARY KEY (job, place)
      ) STRICT, WITHOUT ROWID;

      -- What an example is worth: share of the held-out queries that go right with it less the share without, -1 to 1.
      CREATE TABLE lifts (
        example TEXT PRIMARY KEY, lift REAL NOT NULL, low REAL NOT NULL, high REAL NOT NULL, queries INTEGER NOT NULL,
        job TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- Vectors of texts, by the hash of the text: 32-bit floats, little endian.
      CREATE TABLE embeddings (
        model TEXT NOT NULL, hash TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, hash)
      ) STRICT, WITHOUT ROWID;
    `);
    fillExampleColumns(connection);
  },
];

/** The version that this program writes. */
export const schemaVersion = migrations.length;

/** Brings a database to the newest schema, each step in a transaction of its own. Returns the version it had. */
export function migrate(connection: Connection, steps: readonly Migration[] = migrations): number {
  const before = connection.number('PRAGMA user_version');
  for (let version = before; version < steps.length; version++) {
    connection.transaction(() => {
      const step = steps[version] as Migration;
      if (typeof step === 'string') connection.exec(step);
      else step(connection);
      connection.exec(`PRAGMA user_version = ${version + 1}`);
    });
  }
  return before;
}
