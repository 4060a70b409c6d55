/** Verifying examples, and the examples on which a person has the last word. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { estimateTokens } from '../../../core/chat.ts';
import { UserError } from '../../../core/errors.ts';
import { judgeMessages, judgeTokens } from '../../../core/exploit/verify/judge.ts';
import type { Job } from '../../../core/job.ts';
import { isOffline } from '../../../models/index.ts';
import type { PageParams } from '../../../protocol/engine.ts';
import type { JobEstimate, ReviewQueue, VerifyParams } from '../../../protocol/exploit.ts';
import type { BoundTool } from '../../../tools/boundTool.ts';
import { chooseModel, openModel } from '../../models.ts';
import type { EngineOptions } from '../../ports.ts';
import { budgetOfRun } from '../../runs/budgetOfRun.ts';
import { findTool } from '../../runs/chooseTools.ts';
import type { StoreHolder } from '../../storeHolder.ts';
import type { JobStart } from '../jobs.ts';
import { candidate, itemsOf } from './items.ts';
import { isCheap } from './madeAgain.ts';
import { judgeCase } from './stages.ts';
import { callableBy } from './work.ts';

interface VerificationsAround {
  options: EngineOptions;
  stores: () => StoreHolder;
  /** All tools of the catalogue, once the search for them has ended. */
  tools: () => Promise<readonly BoundTool[]>;
  begin: (start: JobStart) => Promise<Job>;
  /** Counts of tools are others now. */
  changed: () => void;
}

/** Examples that are looked at in one slice. */
const slice = 50;
/** A judge that cannot be understood is asked once more. */
const mostAsked = 2;

export class Verifications {
  readonly #around: VerificationsAround;

  constructor(around: VerificationsAround) {
    this.#around = around;
  }

  /** Begins to verify; resolves once the job is in the database. Without a language model no judge is asked. */
  async verify(params: VerifyParams): Promise<Job> {
    const tools = await this.#idsOf(params.tools);
    const { model, baseUrl, budget, stale = false, again = false } = params;
    const judge = this.#judge(params);
    return this.#around.begin({
      kind: 'verify',
      params: { tools, stale, again },
      model:
        judge === null
          ? null
          : { ...(model === undefined ? {} : { model }), ...(baseUrl === undefined ? {} : { baseUrl }) },
      ...(budget ? { budget } : {}),
    });
  }

  /** What that would take at most. */
  async estimate(params: VerifyParams): Promise<JobEstimate> {
    const { options, stores } = this.#around;
    const asked = await this.#idsOf(params.tools);
    const choice = this.#judge(params);
    const model = choice && (await openModel(choice, options));
    const budget = budgetOfRun(params.budget, options.settings, []);
    const none = { examples: 0, modelCalls: 0, toolCalls: 0, tokens: 0, usd: 0 };
    const store = await stores().forReading();
    if (store === null) return { ...none, budget, model: model?.label ?? null };
    const callable = callableBy(asked, await this.#around.tools());
    const selection = {
      tools: asked,
      stale: params.stale ?? false,
      again: params.again ?? false,
      judging: model !== null,
    };
    const items = await itemsOf(store, selection, callable);
    let [input, toolCalls] = [0, 0];
    for (const [index, { kind, id, tool: toolId }] of items.entries()) {
      // Trials are large: the engine answers others in between.
      if (index % slice === 0) await nextTurn();
      const found = kind === 'candidate' ? candidate(store, id, callable.bound) : null;
      const example = found?.example ?? store.example(id);
      const tool = callable.bound.get(toolId)?.tool;
      if (example === null || tool === undefined) continue;
      const trial = found?.trial ?? store.trial(example.provenance.trialId);
      if (isCheap(example, trial, callable)) toolCalls += example.calls.length;
      const messages = judgeMessages(judgeCase(example, tool, trial, callable.bound));
      input += estimateTokens(messages.map(({ content }) => content).join(''));
    }
    const judged = model === null ? 0 : items.length * mostAsked;
    const tokens =
      model === null ? { input: 0, output: 0 } : { input: input * mostAsked, output: judged * judgeTokens };
    const usd = model === null ? 0 : model.price(tokens.input, tokens.output);
    return {
      examples: items.length,
      modelCalls: atMost(judged, budget.modelCalls),
      toolCalls,
      tokens: atMost(tokens.input + tokens.output, budget.tokens),
      usd: usd === null ? null : atMost(usd, budget.usd),
      budget,
      model: model?.label ?? null,
    };
  }

  /** Examples on which evidence and judge disagree, the newest first. */
  async reviewQueue(page: PageParams): Promise<ReviewQueue> {
    const store = await this.#around.stores().forReading();
    if (store === null) return { rows: [], next: null, total: 0, agreement: { agreed: 0, of: 0 } };
    const { rows, next } = store.examples({ ...page, verification: 'review' });
    const { waiting, agreed, of } = store.reviewCounts(page.tool);
    return { rows, next, total: waiting, agreement: { agreed, of } };
  }

  /** A person's word, which no job changes. False when there is no such example. Rejects with `UserError`. */
  async review(id: string, accepted: boolean): Promise<boolean> {
    const { options, stores, changed } = this.#around;
    if (!options.trusted || options.onlyRead)
      throw new UserError(
        'Nothing is changed in a workspace that is not trusted.',
        'Trust the workspace to rule on examples in it.',
      );
    const lease = await stores().lease();
    let ruled: boolean;
    try {
      const { store } = lease;
      // What somebody has done to the file since is not to be written over.
      await store.readFiles();
      const example = store.example(id);
      const verification = accepted ? 'accepted' : 'rejected';
      ruled = example !== null && store.changeExamples([{ ...example, verification }]) > 0;
      await store.flushExamples();
    } finally {
      await lease.release();
    }
    if (ruled) changed();
    return ruled;
  }

  async #idsOf(names: readonly string[]): Promise<string[]> {
    const tools = await this.#around.tools();
    return [...new Set(names.map((name) => findTool(name, tools).tool.id))];
  }

  /** Null where none is to be asked: nobody has chosen a model, or the offline sampler. */
  #judge(params: VerifyParams): ReturnType<typeof chooseModel> | null {
    const { options } = this.#around;
    if ((params.model ?? options.settings.model ?? options.defaultModel) === null) return null;
    const choice = chooseModel(params, options);
    return isOffline(choice.model) ? null : choice;
  }
}

function atMost(amount: number, limit: number | null): number {
  return limit === null ? amount : Math.min(amount, limit);
}
