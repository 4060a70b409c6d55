import type { Connection } from './connection.ts';
import { searchable } from './packing.ts';
import { queryTerms } from './queryTerms.ts';
import { likePattern, toolWord } from './searchTerms.ts';

/**
 * Candidates are examples with one of the query's rarest words, taken while no more than this many examples have them;
 * ranked they are by all its words. On 100,000 examples this finds what ranking every example with any of the words finds
 * (95.5 % against 96.5 % of the first 8 from the query's own family) in a fifth of the time.
 */
const candidates = 6000;

/** Words whose frequency is remembered. */
const remembered = 5000;

/** Which examples are looked at. */
export interface Among {
  /** Key of their tool; null for those of all. */
  tool: number | null;
  /** Only those whose query a language model imagined, of a tool that was really called. */
  languageModel: boolean;
}

/** A row id, and how near it is: above 0, comparable within one search. */
export interface NearRow {
  seq: number;
  score: number;
}

/** Usable examples whose queries are near to a text. */
export class Nearest {
  readonly #connection: Connection;
  readonly #fullText: boolean;
  /** How many examples have a word, up to `candidates`: an estimate that holds while their number stays the same size. */
  readonly #frequencies = new Map<string, number>();
  #size = 0;

  constructor(connection: Connection, fullText: boolean) {
    this.#connection = connection;
    this.#fullText = fullText;
  }

  /** The `k` nearest examples, best first. */
  find(query: string, k: number, among: Among): NearRow[] {
    const terms = queryTerms(searchable(query));
    if (terms.length === 0 || k < 1) return [];
    return this.#fullText ? this.#byRank(terms, k, among) : this.#byHits(terms, k, among);
  }

  #byRank(terms: string[], k: number, among: Among): NearRow[] {
    const rare = this.#rarest(terms);
    if (rare.length === terms.length) return this.#ranked([anyOf(terms)], k, among);
    const found = this.#ranked([anyOf(rare), anyOf(terms)], k, among);
    // Those with a rare word may all be others than the ones that are asked for.
    return among.languageModel && found.length < k ? this.#ranked([anyOf(terms)], k, among) : found;
  }

  #ranked(words: string[], k: number, { tool, languageModel }: Among): NearRow[] {
    const conditions = tool === null ? words : [...words, `tool : ${toolWord(tool)}`];
    const only = languageModel ? 'AND e.language_model = 1 AND e.simulated = 0' : '';
    return this.#connection
      .prepare<NearRow>(
        `SELECT example_words.rowid AS seq, -rank AS score
         FROM example_words CROSS JOIN examples e ON e.seq = example_words.rowid AND e.usable = 1 ${only}
         WHERE example_words MATCH ? AND rank MATCH 'bm25(1.0, 0.0)' ORDER BY rank LIMIT ?`,
      )
      .all(conditions.join(' AND '), k);
  }

  /** The terms to find candidates by; at least one, and all of them while there are few examples. */
  #rarest(terms: string[]): string[] {
    const examples =
      this.#connection.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM examples').get()?.seq ??
      0;
    if (examples <= candidates) return terms;
    this.#forgetWhenGrown(examples);
    const known = terms
      .map((term) => ({ term, frequency: this.#frequency(term) }))
      .filter(({ frequency }) => frequency > 0)
      .sort((a, b) => a.frequency - b.frequency);
    const chosen: string[] = [];
    let sum = 0;
    for (const { term, frequency } of known) {
      sum += frequency;
      if (chosen.length > 0 && sum > candidates) break;
      chosen.push(term);
    }
    return chosen.length > 0 ? chosen : terms;
  }

  #frequency(term: string): number {
    const known = this.#frequencies.get(term);
    if (known !== undefined) return known;
    if (this.#frequencies.size >= remembered) this.#frequencies.clear();
    const counted =
      this.#connection
        .prepare<{ count: number }>(
          `SELECT count(*) AS count FROM
           (SELECT 1 FROM example_words WHERE example_words MATCH ? LIMIT ${candidates + 1})`,
        )
        .get(anyOf([term]))?.count ?? 0;
    this.#frequencies.set(term, counted);
    return counted;
  }

  #forgetWhenGrown(examples: number): void {
    if (Math.abs(examples - this.#size) <= this.#size / 10) return;
    this.#size = examples;
    this.#frequencies.clear();
  }

  /** Without an index: by how many of the words a query has, the shorter one first. */
  #byHits(terms: string[], k: number, { tool, languageModel }: Among): NearRow[] {
    const hits = terms.map(() => "(query LIKE ? ESCAPE '\\')").join(' + ');
    return this.#connection
      .prepare<NearRow>(
        `SELECT seq, hits AS score FROM (SELECT seq, ${hits} AS hits, length(query) AS size FROM examples
         WHERE tool = ifnull(?, tool) AND usable = 1 AND language_model >= ? ${languageModel ? 'AND simulated = 0' : ''})
         WHERE hits > 0 ORDER BY hits DESC, size LIMIT ?`,
      )
      .all(...terms.map(likePattern), tool, languageModel ? 1 : 0, k);
  }
}

function anyOf(terms: readonly string[]): string {
  return `query : (${terms.map((term) => `"${term}"`).join(' OR ')})`;
}
