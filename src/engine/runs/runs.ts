import { randomBytes, randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { noUsage } from '../../core/chat.ts';
import type { Budget, Estimate, Run } from '../../core/run.ts';
import type { Tool } from '../../core/tool.ts';
import type { ExploreParams, RunEstimate, RunSummary } from '../../protocol/engine.ts';
import { WrongRequest } from '../errors.ts';
import type { EventBatches } from '../events.ts';
import { checkMoneyLimit, chooseModel, openModel } from '../models.ts';
import type { EngineOptions } from '../ports.ts';
import { readPrompts } from '../prompts.ts';
import type { StoreHolder, StoreLease } from '../storeHolder.ts';
import type { Workspace } from '../workspace.ts';
import { budgetOfRun, raisedBudget } from './budgetOfRun.ts';
import { chooseTools } from './chooseTools.ts';
import { estimateRun } from './estimate.ts';
import { LiveRun } from './liveRun.ts';
import { notice } from './notices.ts';
import { findResumable, type ResumeChanges } from './resumable.ts';
import { concurrencyOf, exploreSettings } from './settings.ts';
import { summarize } from './summary.ts';
import type { ToolCaller } from './toolCalls.ts';

/** What runs need of the engine around them. */
export interface RunsOptions {
  options: EngineOptions;
  workspace: Workspace;
  events: EventBatches;
  caller: ToolCaller;
  /** Another one when the first workspace folder changes. */
  stores: () => StoreHolder;
}

/** A run before it is written down. */
interface Plan {
  run: Omit<Run, 'id' | 'memoryUpTo' | 'startedAt'>;
  tools: Tool[];
  leftOut: string[];
  ofEditor: number;
  model: Awaited<ReturnType<typeof openModel>>;
  prompts: Awaited<ReturnType<typeof readPrompts>>;
}

/** Starts, stops and resumes runs, and knows those that are under way in this process. */
export class Runs {
  readonly #around: RunsOptions;
  readonly #live = new Map<string, LiveRun>();

  constructor(around: RunsOptions) {
    this.#around = around;
  }

  get live(): LiveRun[] {
    return [...this.#live.values()];
  }

  async estimate(params: ExploreParams): Promise<RunEstimate> {
    const { run, tools, leftOut, ofEditor } = await this.#plan(params);
    // What is played changes nothing, so nobody is asked.
    const asks = tools
      .filter(({ id }) => !run.simulated?.includes(id))
      .filter(({ risk }) => risk === 'destructive' || (risk !== 'read' && params.allowWrites !== true));
    const { episodes, trials, stopRule } = run.settings;
    return {
      ...run.estimate,
      asksFor: asks.map(({ id, risk }) => ({ tool: id, risk })),
      leftOut,
      editorTools: ofEditor,
      settings: { episodes, trials, stopRule },
      budget: run.budget,
    };
  }

  async start(params: ExploreParams): Promise<{ runId: string; estimate: Estimate }> {
    const plan = await this.#plan(params);
    return this.#withStore(async ({ store }, keep) => {
      await store.readFiles();
      this.#checkIdle(plan.tools);
      const run: Run = {
        ...plan.run,
        id: newRunId(),
        memoryUpTo: plan.run.settings.memoryAcrossRuns ? store.lastSeq() : 0,
        startedAt: Date.now(),
      };
      store.createRun(run);
      this.#begin(run, plan, keep());
      // No warning: the estimate has said it before the start.
      for (const why of plan.leftOut) this.#around.events.publish(notice(run.id, 'info', why));
      return { runId: run.id, estimate: run.estimate };
    });
  }

  /** Goes on with a run: same settings, seed and model, and what is left of the budget. */
  async resume(
    runId?: string,
    changes: ResumeChanges = {},
  ): Promise<{ runId: string } | { nothing: string }> {
    this.#checkTrust();
    return this.#withStore(async ({ store }, keep) => {
      const found = findResumable(store, runId);
      if ('nothing' in found) return found;
      const before = found.run;
      const choice = { model: before.model.id, baseUrl: changes.baseUrl ?? before.model.baseUrl };
      const model = await openModel(choice, this.#around.options);
      const prompts = await readPrompts(before.promptsDir);
      const budget = { ...this.#limitsOf(before, changes), ...changes.budget };
      checkMoneyLimit(model, budget);
      const tools = this.#toolsOf(before);
      this.#checkIdle(tools);
      const patch = { status: 'running' as const, endedAt: null, error: null, budget };
      store.updateRun(before.id, patch);
      this.#begin({ ...before, ...patch }, { tools, model, prompts }, keep());
      return { runId: before.id };
    });
  }

  async stop(runId?: string): Promise<{ stopped: string[] }> {
    const runs = this.live.filter(({ run }) => runId === undefined || run.id === runId);
    for (const live of runs) live.stop();
    await Promise.all(runs.map((live) => live.ended));
    return { stopped: runs.map(({ run }) => run.id) };
  }

  async finished(runId: string): Promise<RunSummary> {
    const live = this.#live.get(runId);
    if (live) return live.ended;
    const store = await this.#around.stores().forReading();
    const run = store?.run(runId);
    if (!store || !run) throw new WrongRequest(`There is no run "${runId}".`, 'Look at the list of runs.');
    return summarize(store, run);
  }

  /** Does `work` with the store for writing; `keep` takes the lease over, else it ends with the work. */
  async #withStore<T>(work: (lease: StoreLease, keep: () => StoreLease) => Promise<T>): Promise<T> {
    const lease = await this.#around.stores().lease();
    let kept = false;
    try {
      return await work(lease, () => {
        kept = true;
        return lease;
      });
    } finally {
      if (!kept) await lease.release();
    }
  }

  #begin(run: Run, parts: Pick<Plan, 'tools' | 'model' | 'prompts'>, lease: StoreLease): void {
    const { events, caller, options, workspace } = this.#around;
    const { tools, model, prompts } = parts;
    const live = new LiveRun(run, {
      lease,
      events,
      caller,
      model,
      prompts,
      tools,
      approvals: options.approvals,
      catalogue: workspace.tools,
    });
    this.#live.set(run.id, live);
    void live.ended.then(() => this.#live.delete(run.id));
  }

  async #plan(params: ExploreParams): Promise<Plan> {
    this.#checkTrust();
    const { options, workspace } = this.#around;
    const settings = exploreSettings(params.settings, options.settings);
    const concurrency = concurrencyOf(params.concurrency, options.settings.concurrency);
    const { tools, simulated, leftOut, ofEditor } = chooseTools(
      params.tools,
      workspace.tools,
      params.simulate,
    );
    const ids = new Set(tools.map((tool) => tool.id));
    const budget: Budget = budgetOfRun(params.budget, options.settings, workspace.budgetsFor(ids));
    const choice = chooseModel(params, options);
    const promptsDir = params.promptsDir === undefined ? null : resolve(params.promptsDir);
    const prompts = await readPrompts(promptsDir);
    const model = await openModel(choice, options);
    checkMoneyLimit(model, budget);
    return {
      tools,
      model,
      prompts,
      ofEditor,
      leftOut: leftOut.map(
        ({ tool, notRunnable }) =>
          `"${tool.name}" is left out: ${notRunnable ?? 'nothing is named that can run it.'}`,
      ),
      run: {
        status: 'running',
        tools: [...ids],
        ...(simulated.length > 0 ? { simulated } : {}),
        settings,
        budget,
        estimate: estimateRun(tools, settings, budget, (...tokens) => model.price(...tokens), simulated),
        model: {
          id: choice.model,
          label: model.label,
          baseUrl: choice.baseUrl,
          isLanguageModel: model.isLanguageModel,
        },
        seed: params.seed ?? randomInt(2 ** 31 - 1),
        concurrency,
        promptsDir,
        allowWrites: params.allowWrites ?? false,
        endedAt: null,
        usage: noUsage(),
        error: null,
      },
    };
  }

  #limitsOf(run: Run, { raised }: ResumeChanges): Budget {
    if (!raised || run.status !== 'budget') return run.budget;
    const { options, workspace } = this.#around;
    const sources = workspace.budgetsFor(new Set(run.tools));
    return raisedBudget(run.budget, budgetOfRun(undefined, options.settings, sources));
  }

  /** The tools of a run that are still there and can still be run, or are played in it; says which are not. */
  #toolsOf(run: Run): Tool[] {
    const { workspace, events } = this.#around;
    const known = new Map(workspace.tools.map((bound) => [bound.tool.id, bound]));
    return run.tools.flatMap((id) => {
      const bound = known.get(id);
      if (bound && (bound.runner || run.simulated?.includes(id))) return [bound.tool];
      const why = bound ? 'cannot be run any more' : 'is not there any more';
      events.publish(notice(run.id, 'warning', `"${id}" ${why}: the run goes on without it.`));
      return [];
    });
  }

  #checkTrust(): void {
    if (this.#around.options.trusted) return;
    throw new WrongRequest(
      'This workspace is not trusted, so none of its tools is run.',
      'Trust the workspace first.',
    );
  }

  /** Two runs on one tool at once would each miss what the other learns. */
  #checkIdle(tools: readonly Tool[]): void {
    for (const { run } of this.live) {
      const busy = tools.find((tool) => run.tools.includes(tool.id));
      if (!busy) continue;
      throw new WrongRequest(`"${busy.name}" is being explored already.`, 'Wait for that run, or stop it.');
    }
  }
}

/** Sorts roughly by time, and is unique whatever the clock does. */
function newRunId(): string {
  return `r${Date.now().toString(36)}${randomBytes(3).toString('hex')}`;
}
