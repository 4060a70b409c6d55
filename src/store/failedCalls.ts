import { canonicalJson } from '../core/json.ts';
import type { FailedCall, FailedCallRow, Page } from '../core/rows.ts';
import type { FailureType, Fix, Lesson, Step, Trial } from '../core/trial.ts';
import type { StorePageParams } from './api.ts';
import { failureCode, failureOf } from './codes.ts';
import type { Connection } from './connection.ts';
import type { ExampleTable } from './exampleTable.ts';
import type { FixTable } from './fixTable.ts';
import type { LessonTable } from './lessonTable.ts';
import { emptyPage, type PageSource, readPage } from './page.ts';
import type { RunLog } from './runLog.ts';
import type { ToolKeys } from './toolKeys.ts';
import type { TrialLog } from './trialLog.ts';

interface Row {
  seq: number;
  trial: number;
  tool: number;
  step: number;
}

/** Where what a failed call is shown with stands. */
export interface FailedCallSources {
  readonly trials: TrialLog;
  readonly runs: RunLog;
  readonly tools: ToolKeys;
  readonly fixes: FixTable;
  readonly lessons: LessonTable;
  readonly examples: ExampleTable;
}

/** The steps that went wrong, each a row of its own so that they page by key. What they hold stands in their trial. */
export class FailedCalls {
  readonly #connection: Connection;
  readonly #sources: FailedCallSources;

  constructor(connection: Connection, sources: FailedCallSources) {
    this.#connection = connection;
    this.#sources = sources;
  }

  /** Adds the failed steps of a trial; returns how many there were. */
  add(trial: Trial, seq: number, run: number, tool: number): number {
    let failed = 0;
    for (const [step, { failure }] of trial.steps.entries()) {
      if (failure === null) continue;
      this.#connection
        .prepare(
          'INSERT INTO failed_calls (trial, step, run, tool, type, simulated) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(seq, step, run, tool, failureCode(failure.type), trial.simulated ? 1 : 0);
      failed += 1;
    }
    return failed;
  }

  page(params: StorePageParams & { failureType?: FailureType }): Page<FailedCall> {
    const source: PageSource = {
      select: 'SELECT f.seq, f.trial, f.tool, f.step FROM failed_calls f',
      key: 'f.seq',
      conditions: [],
      values: [],
    };
    const where = (condition: string, value: number | null): boolean => {
      if (value === null) return false;
      source.conditions.push(condition);
      source.values.push(value);
      return true;
    };
    const { runs, tools } = this.#sources;
    if (params.tool !== undefined && !where('f.tool = ?', tools.find(params.tool))) return emptyPage();
    if (params.runId !== undefined && !where('f.run = ?', runs.findKey(params.runId))) return emptyPage();
    if (params.failureType !== undefined) where('f.type = ?', failureCode(params.failureType));
    const reader = new FailedCallReader(this.#sources);
    return readPage<Row, FailedCall>(this.#connection, source, params, (row) => reader.read(row).failedCall);
  }

  /** Rows by row id, in this order; those that are missing are left out. */
  listed(seqs: readonly number[]): FailedCallRow[] {
    const row = this.#connection.prepare<Row>(
      'SELECT seq, trial, tool, step FROM failed_calls WHERE seq = ?',
    );
    const reader = new FailedCallReader(this.#sources);
    return seqs.flatMap((id) => {
      const found = row.get(id);
      if (found === undefined) return [];
      return [{ id, ...reader.read(found), exampleId: this.#sources.examples.idOfTrial(found.trial) }];
    });
  }

  /** How often calls of a tool failed, by type, the most frequent first. */
  countsOf(tool: string): { type: FailureType; calls: number; simulated?: number }[] {
    return this.#connection
      .prepare<{ type: number; calls: number; simulated: number }>(
        `SELECT type, count(*) AS calls, sum(simulated) AS simulated FROM failed_calls
         WHERE tool = (SELECT key FROM tools WHERE id = ?) GROUP BY type ORDER BY calls DESC, type`,
      )
      .all(tool)
      .map(({ type, calls, simulated }) => ({
        type: failureOf(type),
        calls,
        ...(simulated > 0 ? { simulated } : {}),
      }));
  }
}

/** Reads the failed calls of one page. They often come from the same trial, and teach the same: each is read once. */
class FailedCallReader {
  readonly #sources: FailedCallSources;
  readonly #lessons = new Map<number, Lesson>();
  #trial: { seq: number; body: Trial; fixes: Fix[]; lessons: Lesson[] } | null = null;

  constructor(sources: FailedCallSources) {
    this.#sources = sources;
  }

  read(row: Row): { failedCall: FailedCall; at: number } {
    if (this.#trial?.seq !== row.trial) this.#trial = this.#readTrial(row);
    const { body, fixes, lessons } = this.#trial;
    const { id: trialId, tool, query, steps } = body;
    const details = steps[row.step];
    if (details === undefined) throw new Error(`Trial ${trialId} has no step ${row.step}.`);
    const fix = fixOf(details, fixes);
    const lesson = lessonOf(details, lessons);
    const simulated = body.simulated ? { simulated: true as const } : {};
    const failedCall = { trialId, tool, step: row.step, query, details, fix, lesson, ...simulated };
    return { failedCall, at: body.startedAt };
  }

  #readTrial({ trial, tool }: Row): { seq: number; body: Trial; fixes: Fix[]; lessons: Lesson[] } {
    const { trials, fixes, lessons } = this.#sources;
    return {
      seq: trial,
      body: trials.bodyOf(trial),
      fixes: fixes.ofTrial(trial),
      lessons: lessons.backedBy(trial, tool).map((seq) => this.#lesson(seq)),
    };
  }

  #lesson(seq: number): Lesson {
    const known = this.#lessons.get(seq) ?? this.#sources.lessons.bodyOf(seq);
    this.#lessons.set(seq, known);
    return known;
  }
}

function fixOf({ call }: Step, fixes: readonly Fix[]): Fix | null {
  if (call === null) return null;
  const given = canonicalJson(call.arguments);
  const same = (fix: Fix): boolean =>
    fix.failed.tool === call.tool && canonicalJson(fix.failed.arguments) === given;
  return fixes.find(same) ?? null;
}

/** Of the lessons that the trial backs: one about the very argument, else one about none; what calls showed comes first. */
function lessonOf({ failure }: Step, lessons: readonly Lesson[]): string | null {
  const argument = failure?.argument;
  const fitting = lessons.filter(
    (one) => argument === undefined || one.argument === undefined || one.argument === argument,
  );
  const rank = (one: Lesson): number =>
    (argument !== undefined && one.argument === argument ? 0 : 2) + (one.origin === 'evidence' ? 0 : 1);
  return fitting.sort((a, b) => rank(a) - rank(b))[0]?.text ?? null;
}
