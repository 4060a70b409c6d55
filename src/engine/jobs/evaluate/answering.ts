import type { ChatModel } from '../../../core/chat.ts';
import { noUsage } from '../../../core/chat.ts';
import { ModelError } from '../../../core/errors.ts';
import { type KeptAnswer, keptAnswer, noAnswer, readAnswer } from '../../../core/evaluate/answer.ts';
import { gradeAnswer } from '../../../core/evaluate/gradeAnswer.ts';
import type { AskedQuestion, Plan } from '../../../core/evaluate/plan.ts';
import { type Asked, answerRequest } from '../../../core/evaluate/request.ts';

/** Questions that are asked at once. */
export const atOnce = 4;

/** Asks a model, and grades what it makes of it. */
export class Answering {
  readonly #model: ChatModel;
  readonly #plan: Pick<Plan, 'protocol' | 'grader'>;
  readonly #signal: AbortSignal;
  /** The model has answered something: what it refuses from now on is refused for what is asked, not for how. */
  #everAnswered: boolean;

  constructor(
    model: ChatModel,
    plan: Pick<Plan, 'protocol' | 'grader'>,
    signal: AbortSignal,
    everAnswered: boolean,
  ) {
    this.#model = model;
    this.#plan = plan;
    this.#signal = signal;
    this.#everAnswered = everAnswered;
  }

  /**
   * One answer. A request that the model refuses, or does not answer in time, counts as a wrong one, unless it has not
   * answered anything yet. Rejects with `ModelError`, `BudgetExhausted` or `Cancelled`.
   */
  async answer(question: AskedQuestion, asked: Asked): Promise<KeptAnswer> {
    const { protocol } = this.#plan;
    try {
      const answer = await this.#model.chat(answerRequest(asked, protocol), this.#signal);
      this.#everAnswered = true;
      const read = readAnswer(answer, asked.tools, protocol);
      return keptAnswer(answer, read, gradeAnswer(question, read, asked.tools, this.#plan.grader));
    } catch (error) {
      const harmless = error instanceof ModelError && !error.fatal;
      if (!harmless || !(this.#everAnswered || error.kind === 'too_long')) throw error;
      return noAnswer(error.message, { ...noUsage(), modelCalls: 1 });
    }
  }
}

/**
 * Does `work` for each of the items, a few at once, in their order. When one fails, no other is begun; rejects with the first
 * error when those under way have ended.
 */
export async function severalAtOnce<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
  limit = atOnce,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    while (failures.length === 0) {
      const next = rest.next();
      if (next.done) return;
      try {
        await work(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  if (failures.length > 0) throw failures[0];
}
