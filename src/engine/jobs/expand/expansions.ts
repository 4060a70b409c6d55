/** Expansions of examples: estimated and begun. */
import { estimateTokens } from '../../../core/chat.ts';
import { neededParameters, triesPerSeed } from '../../../core/exploit/expand/index.ts';
import type { Job } from '../../../core/job.ts';
import { isOffline } from '../../../models/index.ts';
import type { ExpandParams, JobEstimate } from '../../../protocol/exploit.ts';
import { WrongRequest } from '../../errors.ts';
import { chooseModel, openModel } from '../../models.ts';
import { budgetOfRun } from '../../runs/budgetOfRun.ts';
import { findTool } from '../../runs/chooseTools.ts';
import type { JobsBegun } from '../jobs.ts';
import { triesOf } from './abstentions.ts';
import { abstentionKinds, abstentionsOf, canAbstain, countOf, plansOf, type ToolPlan } from './plan.ts';

/** More examples of a tool than this are never asked for. */
const mostExamples = 10_000;
/** Tokens of an answer, as a rule: one query, and a judge's word. */
const queryTokens = 40;
const verdictTokens = 60;

export class Expansions {
  readonly #around: JobsBegun;

  constructor(around: JobsBegun) {
    this.#around = around;
  }

  /** Begins an expansion; resolves once the job is in the database. Rejects with `UserError`. */
  async expand(params: ExpandParams): Promise<Job> {
    const tools = await this.#check(params);
    const { model, baseUrl, budget, paraphrases, abstentions } = params;
    return this.#around.begin({
      kind: 'expand',
      params: { tools, paraphrases, abstentions },
      model: { ...(model === undefined ? {} : { model }), ...(baseUrl === undefined ? {} : { baseUrl }) },
      ...(budget ? { budget } : {}),
    });
  }

  /** What that would take at most. */
  async estimate(params: ExpandParams): Promise<JobEstimate> {
    const tools = await this.#check(params);
    const { options, stores } = this.#around;
    const model = await openModel(chooseModel(params, options), options);
    const budget = budgetOfRun(params.budget, options.settings, []);
    const store = await stores().forReading();
    const catalogue = (await this.#around.tools()).map(({ tool }) => tool);
    const plans = store === null ? [] : await plansOf(store, { ...params, tools }, catalogue);
    let [examples, modelCalls, input, output] = [0, 0, 0, 0];
    for (const plan of plans) {
      const one = estimateOf(plan, params);
      examples += plan.seeds.length;
      modelCalls += one.modelCalls;
      input += one.input;
      output += one.output;
    }
    const usd = model.price(input, output);
    return {
      examples,
      modelCalls: atMost(modelCalls, budget.modelCalls),
      toolCalls: 0,
      tokens: atMost(input + output, budget.tokens),
      usd: usd === null ? null : atMost(usd, budget.usd),
      budget,
      model: model.label,
    };
  }

  /** The ids of the tools. Throws `WrongRequest` for what cannot be asked. */
  async #check({ tools: names, paraphrases, abstentions, ...asked }: ExpandParams): Promise<string[]> {
    for (const count of [paraphrases, abstentions]) {
      if (!Number.isInteger(count) || count < 0 || count > mostExamples)
        throw new WrongRequest('There is no such number of examples.', `Give one from 0 to ${mostExamples}.`);
    }
    if (paraphrases === 0 && abstentions === 0)
      throw new WrongRequest('Nothing is asked for.', 'Give a number of paraphrases or of abstentions.');
    if (isOffline(chooseModel(asked, this.#around.options).model)) {
      throw new WrongRequest(
        'Paraphrases and abstentions need a language model; the offline sampler makes none.',
        'Choose one: --model in a terminal, Set Model… in the editor.',
      );
    }
    const tools = await this.#around.tools();
    return [...new Set(names.map((name) => findTool(name, tools).tool.id))];
  }
}

/** What one tool takes at most. */
function estimateOf(
  { tool, seeds, all }: ToolPlan,
  { paraphrases, abstentions }: Pick<ExpandParams, 'paraphrases' | 'abstentions'>,
): { modelCalls: number; input: number; output: number } {
  const total = { modelCalls: 0, input: 0, output: 0 };
  const add = (calls: number, input: number, output: number): void => {
    total.modelCalls += calls;
    total.input += calls * input;
    total.output += calls * output;
  };
  const missing = Math.max(0, paraphrases - countOf(all));
  if (missing > 0) {
    const share = Math.min(8, Math.ceil(missing / Math.max(1, seeds.length)));
    for (const { query, calls } of seeds) {
      const text = query + JSON.stringify(calls.map((call) => call.arguments));
      // What is there already, and what was turned down, is told as well.
      add(triesPerSeed, 300 + estimateTokens(text) + 10 * queryTokens, share * queryTokens);
    }
  }
  const about = 400 + estimateTokens(tool.description + JSON.stringify(tool.parameters));
  for (const kind of abstentionKinds) {
    const wanted = Math.min(10, abstentions - abstentionsOf(all, kind));
    if (wanted <= 0 || !canAbstain(tool, kind)) continue;
    const tries = triesOf(kind, neededParameters(tool).length);
    add(tries, about + 20 * queryTokens, wanted * 2 * queryTokens);
    add(tries * wanted, about, verdictTokens);
  }
  return total;
}

function atMost(amount: number, limit: number | null): number {
  return limit === null ? amount : Math.min(amount, limit);
}
