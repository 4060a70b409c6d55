import { setImmediate as breathe } from 'node:timers/promises';
import type { AskedQuestion } from '../../../core/evaluate/plan.ts';
import {
  candidatesOf,
  chooseExamples,
  type Embedder,
  type Nearness,
  toolText,
} from '../../../core/exploit/choose/index.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Example } from '../../../core/trial.ts';
import { MemoryTextIndex } from '../../../store/index.ts';

/** Examples that are looked at for one query, the nearest: more would be slow and never be taken. */
const pool = 64;
/** Tools whose specs are near, of which the examples count as near, too. */
const nearTools = 6;
/** Texts that are indexed before others get a turn. */
const slice = 500;

/** What may be shown. */
export interface Demonstrations {
  demonstrations: readonly Example[];
  /** By id. */
  tools: ReadonlyMap<string, Tool>;
  /** Null: words and tools alone say what is near. */
  embedder: Embedder | null;
}

/**
 * Finds what to show for a query as prompts of the workspace do, by words and by what tools are for, among examples that call
 * offered tools alone.
 */
export class DemonstrationChooser {
  readonly #examples: readonly Example[];
  readonly #queries = new MemoryTextIndex();
  readonly #tools = new MemoryTextIndex();

  /** Of queries, where there is an embedding model. */
  readonly #vectors = new Map<string, Float32Array>();

  private constructor(examples: readonly Example[]) {
    this.#examples = examples;
  }

  /**
   * For these questions; `close` it afterwards. Rejects with `ModelError` where an embedding model is set and fails: words
   * alone would measure something else.
   */
  static async of(
    { demonstrations, tools, embedder }: Demonstrations,
    questions: readonly Pick<AskedQuestion, 'query'>[],
  ): Promise<DemonstrationChooser> {
    const chooser = new DemonstrationChooser(demonstrations);
    if (embedder !== null && demonstrations.length > 0) {
      const queries = [...new Set([...demonstrations, ...questions].map(({ query }) => query))];
      const vectors = await embedder.embed(queries, new AbortController().signal);
      for (const [index, query] of queries.entries())
        chooser.#vectors.set(query, vectors[index] as Float32Array);
    }
    for (let from = 0; from < demonstrations.length; from += slice) {
      const some = demonstrations.slice(from, from + slice);
      chooser.#queries.add(some.map(({ id, query }) => ({ id, text: query })));
      await breathe();
    }
    const learned = new Set(demonstrations.map(({ tool }) => tool));
    chooser.#tools.add([...tools.values()].filter(({ id }) => learned.has(id)).map(toolText));
    return chooser;
  }

  /**
   * The nearest first, at most one of a family.
   *
   * @param without examples that are not to be shown
   */
  choose(
    question: Pick<AskedQuestion, 'query' | 'offered'>,
    k: number | null,
    without: (example: Example) => boolean = () => false,
  ): Example[] {
    const offered = new Set(question.offered);
    const possible = this.#examples.filter(
      (example) =>
        offered.has(example.tool) &&
        example.calls.every(({ tool }) => offered.has(tool)) &&
        !without(example),
    );
    const words = this.#queries.search(question.query, this.#examples.length);
    const tools = this.#tools.search(question.query, nearTools);
    const meaning = this.#meaningOf(question.query, possible);
    const candidates = candidatesOf(possible, { words, tools, ...(meaning ? { meaning } : {}) });
    const { chosen } = chooseExamples(candidates.slice(0, pool), k === null ? {} : { k });
    return chosen.map(({ example }) => example);
  }

  #meaningOf(asked: string, examples: readonly Example[]): Nearness['meaning'] {
    const query = this.#vectors.get(asked);
    if (query === undefined) return undefined;
    const vectors = examples.map(({ id, query: text }) => [id, this.#vectors.get(text) ?? query] as const);
    return { query, examples: new Map(vectors) };
  }

  close(): void {
    this.#queries.close();
    this.#tools.close();
  }
}
