import type { Job, JobKind } from '../core/job.ts';
import type { Json } from '../core/json.ts';
import type { ExampleRow, FailedCall, FailedCallRow, ListedTrial, Page, TrialRow } from '../core/rows.ts';
import type { Run, RunCounts } from '../core/run.ts';
import type { Example, Fix, Lesson, Trial } from '../core/trial.ts';
import type * as api from './api.ts';
import type { Tables } from './tables.ts';

/** What a store tells of what is kept in its tables; `WorkspaceStore` adds what writes. */
export abstract class StoreReads {
  /** Others once this process has become the explorer. */
  protected abstract tables: Tables;

  run(id: string): Run | null {
    return this.tables.runs.find(id);
  }

  runs(page: Parameters<api.Store['runs']>[0]): Page<Run> {
    return this.tables.runs.page(page);
  }

  runCounts(runId: string): RunCounts {
    return this.tables.runs.counts(runId);
  }

  trials(page: Parameters<api.Store['trials']>[0]): Page<TrialRow> {
    return this.tables.trials.page(page);
  }

  trial(id: string): Trial | null {
    return this.tables.trials.find(id);
  }

  trialRow(id: string): TrialRow | null {
    return this.tables.trials.row(id);
  }

  trialsOfEpisode(runId: string, tool: string, episode: number): Trial[] {
    return this.tables.trials.ofEpisode(runId, tool, episode);
  }

  trialsForMemory(tool: string, scope: api.MemoryScope): Trial[] {
    return this.tables.trials.forMemory(tool, scope);
  }

  trialsByEpisode(runId: string, tool: string): Map<number, number> {
    return this.tables.trials.byEpisode(runId, tool);
  }

  lastSeq(): number {
    return this.tables.trials.lastSeq();
  }

  examples(page: Parameters<api.Store['examples']>[0]): Page<Example> {
    return this.tables.examples.page(page);
  }

  example(id: string): Example | null {
    return this.tables.examples.find(id);
  }

  paraphraseCounts(ids: readonly string[]): Map<string, number> {
    return this.tables.examples.paraphraseCounts(ids);
  }

  job(id: string): Job | null {
    return this.tables.jobs.find(id);
  }

  jobs(page: Parameters<api.Store['jobs']>[0]): Page<Job> {
    return this.tables.jobs.page(page);
  }

  lastJobStep(kind: JobKind, place: string): Json | null {
    return this.tables.jobs.lastStep(kind, place);
  }

  jobSteps(job: string): { place: string; body: Json }[] {
    return this.tables.jobs.steps(job);
  }

  lifts(examples: readonly string[]): Map<string, api.Lift> {
    return this.tables.lifts.of(examples);
  }

  embeddings(model: string, hashes: readonly string[]): Map<string, Float32Array> {
    return this.tables.embeddings.of(model, hashes);
  }

  failures(page: Parameters<api.Store['failures']>[0]): Page<FailedCall> {
    return this.tables.failedCalls.page(page);
  }

  failureCounts(tool: string): ReturnType<api.Store['failureCounts']> {
    return this.tables.failedCalls.countsOf(tool);
  }

  lessons(page: Parameters<api.Store['lessons']>[0]): Page<Lesson> {
    return this.tables.lessons.page(page);
  }

  lessonsOf(tool: string): Lesson[] {
    return this.tables.lessons.of(tool);
  }

  fixes(tool: string, scope?: api.MemoryScope): Fix[] {
    return this.tables.fixes.of(tool, scope);
  }

  reviewCounts(tool?: string): ReturnType<api.Store['reviewCounts']> {
    return this.tables.examples.reviewCounts(tool);
  }

  toolCounts(ids?: readonly string[]): Map<string, api.ToolCounts> {
    return this.tables.tools.counts(ids);
  }

  listedTrials(ids: readonly number[]): ListedTrial[] {
    return this.tables.trials.listed(ids);
  }

  listedFailures(ids: readonly number[]): FailedCallRow[] {
    return this.tables.failedCalls.listed(ids);
  }

  listedExamples(ids: readonly number[]): Omit<ExampleRow, 'stale'>[] {
    return this.tables.examples.listed(ids);
  }
}
