import type { ListedTrial, Page, TrialRow } from '../core/rows.ts';
import type { Exchange, Trial } from '../core/trial.ts';
import type { MemoryScope, TrialPageParams } from './api.ts';
import { failureCode, failureOf, outcomeCode, outcomeOf } from './codes.ts';
import type { Connection } from './connection.ts';
import { fullMessages, type SlimMessage, slimMessages } from './messages.ts';
import { type Packed, packJson, packText, unpackJson, unpackText } from './packing.ts';
import { emptyPage, type PageSource, readPage } from './page.ts';
import type { RunLog } from './runLog.ts';
import type { TextSearch } from './textSearch.ts';
import type { ToolKeys } from './toolKeys.ts';
import { usageValues } from './usageValues.ts';

interface Row {
  seq: number;
  id: string;
  runId: string;
  tool: string;
  episode: number;
  trial: number;
  query: Packed;
  outcome: number;
  toolCalls: number;
  failures: string;
  example: number;
  simulated: number;
  startedAt: number;
  ms: number;
}

interface BodyRow {
  body: Packed;
  conversation: Packed;
}

/** The part of a trial that only its reader wants, and memory does not. */
interface Conversation {
  messages: SlimMessage[];
  exchanges: Exchange[];
}

const columns = `t.seq, t.id, r.id AS runId, o.id AS tool, t.episode, t.trial, t.query, t.outcome,
  t.tool_calls AS toolCalls, t.failures, t.example, t.simulated, t.started_at AS startedAt, t.ms`;
/** `CROSS JOIN` fixes the order: the log first, in the order of the page, then its run and tool by key. */
const joins = 'CROSS JOIN runs r ON r.key = t.run CROSS JOIN tools o ON o.key = t.tool';

/** Trials that memory takes at most; older ones no longer change what a model is told. */
const memoryLimit = 500;

/** The trials of a workspace, in the order in which they ended. */
export class TrialLog {
  readonly #connection: Connection;
  readonly #runs: RunLog;
  readonly #tools: ToolKeys;
  readonly #search: TextSearch;

  constructor(connection: Connection, runs: RunLog, tools: ToolKeys, search: TextSearch) {
    this.#connection = connection;
    this.#runs = runs;
    this.#tools = tools;
    this.#search = search;
  }

  /** Adds a trial; returns its sequence number, or null when it (or another at its place) is there already. */
  add(trial: Trial, run: number, tool: number, example: boolean): number | null {
    const failures = trial.steps.flatMap((step) =>
      step.failure === null ? [] : [failureCode(step.failure.type)],
    );
    const { changes, lastInsertRowid: seq } = this.#connection
      .prepare(
        `INSERT INTO trials (id, run, tool, episode, trial, query, outcome, tool_calls, failed, failures, example,
         started_at, ms, model_calls, input_tokens, cached_tokens, output_tokens, usd, simulated)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(
        trial.id,
        run,
        tool,
        trial.episode,
        trial.trial,
        packText(trial.query),
        outcomeCode(trial.outcome),
        trial.steps.filter((step) => step.call !== null && step.observation.status !== 'not_run').length,
        failures.length > 0 ? 1 : 0,
        failures.join(','),
        example ? 1 : 0,
        trial.startedAt,
        trial.ms,
        ...usageValues(trial.usage),
        trial.simulated ? 1 : 0,
      );
    if (changes === 0) return null;
    const { messages, exchanges, ...body } = trial;
    const conversation: Conversation = { messages: slimMessages(messages, trial.steps), exchanges };
    this.#connection
      .prepare('INSERT INTO trial_bodies (seq, body, conversation) VALUES (?, ?, ?)')
      .run(seq, packJson(body), packJson(conversation));
    this.#search.addTrial(seq, tool, trial.query);
    return seq;
  }

  page(params: TrialPageParams): Page<TrialRow> {
    const tool = params.tool === undefined ? null : this.#tools.find(params.tool);
    const run = params.runId === undefined ? null : this.#runs.findKey(params.runId);
    if ((params.tool !== undefined && tool === null) || (params.runId !== undefined && run === null)) {
      return emptyPage();
    }
    const source: PageSource = {
      select: `SELECT ${columns} FROM trials t ${joins}`,
      key: 't.seq',
      conditions: [],
      values: [],
    };
    const where = (condition: string, value: number | string): void => {
      source.conditions.push(condition);
      source.values.push(value);
    };
    const text = params.text?.trim() ?? '';
    if (text !== '') {
      const match = this.#search.trialMatch(text, tool);
      if (match === null) return emptyPage();
      source.select = `SELECT ${columns} FROM ${match.from} ${joins}`;
      source.key = match.key;
      where(match.condition, match.value);
    }
    if (tool !== null) where('t.tool = ?', tool);
    if (run !== null) where('t.run = ?', run);
    if (params.episode !== undefined) where('t.episode = ?', params.episode);
    // A `+` keeps a column from being looked up: a run's trials are few, and so are those of an outcome that failed.
    if (params.outcome !== undefined)
      where(`${run === null ? '' : '+'}t.outcome = ?`, outcomeCode(params.outcome));
    // A literal, since a partial index is used only when its condition can be seen.
    if (params.failed !== undefined) {
      const column = params.outcome === undefined ? 't.failed' : '+t.failed';
      source.conditions.push(`${column} = ${params.failed ? 1 : 0}`);
    }
    return readPage<Row, TrialRow>(this.#connection, source, params, toRow);
  }

  /** Rows by sequence number, in this order; those that are missing are left out. */
  listed(seqs: readonly number[]): ListedTrial[] {
    const row = this.#connection.prepare<Row>(`SELECT ${columns} FROM trials t ${joins} WHERE t.seq = ?`);
    return seqs.flatMap((seq) => {
      const found = row.get(seq);
      return found === undefined ? [] : [{ id: seq, trial: toRow(found) }];
    });
  }

  row(id: string): TrialRow | null {
    const found = this.#connection
      .prepare<Row>(`SELECT ${columns} FROM trials t ${joins} WHERE t.id = ?`)
      .get(id);
    return found === undefined ? null : toRow(found);
  }

  find(id: string): Trial | null {
    const row = this.#connection
      .prepare<BodyRow>(
        'SELECT b.body, b.conversation FROM trials t JOIN trial_bodies b USING (seq) WHERE t.id = ?',
      )
      .get(id);
    return row === undefined ? null : toTrial(row);
  }

  /** The trial of a sequence number, without its conversation. */
  bodyOf(seq: number): Trial {
    const row = this.#connection
      .prepare<{ body: Packed }>('SELECT body FROM trial_bodies WHERE seq = ?')
      .get(seq);
    if (row === undefined) throw new Error(`No trial has the number ${seq}.`);
    return withoutConversation(row.body);
  }

  ofEpisode(runId: string, tool: string, episode: number): Trial[] {
    return this.#connection
      .prepare<BodyRow>(
        `SELECT b.body, b.conversation FROM trials t JOIN trial_bodies b USING (seq)
         WHERE t.run = (SELECT key FROM runs WHERE id = ?) AND t.tool = (SELECT key FROM tools WHERE id = ?)
         AND t.episode = ? ORDER BY t.trial`,
      )
      .all(runId, tool, episode)
      .map(toTrial);
  }

  forMemory(tool: string, scope: MemoryScope): Trial[] {
    const key = this.#tools.find(tool);
    const real = scope.real ? 'AND simulated = 0' : '';
    // Two look-ups by key: one with OR would walk through all that other runs did since `upTo`.
    return this.#connection
      .prepare<{ body: Packed }>(
        `SELECT b.body FROM (
           SELECT seq FROM (
             SELECT * FROM (SELECT seq FROM trials WHERE tool = ? AND seq <= ? ${real} ORDER BY seq DESC LIMIT ${memoryLimit})
             UNION
             SELECT seq FROM trials WHERE run = (SELECT key FROM runs WHERE id = ?) AND tool = ? ${real}
           ) ORDER BY seq DESC LIMIT ${memoryLimit}
         ) chosen CROSS JOIN trial_bodies b USING (seq) ORDER BY chosen.seq DESC`,
      )
      .all(key, scope.upTo, scope.runId, key)
      .map((row) => withoutConversation(row.body))
      .reverse();
  }

  byEpisode(runId: string, tool: string): Map<number, number> {
    const rows = this.#connection
      .prepare<{ episode: number; trials: number }>(
        `SELECT episode, count(*) AS trials FROM trials
         WHERE run = (SELECT key FROM runs WHERE id = ?) AND tool = (SELECT key FROM tools WHERE id = ?)
         GROUP BY episode ORDER BY episode`,
      )
      .all(runId, tool);
    return new Map(rows.map((row) => [row.episode, row.trials]));
  }

  lastSeq(): number {
    return (
      this.#connection.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM trials').get()?.seq ?? 0
    );
  }
}

function toRow(row: Row): TrialRow {
  const { seq: _seq, simulated, ...rest } = row;
  return {
    ...rest,
    query: unpackText(row.query),
    outcome: outcomeOf(row.outcome),
    failures: row.failures === '' ? [] : row.failures.split(',').map((code) => failureOf(Number(code))),
    example: row.example === 1,
    ...(simulated === 1 ? { simulated: true as const } : {}),
  };
}

function toTrial(row: BodyRow): Trial {
  const trial = withoutConversation(row.body);
  const { messages, exchanges } = unpackJson<Conversation>(row.conversation);
  return { ...trial, messages: fullMessages(messages, trial.steps), exchanges };
}

function withoutConversation(body: Packed): Trial {
  return { ...unpackJson<Omit<Trial, keyof Conversation>>(body), messages: [], exchanges: [] };
}
