/** Evaluations of a workspace: estimated, begun, looked at again, held against each other. */
import { setImmediate as breathe } from 'node:timers/promises';
import { type ChatModel, estimateTokens } from '../../../core/chat.ts';
import { type Comparison, compareEvaluations } from '../../../core/evaluate/compare.ts';
import type { LiftPlan, LiftReport } from '../../../core/evaluate/lift.ts';
import { OfferedTools, usuallyOffered } from '../../../core/evaluate/offered.ts';
import { askedAt, askedOf, type Plan, placesOf } from '../../../core/evaluate/plan.ts';
import type { EvaluationReport } from '../../../core/evaluate/report.ts';
import { type Asked, answerRequest } from '../../../core/evaluate/request.ts';
import { type SmallestSet, smallestSet } from '../../../core/evaluate/smallestSet.ts';
import type { Embedder } from '../../../core/exploit/choose/index.ts';
import type { Job } from '../../../core/job.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Example } from '../../../core/trial.ts';
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
import { settingsOf } from './evaluationSettings.ts';
import { liftPlanOf } from './liftPlan.ts';
import { answersOf, liftsSoFar } from './liftWork.ts';
import { type Material, planOf } from './makePlan.ts';
import { materialOfData, materialOfExamples, usableExamples } from './material.ts';
import { readData } from './readData.ts';

interface Around {
  options: EngineOptions;
  stores: () => StoreHolder;
  jobs: () => Jobs;
  /** The tools of the workspace, once all of them are known. */
  tools: () => Promise<readonly Tool[]>;
  /** What compares queries by their meaning; null where no model is set for that. */
  embedder: (asked: { embeddingModel?: string; baseUrl?: string }) => Promise<Embedder | null>;
}

/** Tokens that an answer takes as a rule: a call. */
const usualAnswer = 100;
const usualShare = 0.3;

export class Evaluations {
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  /** What it will take. Rejects with `WrongRequest` for what cannot be evaluated. */
  async estimate(params: EvaluateParams): Promise<EvaluationEstimate> {
    const plan = await this.plan(params, await this.#around.stores().forReading());
    const asked = [...placesOf(plan)].map((place) => askedAt(plan, place));
    return this.#estimated(params, plan, asked, asked.length);
  }

  /** What measuring what examples are worth will take. Rejects with `WrongRequest`. */
  async estimateLift(params: EvaluateParams): Promise<EvaluationEstimate> {
    const plan = await this.liftPlan(params, await this.#around.stores().forReading());
    const asked = plan.questions.map((question) => {
      const { examples } = question;
      return askedOf({ ...plan, lessons: {} }, question, { seed: 0, examples, lessons: [] });
    });
    return this.#estimated(params, plan, asked, answersOf(plan).length);
  }

  /** `asked` may be a part of what is asked: then the rest takes as much for each. */
  async #estimated(
    params: EvaluateParams,
    plan: Pick<Plan, 'questions' | 'demonstrations' | 'notes' | 'protocol'>,
    asked: readonly Asked[],
    modelCalls: number,
  ): Promise<EvaluationEstimate> {
    const model = await this.#model(params);
    let input = 0;
    for (const [index, one] of asked.entries()) {
      const { messages, tools = [] } = answerRequest(one, plan.protocol);
      input += estimateTokens(JSON.stringify(messages) + JSON.stringify(tools));
      if (index % 200 === 199) await breathe();
    }
    const each = asked.length === 0 ? 0 : input / asked.length;
    const price = model.price(Math.round(each), usualAnswer);
    return {
      model: model.label,
      questions: plan.questions.length,
      demonstrations: plan.demonstrations,
      modelCalls,
      tokens: Math.round((each + usualAnswer) * modelCalls),
      usd: price === null ? null : price * modelCalls,
      budget: budgetOfRun(params.budget, this.#around.options.settings, []),
      notes: plan.notes,
    };
  }

  /** Begins an evaluation; resolves once it is in the database. Rejects with `UserError`. */
  start(params: EvaluateParams): Promise<Job> {
    return this.#start('evaluate', params);
  }

  /** Begins measuring what examples are worth, on held-out ones. Rejects with `UserError`. */
  startLift(params: EvaluateParams): Promise<Job> {
    return this.#start('lift', params);
  }

  async #start(kind: 'evaluate' | 'lift', params: EvaluateParams): Promise<Job> {
    this.#checkModel(params);
    const { model, budget, ...rest } = params;
    const { baseUrl } = rest;
    return this.#around.jobs().start({
      kind,
      // What the person has set may be another when the job goes on.
      params: asJson({ ...rest, protocol: settingsOf(rest, this.#around.options).protocol }),
      model: { ...(model === undefined ? {} : { model }), ...(baseUrl === undefined ? {} : { baseUrl }) },
      ...(budget === undefined ? {} : { budget }),
    });
  }

  /** What will be asked. Rejects with `WrongRequest`. */
  async plan(params: EvaluateParams, store: Store | null): Promise<Plan> {
    const settings = settingsOf(params, this.#around.options);
    return planOf(await this.#material(params, store, settings.seed), settings);
  }

  /** What will be asked to measure lift. Rejects with `WrongRequest`. */
  async liftPlan(params: EvaluateParams, store: Store | null): Promise<LiftPlan> {
    const settings = settingsOf(params, this.#around.options);
    const plan = await liftPlanOf(await this.#material(params, store, settings.seed), settings);
    if (plan.pairs.length > 0) return plan;
    throw new WrongRequest(
      'No example is chosen for any held-out query, so nothing can be measured.',
      'Explore more: imaginarium explore.',
    );
  }

  async #material(params: EvaluateParams, store: Store | null, seed: number): Promise<Material> {
    const { offer = usuallyOffered, share = usualShare, demonstrations = false, data } = params;
    const catalogue = await this.#around.tools();
    const offered = new OfferedTools(catalogue, offer);
    const embedder = await this.#around.embedder(params);
    if (data !== undefined) {
      const read = await readData(data, { tools: catalogue, offered, limit: offer });
      return { ...materialOfData(store, read, demonstrations), embedder };
    }
    if (store === null)
      throw new WrongRequest('Nothing was explored here yet.', 'Explore first: imaginarium explore.');
    return { ...materialOfExamples(store, offered, { share, seed, demonstrations }), embedder };
  }

  /**
   * Examples for a prompt that is the same for every query: what is measured to help most for its tokens, then what shows
   * something new about the tools.
   *
   * @param tool id; absent: of all tools
   * @param tokensOf what an example takes in the form that it is for
   */
  async smallest(
    { tokens, tool, demonstrations = false }: { tokens: number; tool?: string; demonstrations?: boolean },
    tokensOf: (example: Example) => number,
  ): Promise<SmallestSet> {
    const store = await this.#around.stores().forReading();
    const examples = (store === null ? [] : usableExamples(store, demonstrations)).filter(
      (example) => tool === undefined || example.tool === tool,
    );
    const catalogue = await this.#around.tools();
    return smallestSet(examples, {
      tokens,
      lifts: store?.lifts(examples.map(({ id }) => id)) ?? new Map(),
      tools: new Map(catalogue.map((one) => [one.id, one])),
      tokensOf,
    });
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

  /** What was measured of examples: the result, or what can be said so far. Rejects with `WrongRequest`. */
  async lifts(id: string): Promise<{ job: Job; report: LiftReport | null }> {
    const { store, job } = await this.#kept(id, 'lift');
    const report = job.status === 'finished' ? job.result : null;
    return { job, report: (report as LiftReport | null) ?? liftsSoFar(store, id) };
  }

  async #kept(id: string, kind: Job['kind'] = 'evaluate'): Promise<{ store: Store; job: Job }> {
    const store = await this.#around.stores().forReading();
    const job = store?.job(id) ?? null;
    if (store !== null && job?.kind === kind) return { store, job };
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
