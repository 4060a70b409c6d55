import type { Choice, Search } from '../surroundings.ts';

/** Typing that comes closer together than this is one question, milliseconds. */
const pause = 120;

export interface SearchDrawing<T> {
  /** A question is under way. */
  busy(busy: boolean): void;
  /** What was found, or why nothing was. */
  show(choices: Choice<T>[], nothing: string): void;
}

/** Asks for what fits a text, at the pace of typing; only the answer to the last text counts. It knows no editor. */
export class Searching<T> {
  readonly #search: Pick<Search<T>, 'find' | 'nothing'>;
  readonly #drawing: SearchDrawing<T>;
  readonly #pause: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #gone = new AbortController();

  constructor(search: Pick<Search<T>, 'find' | 'nothing'>, drawing: SearchDrawing<T>, wait = pause) {
    this.#search = search;
    this.#drawing = drawing;
    this.#pause = wait;
  }

  /** The first question is asked at once. */
  begin(text: string): void {
    this.#forget();
    void this.#ask(text, this.#gone.signal);
  }

  type(text: string): void {
    this.#forget();
    const { signal } = this.#gone;
    this.#drawing.busy(true);
    this.#timer = setTimeout(() => void this.#ask(text, signal), this.#pause);
  }

  dispose(): void {
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#gone.abort();
    this.#gone = new AbortController();
  }

  async #ask(text: string, gone: AbortSignal): Promise<void> {
    this.#drawing.busy(true);
    let choices: Choice<T>[] = [];
    let nothing = '';
    try {
      choices = await this.#search.find(text, gone);
      if (choices.length === 0) nothing = this.#search.nothing(text);
    } catch (error) {
      nothing = error instanceof Error ? error.message : String(error);
    }
    if (gone.aborted) return;
    this.#drawing.busy(false);
    this.#drawing.show(choices, nothing);
  }
}
