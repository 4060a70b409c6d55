import {
  addUsage,
  type ChatAnswer,
  type ChatMessage,
  type ChatRequest,
  noUsage,
  type Usage,
} from '../chat.ts';
import { Cancelled } from '../errors.ts';
import type { ShortTermMemory } from '../memory/shortTerm.ts';
import type { Ports } from '../ports.ts';
import type { ExplorePurpose } from '../purpose.ts';
import type { ExploreSettings } from '../settings.ts';
import { cutAt, strip } from '../text.ts';
import type { Exchange } from '../trial.ts';

/** The paper's system message; ours as well. */
export const systemMessage = 'You are a helpful assistant.';

/** One trial's part of the conversation: asks the model, keeps what was said, counts what it took. */
export class TrialTalk {
  /** What the trial has added to the conversation. */
  readonly messages: ChatMessage[] = [];
  readonly exchanges: Exchange[] = [];
  usage: Usage = noUsage();
  readonly #memory: ShortTermMemory;
  readonly #settings: ExploreSettings;
  readonly #ports: Ports;

  constructor(memory: ShortTermMemory, settings: ExploreSettings, ports: Ports) {
    this.#memory = memory;
    this.#settings = settings;
    this.#ports = ports;
  }

  say(...messages: ChatMessage[]): void {
    this.messages.push(...messages);
  }

  /**
   * Asks for the next answer. `prompt` is sent after the conversation and is not kept in it: the caller says what stands
   * there instead. The answer is cut at the stop strings and stripped, as the reference keeps it.
   * Rejects with `ModelError`, `BudgetExhausted` or `Cancelled`.
   */
  async ask(
    purpose: ExplorePurpose,
    how: { prompt?: string; stop: string[]; offer: Pick<ChatRequest, 'tools' | 'toolChoice'> },
  ): Promise<ChatAnswer> {
    if (this.#ports.signal.aborted) throw new Cancelled();
    const messages = [...this.#memory.conversation(systemMessage), ...this.messages];
    if (how.prompt !== undefined) messages.push({ role: 'user', content: how.prompt });
    const { answer } = await this.#send({
      purpose,
      messages,
      ...how.offer,
      temperature: this.#settings.temperature,
      maxTokens: this.#settings.maxTokens,
      ...(how.stop.length > 0 ? { stop: how.stop } : {}),
    });
    return { ...answer, text: strip(cutAt(answer.text, how.stop)) };
  }

  /**
   * Asks something that is no part of the conversation: these messages alone are sent, and nothing of it is kept but the
   * exchange. Rejects as `ask` does.
   */
  async aside(
    purpose: ExplorePurpose,
    messages: readonly ChatMessage[],
  ): Promise<{ answer: ChatAnswer; ms: number }> {
    if (this.#ports.signal.aborted) throw new Cancelled();
    const prompt = messages.map(({ content }) => content).join('\n\n');
    const request = {
      purpose,
      messages: [...messages],
      // What is played has to agree with itself more than it has to be varied.
      temperature: 0,
      maxTokens: this.#settings.maxTokens,
    };
    const { answer, ms } = await this.#send(request);
    this.note({ prompt });
    return { answer, ms };
  }

  async #send(
    request: ChatRequest & { purpose: ExplorePurpose },
  ): Promise<{ answer: ChatAnswer; ms: number }> {
    const started = this.#ports.monotonic();
    const { purpose } = request;
    const answer = await this.#ports.model.chat(
      // The reference sends no seed, so neither does its preset.
      this.#settings.preset === 'paper' ? request : { ...request, seed: purpose.seed },
      this.#ports.signal,
    );
    this.usage = addUsage(this.usage, answer.usage);
    const ms = Math.round(this.#ports.monotonic() - started);
    this.exchanges.push({ purpose: purpose.kind, usage: answer.usage, ms });
    return { answer, ms };
  }

  /** Notes on the newest exchange what the conversation does not hold. */
  note(what: Pick<Exchange, 'prompt' | 'turnedDown'>): void {
    const newest = this.exchanges.at(-1);
    if (newest) Object.assign(newest, what);
  }
}
