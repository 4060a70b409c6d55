import type { SQLInputValue } from 'node:sqlite';
import { isSimulated } from '../core/exploit/demonstration.ts';
import { followed } from '../core/exploit/expand/family.ts';
import { isUsable, sameText } from '../core/exploit/usable.ts';
import type { JsonObject } from '../core/json.ts';
import type { Page } from '../core/rows.ts';
import { toolFileName } from '../core/toolFileName.ts';
import type { Example } from '../core/trial.ts';
import type { ExampleFilter, NearestOptions, StorePageParams } from './api.ts';
import type { Connection } from './connection.ts';
import {
  exampleColumns,
  exampleValues,
  type KnownExample,
  knownColumns,
  placeholderOf,
} from './exampleRow.ts';
import type { LearnedRow, LearnedRows } from './learnedRows.ts';
import { checkExample } from './lineCheck.ts';
import { exampleLine } from './lines.ts';
import { type Packed, unpackJson, unpackText } from './packing.ts';
import { emptyPage, type PageSource, readPage } from './page.ts';
import { redactExample } from './redact.ts';
import type { TextSearch } from './textSearch.ts';
import type { ToolKeys } from './toolKeys.ts';

/** The learned examples. The files are the truth for them; this is where they are searched and paged. */
export class ExampleTable implements LearnedRows {
  readonly folder = 'examples';
  readonly noun = 'example';
  readonly #connection: Connection;
  readonly #tools: ToolKeys;
  readonly #search: TextSearch;

  constructor(connection: Connection, tools: ToolKeys, search: TextSearch) {
    this.#connection = connection;
    this.#tools = tools;
    this.#search = search;
  }

  /** Part of a transaction. False when there is one with this id. Secrets are taken out. */
  add(found: Example): boolean {
    const example = redactExample(found);
    return this.#insert(example, `${this.folder}/${toolFileName(example.tool)}.jsonl`, null);
  }

  /** Changes an example. False when there is none of this id: a person may have taken it out. Part of a transaction. */
  change(found: Example): boolean {
    const example = redactExample(found);
    const known = this.#connection
      .prepare<KnownExample & { fileHash: string | null; pending: number }>(
        `SELECT ${knownColumns}, file_hash AS fileHash, pending FROM examples WHERE id = ?`,
      )
      .get(example.id);
    if (known === undefined) return false;
    this.#update(known, example, known.fileHash, known.pending + 1);
    this.#follow(example.id, example);
    return true;
  }

  page(params: StorePageParams & ExampleFilter): Page<Example> {
    const tool = params.tool === undefined ? null : this.#tools.find(params.tool);
    if (params.tool !== undefined && tool === null) return emptyPage();
    const source: PageSource = {
      select: 'SELECT e.seq, e.body FROM examples e',
      key: 'e.seq',
      conditions: [],
      values: [],
    };
    const where = (condition: string, value: SQLInputValue): void => {
      source.conditions.push(condition);
      source.values.push(value);
    };
    const text = params.text?.trim() ?? '';
    if (text !== '') {
      const match = this.#search.exampleMatch(text, tool);
      if (match === null) return emptyPage();
      source.select = `SELECT e.seq, e.body FROM ${match.from}`;
      source.key = match.key;
      where(match.condition, match.value);
    }
    if (tool !== null) where('e.tool = ?', tool);
    if (params.runId !== undefined) where('e.run = ?', params.runId);
    if (params.verification !== undefined) where('e.verification = ?', params.verification);
    if (params.usable !== undefined) where('e.usable = ?', params.usable ? 1 : 0);
    if (params.family !== undefined) where('e.family = ?', params.family);
    if (params.trial !== undefined) where('e.trial = (SELECT seq FROM trials WHERE id = ?)', params.trial);
    if (params.seeds) {
      source.conditions.push(
        '(e.family = e.id OR NOT EXISTS (SELECT 1 FROM examples s WHERE s.id = e.family AND s.usable = 1))',
      );
    }
    return readPage<{ seq: number; body: Packed }, Example>(this.#connection, source, params, (row) =>
      unpackJson<Example>(row.body),
    );
  }

  find(id: string): Example | null {
    const row = this.#connection.prepare<{ body: Packed }>('SELECT body FROM examples WHERE id = ?').get(id);
    return row === undefined ? null : unpackJson<Example>(row.body);
  }

  /** By id: how many usable examples say it in other words. */
  paraphraseCounts(ids: readonly string[]): Map<string, number> {
    const row = this.#connection.prepare<{ count: number }>(
      'SELECT count(*) AS count FROM examples WHERE family = ? AND id <> family AND usable = 1',
    );
    return new Map(
      ids.flatMap((id) => {
        const count = row.get(id)?.count ?? 0;
        return count === 0 ? [] : [[id, count] as const];
      }),
    );
  }

  /** The file it is kept in; null when there is no such example. */
  fileOf(id: string): string | null {
    return (
      this.#connection.prepare<{ file: string }>('SELECT file FROM examples WHERE id = ?').get(id)?.file ??
      null
    );
  }

  /** Id of the example that a trial left; null where it left none, somebody has deleted it, or it is in doubt. */
  idOfTrial(trial: number): string | null {
    const row = this.#connection
      .prepare<{ id: string }>('SELECT id FROM examples WHERE trial = ? AND usable = 1 ORDER BY seq LIMIT 1')
      .get(trial);
    return row?.id ?? null;
  }

  /** Rows by row id, in this order; those that are missing are left out. */
  listed(seqs: readonly number[]): { id: number; example: Example; at: number | null }[] {
    const row = this.#connection.prepare<{ body: Packed; at: number | null }>(
      `SELECT e.body, t.started_at AS at FROM examples e LEFT JOIN trials t ON t.seq = e.trial WHERE e.seq = ?`,
    );
    return seqs.flatMap((seq) => {
      const found = row.get(seq);
      return found === undefined ? [] : [{ id: seq, example: unpackJson<Example>(found.body), at: found.at }];
    });
  }

  reviewCounts(tool?: string): { waiting: number; agreed: number; of: number } {
    const key = tool === undefined ? null : this.#tools.find(tool);
    const waiting =
      tool !== undefined && key === null
        ? 0
        : (this.#connection
            .prepare<{ count: number }>(
              "SELECT count(*) AS count FROM examples WHERE verification = 'review' AND tool = ifnull(?, tool)",
            )
            .get(key)?.count ?? 0);
    const ruled = this.#connection
      .prepare<{ agreed: number; of: number }>(
        `SELECT count(*) AS "of", total(judged = (verification = 'accepted')) AS agreed FROM examples
         WHERE verification IN ('accepted', 'rejected') AND judged IS NOT NULL AND family = id`,
      )
      .get();
    return { waiting, agreed: ruled?.agreed ?? 0, of: ruled?.of ?? 0 };
  }

  nearest(query: string, k: number, options: NearestOptions = {}): { example: Example; score: number }[] {
    const { tool, languageModel = false } = options;
    const key = tool === undefined ? null : this.#tools.find(tool);
    if (tool !== undefined && key === null) return [];
    const body = this.#connection.prepare<{ body: Packed }>('SELECT body FROM examples WHERE seq = ?');
    return this.#search.nearest(query, k, { tool: key, languageModel }).flatMap(({ seq, score }) => {
      const row = body.get(seq);
      return row === undefined ? [] : [{ example: unpackJson<Example>(row.body), score }];
    });
  }

  filesWithPending(): string[] {
    return this.#connection
      .prepare<{ file: string }>('SELECT DISTINCT file FROM examples WHERE pending > 0')
      .all()
      .map((row) => row.file);
  }

  rowsOf(file: string): LearnedRow[] {
    return this.#connection
      .prepare<{ id: string; fileHash: string | null; pending: number; edited: number }>(
        'SELECT id, file_hash AS fileHash, pending, edited FROM examples WHERE file = ?',
      )
      .all(file)
      .map((row) => ({ ...row, edited: row.edited === 1, deleted: false }));
  }

  lineOf(id: string): string {
    const row = this.#connection.prepare<{ body: Packed }>('SELECT body FROM examples WHERE id = ?').get(id);
    if (row === undefined) throw new Error(`There is no example ${id}.`);
    return exampleLine(unpackJson<Example>(row.body));
  }

  check(object: JsonObject): { id: string } | { problem: string } {
    const checked = checkExample(object);
    return 'problem' in checked ? checked : { id: checked.value.id };
  }

  adopt(file: string, object: JsonObject, hash: string): number | null {
    const checked = checkExample(object);
    if ('problem' in checked) throw new Error(checked.problem);
    const example = checked.value;
    const known = this.#connection
      .prepare<KnownExample>(`SELECT ${knownColumns} FROM examples WHERE id = ?`)
      .get(example.id);
    if (known !== undefined && known.file !== file) return null;
    if (known === undefined) this.#insert(example, file, hash);
    else {
      // What others have verified comes with their commits: only another text is one that a person wrote.
      const edited = example.provenance.edited || !sameText(unpackJson<Example>(known.body), example);
      const now = { ...example, provenance: { ...example.provenance, edited } };
      this.#update(known, now, hash, 0);
      this.#follow(example.id, now);
    }
    return 0;
  }

  noteEdit(object: JsonObject): string | null {
    const checked = checkExample(object);
    if ('problem' in checked) return null;
    const { value } = checked;
    return exampleLine({ ...value, provenance: { ...value.provenance, edited: true } });
  }

  remove(file: string, id: string): void {
    const gone = this.#connection
      .prepare<{ seq: number; tool: number; simulated: number; usable: number }>(
        'DELETE FROM examples WHERE id = ? AND file = ? RETURNING seq, tool, simulated, usable',
      )
      .get(id, file);
    if (gone === undefined) return;
    this.#search.removeExample(gone.seq);
    if (gone.usable === 1) this.#tools.count(gone.tool, { examples: -1 }, gone.simulated === 1);
    this.#follow(id, null);
  }

  markWritten(file: string, id: string, hash: string, pending: number): void {
    this.#connection
      .prepare(
        'UPDATE examples SET file_hash = ?, pending = iif(pending = ?, 0, pending) WHERE id = ? AND file = ?',
      )
      .run(hash, pending, id, file);
  }

  /** `hash`: of its line, when the file has it already. */
  #insert(found: Example, file: string, hash: string | null): boolean {
    const example = this.#asItsSeedStands(found);
    // What it became by its seed is to be written.
    const pending = hash === null || example !== found ? 1 : 0;
    const tool = this.#tools.keyOf(example.tool);
    const { changes, lastInsertRowid } = this.#connection
      .prepare(
        `INSERT INTO examples (id, file, file_hash, pending, ${exampleColumns.join(', ')})
         VALUES (?, ?, ?, ?, ${exampleColumns.map(placeholderOf).join(', ')}) ON CONFLICT DO NOTHING`,
      )
      .run(example.id, file, hash, pending, ...exampleValues(example, tool));
    if (changes === 0) return false;
    this.#search.addExample(lastInsertRowid, tool, example.query);
    if (isUsable(example)) this.#tools.count(tool, { examples: 1 }, isSimulated(example));
    if (example.paraphraseOf === undefined) this.#return(example);
    return true;
  }

  /** Other words of what nobody may use are not used either, whichever of the two comes first. */
  #asItsSeedStands(example: Example): Example {
    if (example.paraphraseOf === undefined || example.paraphraseOf === example.id) return example;
    const seed = this.find(example.paraphraseOf);
    return seed === null || isUsable(seed) ? example : followed(example, seed);
  }

  /** Paraphrases follow what they say in other words; null: it is gone. */
  #follow(id: string, seed: Example | null): void {
    for (const { fileHash, pending, ...known } of this.#paraphrases(id)) {
      const before = unpackJson<Example>(known.body);
      const now = followed(before, seed);
      if (now !== before) this.#update(known, now, fileHash, pending + 1);
    }
  }

  /**
   * An example that comes back, with a line that was taken out for instance, brings back its paraphrases; one that comes with
   * doubts, after them, takes them along.
   */
  #return(seed: Example): void {
    const isWaiting = this.#paraphrases(seed.id).some(
      ({ body }) => unpackJson<Example>(body).withheld !== undefined,
    );
    if (isWaiting || !isUsable(seed)) this.#follow(seed.id, seed);
  }

  #paraphrases(id: string): (KnownExample & { fileHash: string | null; pending: number })[] {
    return this.#connection
      .prepare<KnownExample & { fileHash: string | null; pending: number }>(
        `SELECT ${knownColumns}, file_hash AS fileHash, pending FROM examples WHERE family = ? AND id <> family`,
      )
      .all(id);
  }

  /** The row stays where it is among the others. */
  #update(known: KnownExample, example: Example, hash: string | null, pending: number): void {
    const tool = this.#tools.keyOf(example.tool);
    const set = exampleColumns.map((column) => `${column} = ${placeholderOf(column)}`).join(', ');
    this.#connection
      .prepare(`UPDATE examples SET file_hash = ?, pending = ?, ${set} WHERE seq = ?`)
      .run(hash, pending, ...exampleValues(example, tool), known.seq);
    if (unpackText(known.query) !== example.query || known.tool !== tool) {
      this.#search.removeExample(known.seq);
      this.#search.addExample(known.seq, tool, example.query);
    }
    if (known.usable === 1) this.#tools.count(known.tool, { examples: -1 }, known.simulated === 1);
    if (isUsable(example)) this.#tools.count(tool, { examples: 1 }, isSimulated(example));
  }
}
