import type { ChatMessage } from '../chat.ts';
import type { Trial } from '../trial.ts';

/**
 * Short-term memory: the conversation of one episode. A later trial sees the earlier ones whole, reflections included.
 * Empty at the start of an episode. A trial that ended in an error of ours or the model's leaves nothing in it.
 */
export class ShortTermMemory {
  readonly #messages: ChatMessage[] = [];

  constructor(finished: readonly Trial[] = []) {
    for (const trial of finished) this.#messages.push(...trial.messages);
  }

  /** Whether no trial of the episode has left anything yet: the next one opens the conversation. */
  get empty(): boolean {
    return this.#messages.length === 0;
  }

  /** The conversation so far, opened by the system message. */
  conversation(system: string): ChatMessage[] {
    return [{ role: 'system', content: system }, ...this.#messages];
  }

  keep(messages: readonly ChatMessage[]): void {
    this.#messages.push(...messages);
  }
}
