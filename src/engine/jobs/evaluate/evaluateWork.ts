/** The job `evaluate`: asks what its plan says, keeps each answer, and ends with the report. */
import type { KeptAnswer } from '../../../core/evaluate/answer.ts';
import { type AnswerPlace, askedAt, type Plan, placeName, placesOf } from '../../../core/evaluate/plan.ts';
import { type EvaluationReport, evaluationReport } from '../../../core/evaluate/report.ts';
import type { Job } from '../../../core/job.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Store } from '../../../store/index.ts';
import { type JobWork, languageModelOf } from '../jobs.ts';
import { Answering, severalAtOnce } from './answering.ts';
import { asJson } from './asJson.ts';

/** Where the plan of a job is kept. */
const planPlace = 'plan';

export function evaluateWork(makePlan: (job: Job, store: Store) => Promise<Plan>): JobWork {
  return async (context): Promise<JsonObject> => {
    const { job, store, signal } = context;
    const model = languageModelOf(context, 'An evaluation');
    const { plan: known, answers } = keptEvaluation(store, job.id);
    const plan = known ?? (await makePlan(job, store));
    if (known === null) store.putJobStep(job.id, planPlace, asJson(plan));
    const places = [...placesOf(plan)];
    const open = places.filter((place) => !answers.has(placeName(place)));
    context.progress(places.length - open.length, places.length);
    const answered = [...answers.values()].some(({ error }) => error === undefined);
    const answering = new Answering(model, plan, signal, answered);
    await severalAtOnce(open, async (place: AnswerPlace) => {
      const question = plan.questions[place.question] as Plan['questions'][number];
      const answer = await answering.answer(question, askedAt(plan, place));
      store.putJobStep(job.id, placeName(place), asJson(answer));
      answers.set(placeName(place), answer);
      context.progress(answers.size, places.length, `${place.condition}: ${question.query}`);
    });
    return asJson(evaluationReport(plan, answers));
  };
}

/** What a job has kept so far: its plan, null before it has one, and its answers by place. */
export function keptEvaluation(
  store: Store,
  jobId: string,
): { plan: Plan | null; answers: Map<string, KeptAnswer> } {
  const answers = new Map<string, KeptAnswer>();
  let plan: Plan | null = null;
  // Nobody but this job writes its steps.
  for (const { place, body } of store.jobSteps(jobId)) {
    if (place === planPlace) plan = body as unknown as Plan;
    else answers.set(place, body as unknown as KeptAnswer);
  }
  return { plan, answers };
}

/** What an evaluation has shown so far; null before it has a plan. */
export function reportSoFar(store: Store, jobId: string): EvaluationReport | null {
  const { plan, answers } = keptEvaluation(store, jobId);
  return plan && evaluationReport(plan, answers);
}
