import type { SQLInputValue } from 'node:sqlite';
import { UserError } from '../core/errors.ts';
import type { Page } from '../core/rows.ts';
import type { StorePageParams } from './api.ts';
import type { Connection } from './connection.ts';

/** Paging by key: the cursor is the row id of the last row shown, so a page in the middle costs what the first one costs. */

/** Rows a page may have at most. */
const largestPage = 1000;

/** What a page is made from. Each condition uses `?` for its own values, in order. */
export interface PageSource {
  /** `SELECT … FROM …`, with the row id of the paged table as `seq`. */
  select: string;
  /** The row id, as the conditions call it: `t.seq`. */
  key: string;
  conditions: string[];
  values: SQLInputValue[];
}

/** One page, and the cursor of the next. Throws `UserError` for a cursor that is none or a limit that makes no sense. */
export function readPage<Row extends { seq: number }, T>(
  connection: Connection,
  source: PageSource,
  params: Pick<StorePageParams, 'after' | 'limit' | 'order'>,
  toRow: (row: Row) => T,
): Page<T> {
  const oldest = params.order === 'oldest';
  const conditions = [...source.conditions];
  const values = [...source.values];
  if (params.after !== undefined) {
    conditions.push(`${source.key} ${oldest ? '>' : '<'} ?`);
    values.push(fromCursor(params.after));
  }
  const limit = pageLimit(params.limit);
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const sql = `${source.select}${where} ORDER BY ${source.key} ${oldest ? 'ASC' : 'DESC'} LIMIT ?`;
  // One more than asked tells whether there is a next page.
  const found = connection.prepare<Row>(sql).all(...values, limit + 1);
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return { rows: shown.map(toRow), next: last === undefined ? null : last.seq.toString(36) };
}

/** A page without rows, for a tool or run that nothing is known of. */
export function emptyPage<T>(): Page<T> {
  return { rows: [], next: null };
}

function fromCursor(cursor: string): number {
  const key = /^[0-9a-z]{1,10}$/.test(cursor) ? Number.parseInt(cursor, 36) : Number.NaN;
  if (Number.isSafeInteger(key)) return key;
  throw new UserError(
    `"${cursor.slice(0, 40)}" is no place in this list.`,
    'Ask for the first page again, without "after".',
  );
}

function pageLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1) return Math.min(limit, largestPage);
  throw new UserError(`A page cannot have ${limit} rows.`, 'Ask for a whole number from 1 to 1,000.');
}
