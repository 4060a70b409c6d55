import type { Trial } from '../core/trial.ts';
import type { TrialRecord } from './api.ts';
import type { Connection } from './connection.ts';
import { Embeddings } from './embeddings.ts';
import { ExampleTable } from './exampleTable.ts';
import { FailedCalls } from './failedCalls.ts';
import { FixTable } from './fixTable.ts';
import { GivenArguments } from './givenArguments.ts';
import { Intents } from './intents.ts';
import { JobLog } from './jobLog.ts';
import { LessonTable } from './lessonTable.ts';
import { Lifts } from './lifts.ts';
import { RunLog } from './runLog.ts';
import { TextSearch } from './textSearch.ts';
import { ToolKeys } from './toolKeys.ts';
import { TrialLog } from './trialLog.ts';

/** Everything in one database, and the one write that touches all of it. */
export class Tables {
  readonly connection: Connection;
  readonly tools: ToolKeys;
  readonly runs: RunLog;
  readonly search: TextSearch;
  readonly trials: TrialLog;
  readonly failedCalls: FailedCalls;
  readonly fixes: FixTable;
  readonly given: GivenArguments;
  readonly intents: Intents;
  readonly examples: ExampleTable;
  readonly lessons: LessonTable;
  readonly jobs: JobLog;
  readonly lifts: Lifts;
  readonly embeddings: Embeddings;

  /** `fullText` false: search with `LIKE` whatever this SQLite can do. */
  constructor(connection: Connection, fullText: boolean) {
    this.connection = connection;
    this.tools = new ToolKeys(connection);
    this.runs = new RunLog(connection);
    this.search = new TextSearch(connection, fullText);
    this.trials = new TrialLog(connection, this.runs, this.tools, this.search);
    this.fixes = new FixTable(connection);
    this.given = new GivenArguments(connection);
    this.intents = new Intents(connection, this.runs, this.tools);
    this.examples = new ExampleTable(connection, this.tools, this.search);
    this.lessons = new LessonTable(connection, this.runs, this.tools);
    this.jobs = new JobLog(connection);
    this.lifts = new Lifts(connection);
    this.embeddings = new Embeddings(connection);
    this.failedCalls = new FailedCalls(connection, this);
  }

  /** A finished trial with all that it brought, in one transaction. False when it is recorded already. */
  record({ trial, lessons, fixes, example }: TrialRecord): boolean {
    return this.connection.transaction(() => {
      const run = this.runs.keyOf(trial.runId);
      const tool = this.tools.keyOf(trial.tool);
      const seq = this.trials.add(trial, run, tool, example !== null);
      this.intents.settle(run, tool, trial.episode, trial.trial);
      if (seq === null) return false;
      const failures = this.failedCalls.add(trial, seq, run, tool);
      this.given.add(trial, seq, run, tool);
      for (const fix of fixes) this.fixes.add(fix, seq, run, this.tools.keyOf(fix.tool));
      const brought = lessons.filter((lesson) => this.lessons.put(lesson, run, trial.id)).length;
      const examples = example !== null && this.examples.add(example) ? 1 : 0;
      const simulated = trial.simulated ?? false;
      this.tools.count(tool, { trials: 1, failures }, simulated);
      this.runs.count(run, { trials: 1, failures, lessons: brought, examples, simulated: simulated ? 1 : 0 });
      return true;
    });
  }

  /** What a process that died left behind. For the explorer, at its start. */
  recover(): { runs: string[]; trials: string[] } {
    return this.connection.transaction(() => {
      const runs = this.runs.interrupt();
      this.jobs.interrupt();
      const trials = this.intents.unfinished();
      for (const trial of trials) this.#recordLost(trial);
      return { runs, trials: trials.map((trial) => trial.id) };
    });
  }

  #recordLost(trial: Trial): void {
    this.record({ trial, lessons: [], fixes: [], example: null });
  }
}
