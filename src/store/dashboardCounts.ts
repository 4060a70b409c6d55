import type { SQLInputValue } from 'node:sqlite';
import { UserError } from '../core/errors.ts';
import { noUsage, type Usage } from '../core/message.ts';
import type { CurvePoint, Dashboard, DashboardQuery } from '../core/rows.ts';
import type { FailureType } from '../core/trial.ts';
import { failureOf, outcomeOf } from './codes.ts';
import { CoverageCounts, type ToolCells } from './coverageCounts.ts';
import type { Tables } from './tables.ts';
import { inScope, type Scope, scopeOf, whereAll } from './trialFilter.ts';

/** What a dashboard asks for. */
export interface DashboardParams extends DashboardQuery {
  /** Of the tool that is asked for; of all tools that may have trials, when none is. */
  cells: readonly ToolCells[];
  /** Points of the learning curve at most. Default 50. */
  points?: number;
}

/** Says whether time is up, by throwing. */
export type InTime = () => void;

/** Rows that are read between two looks at the clock; a few milliseconds. */
const slice = 20_000;

/** Nothing, counted. */
export function emptyDashboard(): Dashboard {
  return {
    outcomes: { fulfilled: 0, unfulfilled: 0, abandoned: 0, error: 0 },
    failures: [],
    curve: [],
    coverage: [],
    coverageByTool: [],
    runs: 0,
    toolCalls: 0,
    usage: noUsage(),
    examples: 0,
    lessons: 0,
  };
}

/**
 * Counts over the whole log, in slices, so that it can end in time. For a worker: 100,000 trials of 50 tools take about 0.15 s,
 * those of one tool 10 ms.
 */
export function countDashboard(tables: Tables, query: DashboardParams, inTime: InTime): Dashboard {
  const { simulated: asked, ...place } = query;
  const all = scopeOf(tables, place);
  const simulated = all && simulatedOf(tables, all, asked);
  const scope: Scope | null = all && simulated ? { ...all, simulated: simulated.shown ? 1 : 0 } : all;
  // What was learned may be known of a run or tool whose trials are not.
  const learned = {
    examples: examplesOf(tables, query, scope?.simulated),
    // What was played teaches none.
    lessons: asked === true && simulated ? 0 : lessonsOf(tables, query),
    ...(simulated ? { simulated } : {}),
  };
  if (scope === null) return { ...emptyDashboard(), ...learned };
  const trials = totalsOf(tables, scope, inTime);
  inTime();
  return {
    ...emptyDashboard(),
    ...learned,
    ...outcomesOf(tables, scope, curveStretch(trials.trials, query.points ?? 50), inTime),
    failures: failuresOf(tables, scope),
    runs: runsOf(tables, scope),
    toolCalls: trials.toolCalls,
    usage: trials.usage,
    ...coverageOf(tables, scope, query, inTime),
  };
}

/**
 * How much of a scope a model played; null for nothing, which is the rule and costs next to nothing. What was played says
 * nothing about the real tools: it is counted where it is all there is, or is asked for, and never among the rest.
 */
function simulatedOf(
  tables: Tables,
  scope: Scope,
  asked: boolean | undefined,
): NonNullable<Dashboard['simulated']> | null {
  const count = (conditions: Scope): number => {
    const where = whereAll(inScope(conditions));
    return countOf(tables, `SELECT count(*) AS count FROM trials${where.sql}`, where.values);
  };
  // A literal, since a partial index is used only when its condition can be seen.
  const { sql, values } = whereAll([{ sql: 'simulated = 1', values: [] }, ...inScope(scope)]);
  const trials = countOf(tables, `SELECT count(*) AS count FROM trials${sql}`, values);
  if (trials === 0) return null;
  const of = count(scope);
  return { trials, of, shown: asked ?? trials === of };
}

function coverageOf(
  tables: Tables,
  scope: Scope,
  { tool, cells }: DashboardParams,
  inTime: InTime,
): Partial<Pick<Dashboard, 'coverage' | 'coverageByTool'>> {
  const run = scope.run ?? null;
  const counts = (key: number): CoverageCounts =>
    new CoverageCounts(tables.connection, key, run, scope.simulated ?? null);
  if (scope.tool !== undefined)
    return { coverage: counts(scope.tool).marks(cells.find((one) => one.tool === tool)?.cells ?? []) };
  const keys = new Map(
    cells.flatMap((one) => {
      const key = tables.tools.find(one.tool);
      return key !== null && hasTrials(tables, { ...scope, tool: key }) ? [[key, one]] : [];
    }),
  );
  const byTool = [...keys].map(([key, one]) => {
    inTime();
    return counts(key).coverage(one);
  });
  const share = (one: { covered: number; cells: number }): number =>
    one.cells === 0 ? 1 : one.covered / one.cells;
  return { coverageByTool: byTool.sort((a, b) => share(a) - share(b) || (a.tool < b.tool ? -1 : 1)) };
}

/** How many trials stand for one point. */
function curveStretch(trials: number, points: number): number {
  return Math.max(1, Math.ceil(trials / Math.max(1, points)));
}

function outcomesOf(
  tables: Tables,
  scope: Scope,
  stretch: number,
  inTime: InTime,
): Pick<Dashboard, 'outcomes' | 'curve'> {
  const { outcomes } = emptyDashboard();
  const curve: CurvePoint[] = [];
  let trials = 0;
  let point: CurvePoint | null = null;
  for (const { seq, code } of outcomeRows(tables, scope, inTime)) {
    const outcome = outcomeOf(code);
    outcomes[outcome] += 1;
    trials += 1;
    if (point === null || point.inStretch === stretch) {
      point = { trials, inStretch: 0, fulfilled: 0, from: seq, to: seq };
      curve.push(point);
    }
    point.trials = trials;
    point.inStretch += 1;
    point.to = seq;
    if (outcome === 'fulfilled') point.fulfilled += 1;
  }
  return { outcomes, curve };
}

/** In the order in which they were written. */
function* outcomeRows(
  tables: Tables,
  scope: Scope,
  inTime: InTime,
): Generator<{ seq: number; code: number }> {
  const where = whereAll([...inScope(scope), { sql: 'seq > ?', values: [] }]);
  const statement = tables.connection.prepare<{ seq: number; code: number }>(
    `SELECT seq, outcome AS code FROM trials${where.sql} ORDER BY seq LIMIT ${slice}`,
  );
  let after = 0;
  for (;;) {
    inTime();
    const found = statement.all(...where.values, after);
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < slice) return;
    after = last.seq;
  }
}

interface Sums extends Usage {
  trials: number;
  toolCalls: number;
  /** How many of the trials have a price. */
  priced: number;
}

function totalsOf(
  tables: Tables,
  scope: Scope,
  inTime: InTime,
): { trials: number; toolCalls: number; usage: Usage } {
  const where = whereAll([...inScope(scope), { sql: 'seq > ? AND seq <= ?', values: [] }]);
  const statement = tables.connection.prepare<Sums>(
    `SELECT count(*) AS trials, total(tool_calls) AS toolCalls, total(model_calls) AS modelCalls,
     total(input_tokens) AS inputTokens, total(cached_tokens) AS cachedTokens,
     total(output_tokens) AS outputTokens, total(usd) AS usd, count(usd) AS priced FROM trials${where.sql}`,
  );
  const sums = { trials: 0, toolCalls: 0, priced: 0, ...noUsage(), usd: 0 };
  const last = tables.trials.lastSeq();
  for (let from = 0; from < last; from += slice) {
    inTime();
    const part = statement.get(...where.values, from, from + slice);
    if (part === undefined) continue;
    sums.trials += part.trials;
    sums.priced += part.priced;
    sums.toolCalls += part.toolCalls;
    sums.modelCalls += part.modelCalls;
    sums.inputTokens += part.inputTokens;
    sums.cachedTokens += part.cachedTokens;
    sums.outputTokens += part.outputTokens;
    sums.usd += part.usd ?? 0;
  }
  const { trials, toolCalls, priced, usd, ...tokens } = sums;
  // Money that is unknown in one part is unknown in the sum.
  return { trials, toolCalls, usage: { ...tokens, usd: priced === trials ? usd : null } };
}

function failuresOf(tables: Tables, scope: Scope): { type: FailureType; calls: number }[] {
  const where = whereAll(inScope(scope));
  return tables.connection
    .prepare<{ type: number; calls: number }>(
      `SELECT type, count(*) AS calls FROM failed_calls${where.sql} GROUP BY type ORDER BY calls DESC, type`,
    )
    .all(...where.values)
    .map(({ type, calls }) => ({ type: failureOf(type), calls }));
}

/** Runs that have such trials. */
function runsOf(tables: Tables, scope: Scope): number {
  const { connection } = tables;
  if (scope.run !== undefined) return hasTrials(tables, scope) ? 1 : 0;
  const { sql, values } = whereAll([{ sql: 'run = r.key', values: [] }, ...inScope(scope)]);
  const row = connection
    .prepare<{ runs: number }>(
      `SELECT count(*) AS runs FROM runs r WHERE EXISTS (SELECT 1 FROM trials${sql})`,
    )
    .get(...values);
  return row?.runs ?? 0;
}

function hasTrials(tables: Tables, scope: Scope): boolean {
  const where = whereAll(inScope(scope));
  const row = tables.connection.prepare<{ found: number }>(
    `SELECT 1 AS found FROM trials${where.sql} LIMIT 1`,
  );
  return row.get(...where.values) !== undefined;
}

function examplesOf(tables: Tables, { tool, runId }: DashboardQuery, simulated: 0 | 1 | undefined): number {
  const where = whereAll([
    { sql: 'usable = 1', values: [] },
    ...(tool === undefined ? [] : [{ sql: 'tool = (SELECT key FROM tools WHERE id = ?)', values: [tool] }]),
    ...(runId === undefined ? [] : [{ sql: 'run = ?', values: [runId] }]),
    ...(simulated === undefined ? [] : [{ sql: 'simulated = ?', values: [simulated] }]),
  ]);
  return countOf(tables, `SELECT count(*) AS count FROM examples${where.sql}`, where.values);
}

/** Of a run: those that its trials back. Only such as still count. */
function lessonsOf(tables: Tables, { tool, runId }: DashboardQuery): number {
  const where = whereAll([
    { sql: 'deleted = 0 AND retired = 0', values: [] },
    ...(tool === undefined ? [] : [{ sql: 'tool = (SELECT key FROM tools WHERE id = ?)', values: [tool] }]),
    ...(runId === undefined
      ? []
      : [
          {
            sql: 'seq IN (SELECT lesson FROM run_lessons WHERE run = (SELECT key FROM runs WHERE id = ?))',
            values: [runId],
          },
        ]),
  ]);
  return countOf(tables, `SELECT count(*) AS count FROM lessons${where.sql}`, where.values);
}

function countOf(tables: Tables, sql: string, values: readonly SQLInputValue[]): number {
  return tables.connection.prepare<{ count: number }>(sql).get(...values)?.count ?? 0;
}

/** Throws when `monotonic()` passes `deadline` (both milliseconds). */
export function deadlineOf(deadline: number, monotonic: () => number): InTime {
  return () => {
    if (monotonic() > deadline) throw tooLong();
  };
}

export function tooLong(): UserError {
  return new UserError('The counts took too long.', 'Ask for one tool or one run instead of all of them.');
}
