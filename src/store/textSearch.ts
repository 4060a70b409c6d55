import type { Connection } from './connection.ts';
import { type Packed, searchable, unpackText } from './packing.ts';
import { queryTerms } from './queryTerms.ts';

/** A condition on trials that match a text; `from` names the trials `t`. */
export interface TrialMatch {
  from: string;
  /** The key to page by: the index yields its rows in this order, so a page reads no more than it shows. */
  key: string;
  condition: string;
  value: string;
}

/** Words of a user's search that are looked at. */
const searchWords = 20;

/**
 * Search over queries: FTS5 with stemming where this SQLite has it, `LIKE` otherwise. The indexes hold no text of their own
 * (`content=''`): the queries stand in their tables. They keep positions, without which bm25 ranks nothing in such an index.
 */
export class TextSearch {
  readonly kind: 'fts5' | 'like';
  readonly #connection: Connection;

  constructor(connection: Connection, wanted: boolean) {
    this.#connection = connection;
    this.kind = wanted && hasFullText(connection) ? 'fts5' : 'like';
    if (connection.readOnly) {
      // A reader can only use the indexes as they are.
      if (this.kind === 'fts5' && this.#stale()) this.kind = 'like';
    } else if (this.kind === 'fts5') this.#bringUpToDate();
  }

  /** Part of the transaction that writes the trial. */
  addTrial(seq: number, query: string): void {
    if (this.kind === 'like') {
      this.#miss();
      return;
    }
    this.#connection
      .prepare('INSERT INTO trial_words (rowid, query) VALUES (?, ?)')
      .run(seq, searchable(query));
  }

  /** Part of the transaction that writes the example. */
  addExample(seq: number, tool: number, query: string): void {
    if (this.kind === 'like') {
      this.#miss();
      return;
    }
    this.#connection
      .prepare('INSERT INTO example_words (rowid, query, tool) VALUES (?, ?, ?)')
      .run(seq, searchable(query), toolWord(tool));
  }

  /** Part of the transaction that deletes or changes the example. */
  removeExample(seq: number): void {
    if (this.kind === 'like') {
      this.#miss();
      return;
    }
    this.#connection.prepare('DELETE FROM example_words WHERE rowid = ?').run(seq);
  }

  /** Trials whose query has all words of the text (the last one may be unfinished); null when it has no words. */
  trialMatch(text: string): TrialMatch | null {
    if (this.kind === 'like') {
      return {
        from: 'trials t',
        key: 't.seq',
        condition: "t.query LIKE ? ESCAPE '\\'",
        value: likePattern(text),
      };
    }
    const value = allWords(text);
    if (value === null) return null;
    return {
      from: 'trial_words w CROSS JOIN trials t ON t.seq = w.rowid',
      key: 'w.rowid',
      condition: 'w.trial_words MATCH ?',
      value,
    };
  }

  /** The same for examples `e`. */
  exampleMatch(text: string): TrialMatch | null {
    if (this.kind === 'like') {
      return {
        from: 'examples e',
        key: 'e.seq',
        condition: "e.query LIKE ? ESCAPE '\\'",
        value: likePattern(text),
      };
    }
    const value = allWords(text);
    if (value === null) return null;
    return {
      from: 'example_words w CROSS JOIN examples e ON e.seq = w.rowid',
      key: 'w.rowid',
      condition: 'w.example_words MATCH ?',
      value: `query : (${value})`,
    };
  }

  /** Row ids of the `k` examples nearest to a query, best first. */
  nearest(query: string, k: number, tool: number | null): number[] {
    const terms = queryTerms(searchable(query));
    if (terms.length === 0 || k < 1) return [];
    return this.kind === 'fts5' ? this.#nearestByRank(terms, k, tool) : this.#nearestByHits(terms, k, tool);
  }

  #nearestByRank(terms: string[], k: number, tool: number | null): number[] {
    const any = `query : (${terms.map((term) => `"${term}"`).join(' OR ')})`;
    const match = tool === null ? any : `(${any}) AND tool : ${toolWord(tool)}`;
    return this.#connection
      .prepare<{ seq: number }>(
        `SELECT rowid AS seq FROM example_words WHERE example_words MATCH ? AND rank MATCH 'bm25(1.0, 0.0)'
         ORDER BY rank LIMIT ?`,
      )
      .all(match, k)
      .map((row) => row.seq);
  }

  #nearestByHits(terms: string[], k: number, tool: number | null): number[] {
    const hits = terms.map(() => "(query LIKE ? ESCAPE '\\')").join(' + ');
    const patterns = terms.map(likePattern);
    return this.#connection
      .prepare<{ seq: number }>(
        `SELECT seq FROM (SELECT seq, ${hits} AS hits, length(query) AS size FROM examples
         WHERE tool = ifnull(?, tool)) WHERE hits > 0 ORDER BY hits DESC, size LIMIT ?`,
      )
      .all(...patterns, tool, k)
      .map((row) => row.seq);
  }

  /** A runtime without FTS5 has added what the index does not know: the next one with it builds the index anew. */
  #miss(): void {
    this.#connection.prepare('UPDATE search_state SET stale = 1 WHERE stale = 0').run();
  }

  #stale(): boolean {
    return this.#connection.number('SELECT stale FROM search_state') !== 0;
  }

  #bringUpToDate(): void {
    if (!this.#stale()) return;
    this.#connection.transaction(() => {
      this.#connection.exec(`
        DROP TABLE IF EXISTS trial_words;
        DROP TABLE IF EXISTS example_words;
        CREATE VIRTUAL TABLE trial_words USING fts5 (
          query, content = '', tokenize = 'porter unicode61');
        CREATE VIRTUAL TABLE example_words USING fts5 (
          query, tool, content = '', contentless_delete = 1, tokenize = 'porter unicode61');
      `);
      for (const row of this.#rows<{ seq: number; query: Packed }>('SELECT seq, query FROM trials')) {
        this.addTrial(row.seq, unpackText(row.query));
      }
      for (const row of this.#rows<{ seq: number; tool: number; query: Packed }>(
        'SELECT seq, tool, query FROM examples',
      )) {
        this.addExample(row.seq, row.tool, unpackText(row.query));
      }
      this.#connection.exec('UPDATE search_state SET stale = 0');
    });
  }

  /** In slices: the log may be far larger than memory. */
  *#rows<Row extends { seq: number }>(select: string): Generator<Row> {
    const slice = this.#connection.prepare<Row>(`${select} WHERE seq > ? ORDER BY seq LIMIT 1000`);
    let after = 0;
    for (;;) {
      const rows = slice.all(after);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.seq;
    }
  }
}

/** The probe: whether this SQLite was built with FTS5. */
function hasFullText(connection: Connection): boolean {
  return connection.number("SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'") > 0;
}

/** A word that no query has, so that a tool can be asked for inside the index. */
function toolWord(tool: number): string {
  return `tool${tool}`;
}

function allWords(text: string): string | null {
  const words =
    searchable(text)
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, searchWords) ?? [];
  if (words.length === 0) return null;
  return `${words.map((word) => `"${word}"`).join(' AND ')}${/[\p{L}\p{N}]$/u.test(text) ? '*' : ''}`;
}

function likePattern(text: string): string {
  return `%${searchable(text)
    .slice(0, 1000)
    .replace(/[\\%_]/g, '\\$&')}%`;
}
