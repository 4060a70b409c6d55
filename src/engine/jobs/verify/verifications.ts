/** Verifying examples, and the examples on which a person has the last word. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { estimateTokens } from '../../../core/chat.ts';
import { UserError } from '../../../core/errors.ts';
import { judgeMessages, judgeTokens } from '../../../core/exploit/verify/judge.ts';
import type { Job } from '../../../core/job.ts';
import { isOffline } from '../../../models/index.ts';
import type { PageParams } from '../../../protocol/engine.ts';
import type { JobEstimate, ReviewQueue, VerifyParams } from '../../../protocol/exploit.ts';
import type { Store } from '../../../store/index.ts';
import { chooseModel, openModel } from '../../models.ts';
import { budgetOfRun } from '../../runs/budgetOfRun.ts';
import { findTool } from '../../runs/chooseTools.ts';
import type { JobsBegun } from '../jobs.ts';
import { candidate, itemsOf, type Selection } from './items.ts';
import { isCheap } from './madeAgain.ts';
import { judgeCase } from './stages.ts';
import { callableBy } from './work.ts';

interface VerificationsAround extends JobsBegun {
  /** Counts of tools are others now. */
  changed: () => void;
}

/** Examples that an estimate looks at closely, about; the trial of each is read for it. */
const mostSampled = 500;
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
    const { options } = this.#around;
    const tools = await this.#idsOf(params.tools);
    const choice = this.#judge(params);
    const model = choice && (await openModel(choice, options));
    const budget = budgetOfRun(params.budget, options.settings, []);
    const { stale = false, again = false } = params;
    const selection = { tools, stale, again, judging: model !== null };
    const { examples, toolCalls, tokens } = await this.#survey(selection);
    const asked = model === null ? 0 : examples * mostAsked;
    const [input, output] = model === null ? [0, 0] : [tokens * mostAsked, asked * judgeTokens];
    const usd = model === null ? 0 : model.price(input, output);
    return {
      examples,
      modelCalls: atMost(asked, budget.modelCalls),
      toolCalls,
      tokens: atMost(input + output, budget.tokens),
      usd: usd === null ? null : atMost(usd, budget.usd),
      budget,
      model: model?.label ?? null,
    };
  }

  /** Looking takes a while, in which a run may begin or end: then the store is another one, which is looked into anew. */
  async #survey(selection: Selection): Promise<Survey> {
    const callable = callableBy(selection.tools, await this.#around.tools());
    for (;;) {
      const stores = this.#around.stores();
      const store = await stores.forReading();
      if (store === null) return { examples: 0, toolCalls: 0, tokens: 0 };
      try {
        return await survey(store, selection, callable);
      } catch (error) {
        if (stores.reading === store) throw error;
      }
    }
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

/** What there is to verify. */
interface Survey {
  examples: number;
  /** That can be made again. */
  toolCalls: number;
  /** Estimated, of one question about each. */
  tokens: number;
}

/** Of very many the same share of each stretch stands for all. */
async function survey(
  store: Store,
  selection: Selection,
  callable: ReturnType<typeof callableBy>,
): Promise<Survey> {
  const items = await itemsOf(store, selection, callable);
  const step = Math.max(1, Math.floor(items.length / mostSampled));
  const sample = items.filter((_, index) => index % step === 0);
  let [toolCalls, tokens] = [0, 0];
  for (const [index, { kind, id, tool: toolId }] of sample.entries()) {
    // Trials are large: the engine answers others in between.
    if (index % slice === 0) await nextTurn();
    const found = kind === 'candidate' ? candidate(store, id, callable.bound) : null;
    const example = found?.example ?? store.example(id);
    const tool = callable.bound.get(toolId)?.tool;
    if (example === null || tool === undefined) continue;
    const trial = found?.trial ?? store.trial(example.provenance.trialId);
    if (isCheap(example, trial, callable)) toolCalls += example.calls.length;
    const messages = judgeMessages(judgeCase(example, tool, trial, callable.bound));
    tokens += estimateTokens(messages.map(({ content }) => content).join(''));
  }
  const scale = sample.length === 0 ? 0 : items.length / sample.length;
  return {
    examples: items.length,
    toolCalls: Math.ceil(toolCalls * scale),
    tokens: Math.ceil(tokens * scale),
  };
}

function atMost(amount: number, limit: number | null): number {
  return limit === null ? amount : Math.min(amount, limit);
}
