import { isInForce } from '../core/exploit/usable.ts';
import type { JsonObject } from '../core/json.ts';
import type { Page } from '../core/rows.ts';
import { toolFileName } from '../core/toolFileName.ts';
import type { Lesson } from '../core/trial.ts';
import type { LessonFilter, StorePageParams } from './api.ts';
import type { Connection } from './connection.ts';
import type { LearnedRow, LearnedRows } from './learnedRows.ts';
import { checkLesson } from './lineCheck.ts';
import { lessonLine } from './lines.ts';
import { type Packed, packJson, unpackJson } from './packing.ts';
import { emptyPage, type PageSource, readPage } from './page.ts';
import { redactLesson } from './redact.ts';
import type { RunLog } from './runLog.ts';
import type { ToolKeys } from './toolKeys.ts';

interface Known {
  seq: number;
  body: Packed;
  deleted: number;
  edited: number;
  retired: number;
}

/** What was learned about tools, in sentences. A person's words outrank ours, and so does a person's deletion. */
export class LessonTable implements LearnedRows {
  readonly folder = 'lessons';
  readonly noun = 'lesson';
  readonly #connection: Connection;
  readonly #runs: RunLog;
  readonly #tools: ToolKeys;

  constructor(connection: Connection, runs: RunLog, tools: ToolKeys) {
    this.#connection = connection;
    this.#runs = runs;
    this.#tools = tools;
  }

  /**
   * Part of the transaction that records a trial of the run. True when the run backs this lesson for the first time, and it
   * counts. Witnesses of before stay; what a person wrote stays, its text and whether it counts; a lesson that a person
   * deleted stays deleted.
   */
  put(lesson: Lesson, run: number, trialId: string): boolean {
    const tool = this.#tools.keyOf(lesson.tool);
    const known = this.#known(tool, lesson.id);
    if (known?.deleted === 1) return false;
    const clean = redactLesson(lesson);
    const seq =
      known === undefined
        ? this.#insert(clean, tool, `${this.folder}/${toolFileName(lesson.tool)}.jsonl`, null)
        : this.#merge(known, clean, tool);
    // A trial that speaks against a lesson is no reason to list it with the run.
    if (!lesson.trials.includes(trialId)) return false;
    const { changes } = this.#connection
      .prepare('INSERT OR IGNORE INTO run_lessons (run, lesson) VALUES (?, ?)')
      .run(run, seq);
    return changes === 1 && isInForce(lesson);
  }

  /** Changes a lesson; its text stays when a person wrote it. False when there is none, or it was deleted. Part of a transaction. */
  change(lesson: Lesson): boolean {
    const tool = this.#tools.keyOf(lesson.tool);
    const known = this.#known(tool, lesson.id);
    if (known === undefined || known.deleted === 1) return false;
    const before = unpackJson<Lesson>(known.body);
    const clean = redactLesson(lesson);
    this.#write(known, known.edited === 1 ? { ...clean, text: before.text } : clean, tool);
    this.#link(known.seq, lesson.trials);
    return true;
  }

  page(params: StorePageParams & LessonFilter): Page<Lesson> {
    const source: PageSource = {
      select: 'SELECT l.seq, l.body FROM lessons l',
      key: 'l.seq',
      conditions: ['l.deleted = 0'],
      values: [],
    };
    if (params.tool !== undefined) {
      const tool = this.#tools.find(params.tool);
      if (tool === null) return emptyPage();
      source.conditions.push('l.tool = ?');
      source.values.push(tool);
    }
    if (params.runId !== undefined) {
      const run = this.#runs.findKey(params.runId);
      if (run === null) return emptyPage();
      source.select = 'SELECT l.seq, l.body FROM run_lessons b CROSS JOIN lessons l ON l.seq = b.lesson';
      source.key = 'b.lesson';
      source.conditions.push('b.run = ?');
      source.values.push(run);
    }
    if (params.retired !== undefined) source.conditions.push(`l.retired = ${params.retired ? 1 : 0}`);
    return readPage<{ seq: number; body: Packed }, Lesson>(this.#connection, source, params, (row) =>
      unpackJson<Lesson>(row.body),
    );
  }

  of(tool: string): Lesson[] {
    return this.#connection
      .prepare<{ body: Packed }>(
        'SELECT body FROM lessons WHERE tool = (SELECT key FROM tools WHERE id = ?) AND deleted = 0 ORDER BY seq',
      )
      .all(tool)
      .map((row) => unpackJson<Lesson>(row.body));
  }

  /** Lessons in force of a tool that this trial backs, oldest first, as their row ids: one lesson may have thousands of trials. */
  backedBy(trial: number, tool: number): number[] {
    return this.#connection
      .prepare<{ seq: number }>(
        `SELECT l.seq FROM lesson_trials w CROSS JOIN lessons l ON l.seq = w.lesson
         WHERE w.trial = ? AND l.tool = ? AND l.deleted = 0 AND l.retired = 0 ORDER BY l.seq`,
      )
      .all(trial, tool)
      .map((row) => row.seq);
  }

  bodyOf(seq: number): Lesson {
    const row = this.#connection.prepare<{ body: Packed }>('SELECT body FROM lessons WHERE seq = ?').get(seq);
    if (row === undefined) throw new Error(`No lesson has the number ${seq}.`);
    return unpackJson<Lesson>(row.body);
  }

  filesWithPending(): string[] {
    return this.#connection
      .prepare<{ file: string }>('SELECT DISTINCT file FROM lessons WHERE pending > 0')
      .all()
      .map((row) => row.file);
  }

  rowsOf(file: string): LearnedRow[] {
    return this.#connection
      .prepare<{ id: string; fileHash: string | null; pending: number; edited: number; deleted: number }>(
        'SELECT id, file_hash AS fileHash, pending, edited, deleted FROM lessons WHERE file = ?',
      )
      .all(file)
      .map((row) => ({ ...row, edited: row.edited === 1, deleted: row.deleted === 1 }));
  }

  lineOf(id: string, file: string): string {
    const row = this.#connection
      .prepare<{ body: Packed }>('SELECT body FROM lessons WHERE id = ? AND file = ?')
      .get(id, file);
    if (row === undefined) throw new Error(`There is no lesson ${id}.`);
    return lessonLine(unpackJson<Lesson>(row.body));
  }

  check(object: JsonObject): { id: string } | { problem: string } {
    const checked = checkLesson(object);
    return 'problem' in checked ? checked : { id: checked.value.id };
  }

  adopt(file: string, object: JsonObject, hash: string): number | null {
    const checked = checkLesson(object);
    if ('problem' in checked) throw new Error(checked.problem);
    const lesson = checked.value;
    const tool = this.#tools.keyOf(lesson.tool);
    const known = this.#connection
      .prepare<Known & { file: string; fileHash: string | null; pending: number }>(
        'SELECT seq, body, deleted, edited, retired, file, file_hash AS fileHash, pending FROM lessons WHERE tool = ? AND id = ?',
      )
      .get(tool, lesson.id);
    if (known === undefined) {
      this.#insert(lesson, tool, file, hash);
      return 0;
    }
    if (known.file !== file) return null;
    // Witnesses that the file has not got yet are still to be written.
    const ours = known.deleted === 1 ? [] : unpackJson<Lesson>(known.body).trials;
    const trials = known.pending > 0 ? union(lesson.trials, ours) : lesson.trials;
    const pending = trials.length > lesson.trials.length ? known.pending : 0;
    this.#connection
      .prepare(
        'UPDATE lessons SET body = ?, deleted = 0, edited = 1, retired = ?, pending = ?, file_hash = ? WHERE seq = ?',
      )
      .run(packJson({ ...lesson, trials }), retiredColumn(lesson), pending, hash, known.seq);
    this.#connection.prepare('DELETE FROM lesson_trials WHERE lesson = ?').run(known.seq);
    this.#link(known.seq, trials);
    this.#recount(tool, known.deleted === 0 && known.retired === 0, isInForce(lesson));
    return pending;
  }

  noteEdit(): null {
    return null;
  }

  remove(file: string, id: string): void {
    const gone = this.#connection
      .prepare<{ tool: number; retired: number }>(
        'UPDATE lessons SET deleted = 1, pending = 0 WHERE id = ? AND file = ? AND deleted = 0 RETURNING tool, retired',
      )
      .get(id, file);
    if (gone !== undefined) this.#recount(gone.tool, gone.retired === 0, false);
  }

  markWritten(file: string, id: string, hash: string, pending: number): void {
    this.#connection
      .prepare(
        'UPDATE lessons SET file_hash = ?, pending = iif(pending = ?, 0, pending) WHERE id = ? AND file = ?',
      )
      .run(hash, pending, id, file);
  }

  #known(tool: number, id: string): Known | undefined {
    return this.#connection
      .prepare<Known>('SELECT seq, body, deleted, edited, retired FROM lessons WHERE tool = ? AND id = ?')
      .get(tool, id);
  }

  #insert(lesson: Lesson, tool: number, file: string, hash: string | null): number {
    const { lastInsertRowid } = this.#connection
      .prepare(
        'INSERT INTO lessons (id, tool, body, file, file_hash, pending, edited, retired) VALUES (?, ?, ?, ?, ?, ?, 0, ?)',
      )
      .run(lesson.id, tool, packJson(lesson), file, hash, hash === null ? 1 : 0, retiredColumn(lesson));
    this.#recount(tool, false, isInForce(lesson));
    this.#link(lastInsertRowid, lesson.trials);
    return lastInsertRowid;
  }

  /** Notes the trials behind a lesson, as far as the log has them. */
  #link(seq: number, trials: readonly string[]): void {
    const insert = this.#connection.prepare(
      'INSERT OR IGNORE INTO lesson_trials (trial, lesson) SELECT seq, ? FROM trials WHERE id = ?',
    );
    for (const trial of trials) insert.run(seq, trial);
  }

  #merge(known: Known, lesson: Lesson, tool: number): number {
    const before = unpackJson<Lesson>(known.body);
    const { retired: _retired, recent: _recent, sameAs: _sameAs, ...rest } = before;
    const kept = known.edited === 1 ? { ...before, against: lesson.against } : { ...rest, ...lesson };
    const { against, ...all } = kept;
    const trials = union(before.trials, lesson.trials);
    this.#write(known, { ...all, trials, ...(against ? { against } : {}) }, tool);
    this.#link(known.seq, trials.slice(new Set(before.trials).size));
    return known.seq;
  }

  /** Of a row that is not deleted. */
  #write(known: Known, lesson: Lesson, tool: number): void {
    this.#connection
      .prepare('UPDATE lessons SET body = ?, retired = ?, pending = pending + 1 WHERE seq = ?')
      .run(packJson(lesson), retiredColumn(lesson), known.seq);
    this.#recount(tool, known.retired === 0, isInForce(lesson));
  }

  /** Lessons that no longer count are not counted. */
  #recount(tool: number, before: boolean, now: boolean): void {
    if (before !== now) this.#tools.count(tool, { lessons: now ? 1 : -1 });
  }
}

function retiredColumn(lesson: Lesson): number {
  return isInForce(lesson) ? 0 : 1;
}

function union(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])];
}
