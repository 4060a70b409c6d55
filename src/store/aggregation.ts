import { UserError } from '../core/errors.ts';
import type { FailureType } from '../core/trial.ts';
import type { AggregateQuery, Aggregates } from './api.ts';
import { failureOf, outcomeOf } from './codes.ts';
import type { Connection } from './connection.ts';
import type { Packed } from './packing.ts';

/** Rows that are read between two looks at the clock; a few milliseconds. */
const slice = 20_000;

/** Nothing, counted. */
export function noAggregates(): Aggregates {
  return { outcomes: { fulfilled: 0, unfulfilled: 0, abandoned: 0, error: 0 }, failures: {}, curve: [] };
}

/**
 * Counts over the whole log, in slices, so that it can end in time. For a worker: a million trials take about a second.
 * Throws `UserError` when `monotonic()` passes `deadline` (both milliseconds).
 */
export function aggregate(
  connection: Connection,
  query: AggregateQuery,
  deadline: number,
  monotonic: () => number,
): Aggregates {
  const inTime = (): void => {
    if (monotonic() > deadline) throw tooLong();
  };
  const filter = filterOf(query);
  const result = noAggregates();
  const total = Math.max(1, countTrials(connection, filter));
  const perPoint = Math.max(1, Math.ceil(total / Math.max(1, query.points ?? 50)));
  let trials = 0;
  let point = { trials: 0, inStretch: 0, fulfilled: 0 };
  for (const row of rows<{ seq: number; outcome: number }>(connection, 'trials', 'outcome', filter, inTime)) {
    const outcome = outcomeOf(row.outcome);
    result.outcomes[outcome] += 1;
    trials += 1;
    point.trials = trials;
    point.inStretch += 1;
    if (outcome === 'fulfilled') point.fulfilled += 1;
    if (point.inStretch === perPoint) {
      result.curve.push(point);
      point = { trials, inStretch: 0, fulfilled: 0 };
    }
  }
  if (point.inStretch > 0) result.curve.push(point);
  for (const row of rows<{ seq: number; type: number }>(connection, 'failed_calls', 'type', filter, inTime)) {
    const type: FailureType = failureOf(row.type);
    result.failures[type] = (result.failures[type] ?? 0) + 1;
  }
  return result;
}

interface Filter {
  conditions: string[];
  values: string[];
}

function filterOf(query: AggregateQuery): Filter {
  const filter: Filter = { conditions: [], values: [] };
  if (query.tool !== undefined) {
    filter.conditions.push('tool = (SELECT key FROM tools WHERE id = ?)');
    filter.values.push(query.tool);
  }
  if (query.runId !== undefined) {
    filter.conditions.push('run = (SELECT key FROM runs WHERE id = ?)');
    filter.values.push(query.runId);
  }
  return filter;
}

function countTrials(connection: Connection, { conditions, values }: Filter): number {
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const row = connection
    .prepare<{ trials: number }>(`SELECT count(*) AS trials FROM trials${where}`)
    .get(...values);
  return row?.trials ?? 0;
}

/** Rows in the order in which they were written. */
function* rows<Row extends { seq: number } & Record<string, Packed | number>>(
  connection: Connection,
  table: 'trials' | 'failed_calls',
  column: 'outcome' | 'type',
  { conditions, values }: Filter,
  inTime: () => void,
): Generator<Row> {
  const where = [...conditions, 'seq > ?'].join(' AND ');
  const statement = connection.prepare<Row>(
    `SELECT seq, ${column} FROM ${table} WHERE ${where} ORDER BY seq LIMIT ${slice}`,
  );
  let after = 0;
  for (;;) {
    inTime();
    const found = statement.all(...values, after);
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < slice) return;
    after = last.seq;
  }
}

export function tooLong(): UserError {
  return new UserError('The counts took too long.', 'Ask for one tool or one run instead of all of them.');
}
