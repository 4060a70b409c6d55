import type { ChatModel, ChatRequest } from '../../../core/chat.ts';
import { ModelError } from '../../../core/errors.ts';

/** Asks a model for queries. What it refuses to answer is no reason to end, once it has answered something. */
export class Asking {
  readonly modelId: string;
  readonly #model: ChatModel;
  readonly #signal: AbortSignal;
  #everAnswered = false;

  constructor(model: ChatModel, signal: AbortSignal) {
    this.modelId = model.id;
    this.#model = model;
    this.#signal = signal;
  }

  /** The text of the answer; empty where this one request was refused. Rejects with `ModelError`, `BudgetExhausted`, `Cancelled`. */
  async ask(request: ChatRequest): Promise<string> {
    try {
      const { text } = await this.#model.chat(request, this.#signal);
      this.#everAnswered = true;
      return text;
    } catch (error) {
      if (error instanceof ModelError && !error.fatal && this.#everAnswered) return '';
      throw error;
    }
  }
}
