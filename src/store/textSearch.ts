import type { Connection } from './connection.ts';
import { type Among, Nearest, type NearRow } from './nearest.ts';
import { type Packed, searchable, unpackText } from './packing.ts';
import { allWords, likePattern, toolWord } from './searchTerms.ts';

/** Where to look for rows whose query matches a text. */
export interface Match {
  /** Names the rows as the caller asked. */
  from: string;
  /** The key to page by: the index yields its rows in this order, so a page reads no more than it shows. */
  key: string;
  condition: string;
  value: string;
}

/**
 * Search over queries: FTS5 with stemming where this SQLite has it, `LIKE` otherwise. The indexes hold no text of their own
 * (`content=''`): the queries stand in their tables. They keep positions, without which bm25 ranks nothing in such an index.
 */
export class TextSearch {
  readonly kind: 'fts5' | 'like';
  readonly #connection: Connection;
  readonly #nearest: Nearest;

  /** `wanted` false: `LIKE` whatever this SQLite can do. */
  constructor(connection: Connection, wanted: boolean) {
    this.#connection = connection;
    const possible = wanted && hasFullText(connection);
    // A reader can only use the indexes as they are.
    this.kind = possible && !(connection.readOnly && this.#stale()) ? 'fts5' : 'like';
    this.#nearest = new Nearest(connection, this.kind === 'fts5');
    if (this.kind === 'fts5' && !connection.readOnly) this.#bringUpToDate();
  }

  /** Part of the transaction that writes the trial. */
  addTrial(seq: number, tool: number, query: string): void {
    this.#add('INSERT INTO trial_words (rowid, query, tool) VALUES (?, ?, ?)', seq, tool, query);
  }

  /** Part of the transaction that writes the example. */
  addExample(seq: number, tool: number, query: string): void {
    this.#add('INSERT INTO example_words (rowid, query, tool) VALUES (?, ?, ?)', seq, tool, query);
  }

  /** Part of the transaction that deletes or changes the example. */
  removeExample(seq: number): void {
    if (this.kind === 'like') this.#miss();
    else this.#connection.prepare('DELETE FROM example_words WHERE rowid = ?').run(seq);
  }

  /** Trials `t` whose query has all words of the text, of one tool when its key is given; null when there are no words. */
  trialMatch(text: string, tool: number | null): Match | null {
    return this.#match('trials t', 't', 'trial_words', text, tool);
  }

  /** The same for examples `e`. */
  exampleMatch(text: string, tool: number | null): Match | null {
    return this.#match('examples e', 'e', 'example_words', text, tool);
  }

  /** The `k` examples nearest to a query, best first. */
  nearest(query: string, k: number, among: Among): NearRow[] {
    return this.#nearest.find(query, k, among);
  }

  #match(table: string, alias: string, index: string, text: string, tool: number | null): Match | null {
    if (this.kind === 'like') {
      const condition = `${alias}.query LIKE ? ESCAPE '\\'`;
      return { from: table, key: `${alias}.seq`, condition, value: likePattern(text) };
    }
    const words = allWords(text);
    if (words === null) return null;
    return {
      from: `${index} w CROSS JOIN ${table} ON ${alias}.seq = w.rowid`,
      key: 'w.rowid',
      condition: `w.${index} MATCH ?`,
      value: `query : (${words})${tool === null ? '' : ` AND tool : ${toolWord(tool)}`}`,
    };
  }

  #add(sql: string, seq: number, tool: number, query: string): void {
    if (this.kind === 'like') this.#miss();
    else this.#connection.prepare(sql).run(seq, searchable(query), toolWord(tool));
  }

  /** A runtime without FTS5 has written what the index does not know: the next one with it builds the index anew. */
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
          query, tool, content = '', tokenize = 'porter unicode61');
        CREATE VIRTUAL TABLE example_words USING fts5 (
          query, tool, content = '', contentless_delete = 1, tokenize = 'porter unicode61');
      `);
      for (const { seq, tool, query } of this.#rows('trials')) this.addTrial(seq, tool, unpackText(query));
      for (const { seq, tool, query } of this.#rows('examples'))
        this.addExample(seq, tool, unpackText(query));
      this.#connection.exec('UPDATE search_state SET stale = 0');
    });
  }

  /** In slices: the log may be far larger than memory. */
  *#rows(table: 'trials' | 'examples'): Generator<{ seq: number; tool: number; query: Packed }> {
    const slice = this.#connection.prepare<{ seq: number; tool: number; query: Packed }>(
      `SELECT seq, tool, query FROM ${table} WHERE seq > ? ORDER BY seq LIMIT 1000`,
    );
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
export function hasFullText(connection: Connection): boolean {
  return connection.number("SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'") > 0;
}
