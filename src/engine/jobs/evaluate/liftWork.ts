/** The job `lift`: answers held-out queries with and without each of the examples that are chosen for them. */
import type { KeptAnswer } from '../../../core/evaluate/answer.ts';
import {
  type ExampleLift,
  type LiftPlan,
  type LiftReport,
  liftOf,
  liftReport,
  withName,
  withoutName,
} from '../../../core/evaluate/lift.ts';
import { askedOf, type PlannedQuestion } from '../../../core/evaluate/plan.ts';
import type { Job } from '../../../core/job.ts';
import type { JsonObject } from '../../../core/json.ts';
import { deriveSeed } from '../../../core/random.ts';
import type { Lift, Store } from '../../../store/index.ts';
import { type JobWork, languageModelOf } from '../jobs.ts';
import { Answering, severalAtOnce } from './answering.ts';
import { asJson } from './asJson.ts';

const planPlace = 'plan';

export function liftWork(makePlan: (job: Job, store: Store) => Promise<LiftPlan>): JobWork {
  return async (context): Promise<JsonObject> => {
    const { job, store, signal } = context;
    const model = languageModelOf(context, 'Measuring what examples are worth');
    const { plan: known, answers } = keptLift(store, job.id);
    const plan = known ?? (await makePlan(job, store));
    if (known === null) store.putJobStep(job.id, planPlace, asJson(plan));
    const wanted = answersOf(plan);
    context.progress(answers.size, wanted.length);
    const answered = [...answers.values()].some(({ error }) => error === undefined);
    const answering = new Answering(model, plan, signal, answered);
    const open = wanted.filter(({ name }) => !answers.has(name));
    await severalAtOnce(open, async ({ name, question, shown, tells }) => {
      const planned = plan.questions[question] as PlannedQuestion;
      const seed = deriveSeed(plan.seed, planned.id, 0);
      const beside = { seed, examples: shown, lessons: [] };
      const answer = await answering.answer(planned, askedOf({ ...plan, lessons: {} }, planned, beside));
      store.putJobStep(job.id, name, asJson(answer));
      answers.set(name, answer);
      store.putLifts(tells.flatMap((example) => liftOf(plan, answers, example) ?? []).map(badge(job.id)));
      context.progress(answers.size, wanted.length, planned.query);
    });
    return asJson(liftReport(plan, answers));
  };
}

/** An answer that a plan asks for. */
interface WantedAnswer {
  name: string;
  /** Index of the question. */
  question: number;
  /** Ids of the examples that are shown. */
  shown: readonly string[];
  /** Ids of the examples of which it tells something. */
  tells: string[];
}

/** Each answer once, those of a pair one after the other: an answer with all examples belongs to several pairs. */
export function answersOf({ pairs, questions }: Pick<LiftPlan, 'pairs' | 'questions'>): WantedAnswer[] {
  const wanted = new Map<string, WantedAnswer>();
  for (const pair of pairs) {
    const { question, example, without } = pair;
    const name = withName(question);
    const whole = wanted.get(name) ?? {
      name,
      question,
      shown: questions[question]?.examples ?? [],
      tells: [],
    };
    whole.tells.push(example);
    wanted.set(name, whole);
    wanted.set(withoutName(pair), { name: withoutName(pair), question, shown: without, tells: [example] });
  }
  return [...wanted.values()];
}

function badge(job: string): (lift: ExampleLift) => Lift {
  return ({ example, lift, low, high, queries }) => ({ example, lift, low, high, queries, job });
}

/** What a job has measured so far; null before it has a plan. */
export function liftsSoFar(store: Store, jobId: string): LiftReport | null {
  const { plan, answers } = keptLift(store, jobId);
  return plan && liftReport(plan, answers);
}

function keptLift(store: Store, jobId: string): { plan: LiftPlan | null; answers: Map<string, KeptAnswer> } {
  const answers = new Map<string, KeptAnswer>();
  let plan: LiftPlan | null = null;
  for (const { place, body } of store.jobSteps(jobId)) {
    if (place === planPlace) plan = body as unknown as LiftPlan;
    else answers.set(place, body as unknown as KeptAnswer);
  }
  return { plan, answers };
}
