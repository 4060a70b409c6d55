/** Evaluations of a workspace: estimated, begun, looked at again, held against each other. */
import { type ChatModel, estimateTokens } from '../../../core/chat.ts';
import { type Comparison, compareEvaluations } from '../../../core/evaluate/compare.ts';
import { conditions as allConditions, type Condition } from '../../../core/evaluate/conditions.ts';
import { OfferedTools, usuallyOffered } from '../../../core/evaluate/offered.ts';
import { askedAt, type Plan, placesOf } from '../../../core/evaluate/plan.ts';
import type { EvaluationReport } from '../../../core/evaluate/report.ts';
import { answerRequest, answerTokens } from '../../../core/evaluate/request.ts';
import type { Job } from '../../../core/job.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Tool } from '../../../core/tool.ts';
import { isOffline } from '../../../models/index.ts';
import type { EvaluateParams, EvaluationEstimate } from '../../../protocol/engine.ts';
import type { Store } from '../../../store/index.ts';
import { WrongRequest } from '../../errors.ts';
import { chooseModel, openModel } from '../../models.ts';
import type { EngineOptions } from '../../ports.ts';
import { budgetOfRun } from '../../runs/budgetOfRun.ts';
import type { StoreHolder } from '../../storeHolder.ts';
import type { Jobs } from '../jobs.ts';
import { asJson } from './asJson.ts';
import { keptEvaluation, reportSoFar } from './evaluateWork.ts';
import { type PlanSettings, planOf } from './makePlan.ts';
import { materialOfData, materialOfExamples } from './material.ts';
import { readData } from './readData.ts';

interface Around {
  options: EngineOptions;
  stores: () => StoreHolder;
  jobs: () => Jobs;
  /** The tools of the workspace, once all of them are known. */
  tools: () => Promise<readonly Tool[]>;
}

/** Tokens that an answer takes as a rule: a call. */
const usualAnswer = 100;
const usualShare = 0.3;
const usualSeed = 1;

export class Evaluations {
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  /** What it will take. Rejects with `WrongRequest` for what cannot be evaluated. */
  async estimate(params: EvaluateParams): Promise<EvaluationEstimate> {
    const model = await this.#model(params);
    const plan = await this.plan(params, await this.#around.stores().forReading());
    let tokens = 0;
    let usd: number | null = 0;
    let modelCalls = 0;
    for (const place of placesOf(plan)) {
      const { messages, tools = [] } = answerRequest(askedAt(plan, place), plan.protocol);
      const input = estimateTokens(JSON.stringify(messages) + JSON.stringify(tools));
      const price = model.price(input, usualAnswer);
      tokens += input + Math.min(usualAnswer, answerTokens);
      usd = usd === null || price === null ? null : usd + price;
      modelCalls += 1;
    }
    return {
      model: model.label,
      questions: plan.questions.length,
      demonstrations: plan.demonstrations,
      modelCalls,
      tokens,
      usd,
      budget: budgetOfRun(params.budget, this.#around.options.settings, []),
      notes: plan.notes,
    };
  }

  /** Begins an evaluation; resolves once it is in the database. Rejects with `UserError`. */
  async start(params: EvaluateParams): Promise<Job> {
    this.#checkModel(params);
    const { model, baseUrl, budget, ...rest } = params;
    settingsOf(rest, this.#around.options);
    return this.#around.jobs().start({
      kind: 'evaluate',
      // What the person has set may be another when the job goes on.
      params: asJson({ ...rest, protocol: settingsOf(rest, this.#around.options).protocol }),
      model: { ...(model === undefined ? {} : { model }), ...(baseUrl === undefined ? {} : { baseUrl }) },
      ...(budget === undefined ? {} : { budget }),
    });
  }

  /** The plan of a job. */
  readonly planOfJob = (job: Job, store: Store): Promise<Plan> =>
    this.plan(job.params as JsonObject & EvaluateParams, store);

  /** What will be asked. Rejects with `WrongRequest`. */
  async plan(params: EvaluateParams, store: Store | null): Promise<Plan> {
    const settings = settingsOf(params, this.#around.options);
    const { offer = usuallyOffered, share = usualShare, demonstrations = false, data } = params;
    const catalogue = await this.#around.tools();
    const offered = new OfferedTools(catalogue, offer);
    if (data !== undefined) {
      const read = await readData(data, catalogue, offered);
      return planOf(materialOfData(store, read, demonstrations), settings);
    }
    if (store === null)
      throw new WrongRequest('Nothing was explored here yet.', 'Explore first: imaginarium explore.');
    const { seed } = settings;
    return planOf(materialOfExamples(store, offered, { share, seed, demonstrations }), settings);
  }

  /** What an evaluation has shown: its result, or what can be said so far. Rejects with `WrongRequest`. */
  async report(id: string): Promise<{ job: Job; report: EvaluationReport | null }> {
    const { store, job } = await this.#kept(id);
    const report = job.status === 'finished' ? job.result : null;
    return { job, report: (report as EvaluationReport | null) ?? reportSoFar(store, id) };
  }

  /** Two evaluations of the same questions, each condition that both have. Rejects with `WrongRequest`. */
  async compare(before: string, after: string): Promise<Comparison[]> {
    const sides = await Promise.all(
      [before, after].map(async (id) => {
        const { store } = await this.#kept(id);
        const { plan, answers } = keptEvaluation(store, id);
        if (plan === null)
          throw new WrongRequest(`The evaluation "${id}" has asked nothing yet.`, 'Go on with it.');
        return { plan, answers };
      }),
    );
    const [one, other] = sides as [(typeof sides)[0], (typeof sides)[0]];
    const compared = compareEvaluations(one, other);
    if (compared.length > 0) return compared;
    throw new WrongRequest(
      'These two evaluations have no question in common that both have asked under one condition.',
      'Compare evaluations of the same data with the same seed.',
    );
  }

  async #kept(id: string): Promise<{ store: Store; job: Job }> {
    const store = await this.#around.stores().forReading();
    const job = store?.job(id) ?? null;
    if (store !== null && job?.kind === 'evaluate') return { store, job };
    throw new WrongRequest(
      `There is no evaluation "${id}".`,
      'Look at the list: imaginarium evaluate --list.',
    );
  }

  #model(params: Pick<EvaluateParams, 'model' | 'baseUrl'>): Promise<ChatModel> {
    return openModel(this.#checkModel(params), this.#around.options);
  }

  #checkModel(params: Pick<EvaluateParams, 'model' | 'baseUrl'>): ReturnType<typeof chooseModel> {
    const choice = chooseModel(params, this.#around.options);
    if (!isOffline(choice.model)) return choice;
    throw new WrongRequest(
      'An evaluation needs a language model; the offline sampler is none, so nothing it answers says anything about one.',
      'Choose one: --model in a terminal, Set Model… in the editor.',
    );
  }
}

/** Throws `WrongRequest` for values that make no evaluation. */
function settingsOf(params: EvaluateParams, { settings }: Pick<EngineOptions, 'settings'>): PlanSettings {
  const { conditions = [...allConditions], k, repeat = 1, seed = usualSeed, limit, offer, share } = params;
  const unknown = conditions.find((one) => !allConditions.includes(one));
  if (unknown !== undefined || conditions.length === 0) {
    throw new WrongRequest(
      unknown === undefined ? 'An evaluation needs a condition.' : `There is no condition "${unknown}".`,
      `Choose among ${allConditions.join(', ')}.`,
    );
  }
  for (const [name, value, lowest, highest] of [
    ['k', k, 1, 64],
    ['repeat', repeat, 1, 100],
    ['limit', limit, 1, 1_000_000],
    ['offer', offer, 1, 128],
  ] as const) {
    if (value !== undefined && !(Number.isInteger(value) && value >= lowest && value <= highest))
      throw new WrongRequest(`"${name}" is ${value}.`, `Give a whole number from ${lowest} to ${highest}.`);
  }
  if (share !== undefined && !(share > 0 && share < 1))
    throw new WrongRequest(`"share" is ${share}.`, 'Give a number between 0 and 1.');
  return {
    conditions: [...new Set<Condition>(conditions)],
    k: k ?? null,
    repeat,
    seed,
    limit: limit ?? null,
    protocol: params.protocol ?? settings.protocol ?? 'tools',
  };
}
