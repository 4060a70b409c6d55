import type { ChatModel } from '../../core/chat.ts';
import type { PromptSet } from '../../core/explore/index.ts';
import type { Run } from '../../core/run.ts';
import type { Tool } from '../../core/tool.ts';
import type { RunSummary } from '../../protocol/engine.ts';
import type { BoundTool } from '../../tools/boundTool.ts';
import { explain, StoreFailure } from '../errors.ts';
import type { EventBatches } from '../events.ts';
import type { ApprovalPort } from '../ports.ts';
import type { StoreLease } from '../storeHolder.ts';
import { RiskLadder } from './approvals.ts';
import { BudgetAccount } from './budget.ts';
import { reallyCallable } from './chooseTools.ts';
import { FileFlusher } from './fileFlusher.ts';
import { meteredModel } from './meteredModel.ts';
import { notice } from './notices.ts';
import type { RunContext } from './runContext.ts';
import { EarlyEnd, exploreTools, type RunEnd } from './scheduler.ts';
import { Slots } from './slots.ts';
import { summarize } from './summary.ts';
import { type ToolCaller, ToolCalls } from './toolCalls.ts';

/** What a run is made of beside its record. */
export interface RunParts {
  /** Released when the run has ended. */
  lease: StoreLease;
  events: EventBatches;
  approvals: ApprovalPort;
  caller: ToolCaller;
  model: ChatModel;
  prompts: PromptSet;
  /** The tools of the run, in its order. */
  tools: readonly Tool[];
  catalogue: readonly BoundTool[];
}

/** A run that is under way in this process. It begins when it is made. */
export class LiveRun {
  /** The record as it stood at the start. */
  readonly run: Run;
  /** Resolves when the run has ended and everybody has been told. Never rejects. */
  readonly ended: Promise<RunSummary>;
  readonly #parts: RunParts;
  readonly #abort = new AbortController();
  readonly #end = new EarlyEnd(this.#abort);
  /** Once the run has ended and the store is given back. */
  #last: RunSummary | null = null;

  /** `run` is in the store already, with the status `running`. */
  constructor(run: Run, parts: RunParts) {
    this.run = run;
    this.#parts = parts;
    this.ended = this.#work().catch((error: unknown) => this.#broken(error));
  }

  /** Ends the run as `stopped`: model calls and tools under way are broken off. */
  stop(): void {
    this.#end.stop();
  }

  summary(): RunSummary {
    if (this.#last) return this.#last;
    const { store } = this.#parts.lease;
    return summarize(store, store.run(this.run.id) ?? this.run);
  }

  async #work(): Promise<RunSummary> {
    const { lease, events } = this.#parts;
    const files = new FileFlusher(
      () => lease.store.flushExamples(),
      (error) => this.#end.fail(error),
    );
    events.publish({ type: 'run', run: this.summary() });
    const slots = new Slots(this.run.concurrency);
    const context = this.#context(files, slots);
    let end = await exploreTools(context, this.#parts.tools, slots, this.#end);
    try {
      await files.now();
    } catch (error) {
      this.#end.fail(error);
      end = this.#end.result();
    }
    const summary = this.#finish(end);
    this.#last = summary;
    await lease.release();
    events.publish({ type: 'run', run: summary });
    await events.sent();
    return summary;
  }

  /** Not even the end could be read back: what is known of the run is its beginning. */
  #broken(error: unknown): RunSummary {
    const { settings, tools } = this.run;
    this.#abort.abort();
    this.#last = {
      ...this.run,
      status: 'failed',
      error: explain(error),
      counts: { trials: 0, examples: 0, failures: 0, lessons: 0 },
      planned: tools.length * settings.episodes * settings.trials,
    };
    return this.#last;
  }

  #context(files: FileFlusher, slots: Slots): RunContext {
    const { run } = this;
    const { events, catalogue, prompts, caller, approvals: port } = this.#parts;
    const { store } = this.#parts.lease;
    const { signal } = this.#abort;
    const ladder = new RiskLadder({ runId: run.id, allowWrites: run.allowWrites, port, slots, signal });
    const account = new BudgetAccount(run.budget, run.usage);
    const keep = (usage: Run['usage']) => {
      try {
        store.addUsage(run.id, usage);
      } catch (error) {
        throw new StoreFailure(error);
      }
    };
    const bound = new Map(catalogue.map((one) => [one.tool.id, one]));
    const said = new Set<string>();
    return {
      run,
      store,
      events,
      prompts,
      files,
      signal,
      model: meteredModel(this.#parts.model, account, keep),
      catalogue: catalogue.map((one) => one.tool),
      real: reallyCallable(run.tools, bound),
      calls: new ToolCalls(caller, bound, ladder, store),
      closing: () => this.#end.closing,
      mismatch: (message) => {
        if (message.type !== 'notice' || said.has(message.message)) return;
        said.add(message.message);
        events.publish(message);
      },
    };
  }

  /** Writes the end down. A store that cannot take even that leaves the run to be found as `interrupted`. */
  #finish(end: RunEnd): RunSummary {
    const { events } = this.#parts;
    const { store } = this.#parts.lease;
    const ended = { ...end, endedAt: Math.max(Date.now(), this.run.startedAt) };
    try {
      store.updateRun(this.run.id, ended);
    } catch (error) {
      const { message, advice } = explain(error);
      events.publish(notice(this.run.id, 'error', message, advice));
      return { ...this.summary(), ...ended, status: 'failed', error: end.error ?? { message, advice } };
    }
    return this.summary();
  }
}
