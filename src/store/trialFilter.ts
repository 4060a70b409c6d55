import type { SQLInputValue } from 'node:sqlite';
import type { TrialFilter } from '../core/rows.ts';
import { failureCode, outcomeCode } from './codes.ts';
import type { Tables } from './tables.ts';

/** A part of a statement with the values of its `?`, in order. */
export interface Condition {
  sql: string;
  values: SQLInputValue[];
}

/** Keys of the tool and the run that are asked for; null where nothing is known of them: then nothing matches. */
export interface Scope {
  tool?: number;
  run?: number;
  /** 1: only what a model played; 0: only what was really called. */
  simulated?: 0 | 1;
}

export function scopeOf(
  tables: Tables,
  { tool, runId, simulated }: Pick<TrialFilter, 'tool' | 'runId' | 'simulated'>,
): Scope | null {
  const scope: Scope = simulated === undefined ? {} : { simulated: simulated ? 1 : 0 };
  if (tool !== undefined) {
    const key = tables.tools.find(tool);
    if (key === null) return null;
    scope.tool = key;
  }
  if (runId !== undefined) {
    const key = tables.runs.findKey(runId);
    if (key === null) return null;
    scope.run = key;
  }
  return scope;
}

/** What a scope asks of a table that has `tool`, `run` and `simulated`; `alias` with its dot. */
export function inScope(scope: Scope, alias = ''): Condition[] {
  const conditions: Condition[] = [];
  if (scope.tool !== undefined) conditions.push({ sql: `${alias}tool = ?`, values: [scope.tool] });
  if (scope.run !== undefined) conditions.push({ sql: `${alias}run = ?`, values: [scope.run] });
  if (scope.simulated !== undefined)
    conditions.push({ sql: `${alias}simulated = ?`, values: [scope.simulated] });
  return conditions;
}

/** What the filter asks of a trial `t` beside its scope and its query: what only a trial of the log can answer. */
export function ofTrial(filter: TrialFilter, scope: Scope): Condition[] {
  const conditions: Condition[] = [];
  if (filter.outcome !== undefined)
    conditions.push({ sql: 't.outcome = ?', values: [outcomeCode(filter.outcome)] });
  if (filter.from !== undefined) conditions.push({ sql: 't.seq >= ?', values: [filter.from] });
  if (filter.to !== undefined) conditions.push({ sql: 't.seq <= ?', values: [filter.to] });
  if (filter.failureType !== undefined) conditions.push(withFailure(failureCode(filter.failureType), scope));
  if (filter.argument !== undefined) conditions.push(withArgument(filter.argument, scope));
  return conditions;
}

/** What is asked of the query of a trial `t` or an example `e`; null where the text has no words to look for. */
export function withText(
  tables: Tables,
  table: 'trials' | 'examples',
  scope: Scope,
  text: string | undefined,
): Condition[] | null {
  const words = text?.trim() ?? '';
  if (words === '') return [];
  const tool = scope.tool ?? null;
  const trials = table === 'trials';
  const match = trials ? tables.search.trialMatch(words, tool) : tables.search.exampleMatch(words, tool);
  if (match === null) return null;
  const seq = trials ? 't.seq' : 'e.seq';
  const sql = `${seq} IN (SELECT ${match.key} FROM ${match.from} WHERE ${match.condition})`;
  return [{ sql, values: [match.value] }];
}

/** `WHERE …` and its values; nothing for no condition. */
export function whereAll(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return { sql: '', values: [] };
  return {
    sql: ` WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  };
}

function withFailure(type: number, scope: Scope): Condition {
  const { sql, values } = whereAll([{ sql: 'type = ?', values: [type] }, ...inScope(scope)]);
  return { sql: `t.seq IN (SELECT trial FROM failed_calls${sql})`, values };
}

/** Of any tool where none is asked for: the table begins with it, so each is looked up. */
function withArgument({ pointer, value }: NonNullable<TrialFilter['argument']>, scope: Scope): Condition {
  const conditions: Condition[] = [
    scope.tool === undefined
      ? { sql: 'tool IN (SELECT key FROM tools)', values: [] }
      : { sql: 'tool = ?', values: [scope.tool] },
    { sql: 'pointer = ?', values: [pointer] },
  ];
  if (value !== undefined) conditions.push({ sql: 'value = ?', values: [value] });
  if (scope.run !== undefined) conditions.push({ sql: 'run = ?', values: [scope.run] });
  if (scope.simulated !== undefined) conditions.push({ sql: 'simulated = ?', values: [scope.simulated] });
  const { sql, values } = whereAll(conditions);
  return { sql: `t.seq IN (SELECT trial FROM given_arguments${sql})`, values };
}
