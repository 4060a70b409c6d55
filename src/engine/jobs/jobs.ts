import { randomBytes } from 'node:crypto';
import { type ChatModel, noUsage } from '../../core/chat.ts';
import { BudgetExhausted, Cancelled, UserError } from '../../core/errors.ts';
import type { Job, JobKind } from '../../core/job.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Page } from '../../core/rows.ts';
import type { Budget } from '../../core/run.ts';
import type { Store } from '../../store/index.ts';
import type { BoundTool } from '../../tools/boundTool.ts';
import { explain, StoreFailure, WrongRequest } from '../errors.ts';
import type { EventBatches } from '../events.ts';
import { checkMoneyLimit, chooseModel, openModel } from '../models.ts';
import { pageOf } from '../pages.ts';
import type { EngineOptions } from '../ports.ts';
import { BudgetAccount } from '../runs/budget.ts';
import { budgetOfRun } from '../runs/budgetOfRun.ts';
import { meteredModel } from '../runs/meteredModel.ts';
import type { StoreHolder } from '../storeHolder.ts';

/** What a job has while it works. */
export interface JobContext {
  readonly job: Job;
  /** Within the budget of the job; null where none is asked. */
  readonly model: ChatModel | null;
  readonly store: Store;
  readonly signal: AbortSignal;
  /** Says how far it is; durable and published. `done` and `of` count steps. */
  progress(done: number, of: number, doing?: string): void;
}

/**
 * The work of one kind. Resolves with the result. It keeps each step as it is done (`store.putJobStep`, `changeExamples`, …)
 * and skips what it finds kept, so that a resumed job goes on. Rejects with `Cancelled`, `BudgetExhausted`, `UserError`.
 */
export type JobWork = (context: JobContext) => Promise<JsonObject>;

/** How a job is begun. */
export interface JobStart {
  kind: JobKind;
  params: JsonObject;
  /** Null: no model is asked. */
  model: { model?: string; baseUrl?: string } | null;
  budget?: Partial<Budget>;
}

/** What those need who estimate and begin jobs of a kind. */
export interface JobsBegun {
  options: EngineOptions;
  stores: () => StoreHolder;
  /** All tools of the catalogue, once the search for them has ended. */
  tools: () => Promise<readonly BoundTool[]>;
  begin: (start: JobStart) => Promise<Job>;
}

interface JobsAround {
  options: EngineOptions;
  events: EventBatches;
  stores: () => StoreHolder;
  /** The work of each kind. */
  works: Record<JobKind, JobWork>;
}

/** Jobs of this process: begun, stopped, resumed. One at a time: each writes to the files of examples. */
export class Jobs {
  readonly #around: JobsAround;
  #live: { id: string; abort: AbortController; ended: Promise<Job> } | null = null;

  constructor(around: JobsAround) {
    this.#around = around;
  }

  /** Begins a job; resolves once it is in the database. Rejects with `UserError`. */
  async start({ kind, params, model: asked, budget: limits }: JobStart): Promise<Job> {
    this.#checkFree();
    const { options } = this.#around;
    const choice = asked && chooseModel(asked, options);
    const model = choice && (await openModel(choice, options));
    const budget = budgetOfRun(limits, options.settings, []);
    if (model) checkMoneyLimit(model, budget);
    const job: Job = {
      id: `j${Date.now().toString(36)}${randomBytes(3).toString('hex')}`,
      kind,
      status: 'running',
      params,
      budget,
      model: model &&
        choice && {
          id: choice.model,
          label: model.label,
          baseUrl: choice.baseUrl,
          isLanguageModel: model.isLanguageModel,
        },
      done: 0,
      of: 0,
      result: null,
      usage: noUsage(),
      startedAt: Date.now(),
      endedAt: null,
      error: null,
    };
    return this.#begin(job, model, (store) => store.createJob(job));
  }

  /** Goes on with a job that was stopped, cut off or has failed; `budget` replaces its limits. Rejects with `UserError`. */
  async resume(id: string, budget: Partial<Budget> = {}): Promise<Job> {
    this.#checkFree();
    const before = (await this.#around.stores().forReading())?.job(id);
    if (!before) throw new WrongRequest(`There is no job "${id}".`, 'Look at the list of jobs.');
    if (before.status === 'finished')
      throw new WrongRequest(`The job "${id}" is finished.`, 'Begin a new one.');
    const { model: known } = before;
    const model =
      known && (await openModel({ model: known.id, baseUrl: known.baseUrl }, this.#around.options));
    const patch = {
      status: 'running' as const,
      endedAt: null,
      error: null,
      budget: { ...before.budget, ...budget },
    };
    if (model) checkMoneyLimit(model, patch.budget);
    return this.#begin({ ...before, ...patch }, model, (store) => store.updateJob(id, patch));
  }

  /** Resolves when the job has ended, however it did. */
  async finished(id: string): Promise<Job> {
    if (this.#live?.id === id) return this.#live.ended;
    const job = (await this.#around.stores().forReading())?.job(id);
    if (!job) throw new WrongRequest(`There is no job "${id}".`, 'Look at the list of jobs.');
    return job;
  }

  /** The newest first. */
  async page(params: { after?: string; limit: number; kind?: JobKind }): Promise<Page<Job>> {
    const store = await this.#around.stores().forReading();
    return store ? store.jobs(params) : pageOf([]);
  }

  /** Ends what is under way; resolves when it has ended. */
  async stop(): Promise<void> {
    this.#live?.abort.abort();
    await this.#live?.ended;
  }

  #checkFree(): void {
    if (!this.#around.options.trusted)
      throw new WrongRequest('This workspace is not trusted, so no model is asked.', 'Trust it first.');
    if (this.#live)
      throw new WrongRequest('Such work is under way already.', 'Wait for its end, or stop it.');
  }

  async #begin(job: Job, model: ChatModel | null, write: (store: Store) => void): Promise<Job> {
    const lease = await this.#around.stores().lease();
    try {
      await lease.store.readFiles();
      // Nothing is waited for from here on: of two that were begun at once, the second one finds the first.
      this.#checkFree();
      write(lease.store);
    } catch (error) {
      await lease.release();
      throw error;
    }
    const abort = new AbortController();
    const ended = this.#work(job, model, lease.store, abort.signal).finally(async () => {
      this.#live = null;
      await lease.release();
    });
    this.#live = { id: job.id, abort, ended };
    return job;
  }

  /** Never rejects. */
  async #work(job: Job, model: ChatModel | null, store: Store, signal: AbortSignal): Promise<Job> {
    const { events, works } = this.#around;
    const tell = (now: Job, doing?: string): void =>
      events.publish({ type: 'job', job: now, ...(doing === undefined ? {} : { doing }) });
    const account = new BudgetAccount(job.budget, job.usage);
    const keep = (usage: Job['usage']): void => {
      try {
        store.addJobUsage(job.id, usage);
      } catch (error) {
        throw new StoreFailure(error);
      }
    };
    tell(job);
    let end: Pick<Job, 'status' | 'result' | 'error'>;
    try {
      const context: JobContext = {
        job,
        model: model && meteredModel(model, account, keep),
        store,
        signal,
        progress: (done, of, doing) => {
          store.updateJob(job.id, { done, of });
          tell(store.job(job.id) ?? job, doing);
        },
      };
      end = { status: 'finished', result: await works[job.kind](context), error: null };
    } catch (error) {
      // What it has kept of its result so far is what it comes to.
      end = { ...endOf(error), result: store.job(job.id)?.result ?? null };
    }
    try {
      await store.flushExamples();
    } catch (error) {
      end = { ...endOf(error), result: end.result };
    }
    let last: Job = { ...job, ...end, endedAt: Date.now() };
    try {
      store.updateJob(job.id, { ...end, endedAt: last.endedAt });
      last = store.job(job.id) ?? last;
    } catch (error) {
      last = { ...last, status: 'failed', error: explain(error) };
    }
    tell(last);
    return last;
  }
}

function endOf(error: unknown): Pick<Job, 'status' | 'error'> {
  if (error instanceof Cancelled) return { status: 'stopped', error: null };
  if (error instanceof BudgetExhausted) return { status: 'budget', error: null };
  return { status: 'failed', error: explain(error) };
}

/** Throws `UserError` where the work needs a language model and there is none. */
export function languageModelOf({ model }: JobContext, what: string): ChatModel {
  if (model?.isLanguageModel) return model;
  throw new UserError(
    `${what} needs a language model; the offline sampler is none.`,
    'Choose one: --model in a terminal, Set Model… in the editor.',
  );
}
