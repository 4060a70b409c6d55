import {
  type Candidate,
  type ChoiceOptions,
  candidatesOf,
  chooseExamples,
  embeddedCandidates,
  type TextHit,
  toolsInvolved,
} from '../../core/exploit/choose/index.ts';
import { isGenuine } from '../../core/exploit/demonstration.ts';
import type { Example, Lesson } from '../../core/trial.ts';
import type { ChooseParams, Chosen } from '../../protocol/exploit.ts';
import type { Store } from '../../store/index.ts';
import type { ToolIndex } from '../catalogue/toolIndex.ts';
import { WrongRequest } from '../errors.ts';
import type { EngineOptions } from '../ports.ts';
import type { StoreHolder } from '../storeHolder.ts';
import { LearnedTools } from './learnedTools.ts';
import { Meaning } from './meaning.ts';

/** Examples whose words are near that are looked at; among 100,000 the 8 that are chosen stand among the first 30. */
const byWords = 64;
/** Tools whose specs are near, of which the newest examples are looked at, too. */
const byTools = 3;
const ofEachTool = 8;
/** Up to this many examples all are compared by what they mean; of more, those that words and tools have found. */
const allByMeaning = 1000;
/** More than this of a query tells nothing more, characters. */
const longestQuery = 10_000;
const most = 1000;

/** What it is made of; functions, since both change while the engine lives. */
export interface ChoosingSources {
  /** Changes while the engine lives. */
  options: Pick<EngineOptions, 'settings' | 'trusted' | 'apiKey' | 'log'>;
  stores(): StoreHolder;
  index(): ToolIndex;
  mayWrite(): boolean;
}

interface Found {
  examples: Example[];
  words: TextHit[];
  tools: TextHit[];
  lessons: Lesson[];
}

/** Chooses what of the workspace's examples and lessons goes into a prompt. */
export class Choosing {
  readonly #sources: ChoosingSources;
  readonly #tools = new LearnedTools();
  /** What examples mean, where an embedding model is set. */
  readonly meaning: Meaning;

  constructor(sources: ChoosingSources) {
    this.#sources = sources;
    this.meaning = new Meaning(sources);
  }

  /**
   * Examples that nobody doubts, near to the query by words, by what their tools are for, and by meaning where an embedding
   * model is set. Rejects with `WrongRequest` for limits that are none, and with `Cancelled`.
   *
   * @param tokensOf what each takes in the form in which it will be written; absent: by what it says alone
   */
  async choose(
    params: ChooseParams,
    signal: AbortSignal = new AbortController().signal,
    tokensOf?: ChoiceOptions['tokensOf'],
  ): Promise<Chosen> {
    check(params);
    const query = params.query.slice(0, longestQuery);
    const found = await this.#find({ ...params, query });
    if (found === null) return { examples: [], lessons: [], tokens: 0, leftOut: null, fallback: null };
    const { result, fallback } = await this.meaning.use<Candidate[]>(params, signal, (embedder, limited) =>
      embeddedCandidates(query, found.examples, found, embedder, limited),
    );
    const { k, tokens } = params;
    const { chosen, ...choice } = chooseExamples(result ?? candidatesOf(found.examples, found), {
      lessons: found.lessons,
      ...(k === undefined ? {} : { k }),
      ...(tokens === undefined ? {} : { tokens }),
      ...(tokensOf === undefined ? {} : { tokensOf }),
    });
    return { examples: chosen, ...choice, fallback };
  }

  async dispose(): Promise<void> {
    this.#tools.dispose();
    await this.meaning.settled();
  }

  async #find(params: ChooseParams): Promise<Found | null> {
    const before = await this.#sources.stores().forReading();
    if (before === null) return null;
    const tools = await this.#nearTools(params, before);
    // Meanwhile the store may have become another.
    const store = await this.#sources.stores().forReading();
    return store === null ? null : this.#collect(params, store, tools);
  }

  async #nearTools({ query, tool }: ChooseParams, store: Store): Promise<TextHit[]> {
    if (tool !== undefined) return [{ id: tool, score: 1 }];
    const learned = [...store.toolCounts()].flatMap(([id, { examples }]) => (examples > 0 ? [id] : []));
    return this.#tools.search(query, 2 * byTools, this.#sources.index(), learned);
  }

  #collect(params: ChooseParams, store: Store, tools: TextHit[]): Found {
    const { query, tool, k = 0, demonstrations = false } = params;
    const ofTool = tool === undefined ? {} : { tool };
    const examples = new Map<string, Example>();
    const take = (example: Example): void => {
      if (demonstrations || isGenuine(example)) examples.set(example.id, example);
    };
    const wanted = Math.min(most, Math.max(byWords, 2 * k));
    const near = store.scoredExamples(query, wanted, {
      ...ofTool,
      ...(demonstrations ? {} : { languageModel: true }),
    });
    for (const { example } of near) take(example);
    for (const { id } of tools.slice(0, byTools)) {
      const limit = tool === undefined ? ofEachTool : byWords;
      for (const example of store.examples({ tool: id, limit, usable: true }).rows) take(example);
    }
    if (this.#embeds(params) && isSmall(store)) {
      const all = store.examples({ ...ofTool, limit: allByMeaning, usable: true });
      for (const example of all.rows) take(example);
    }
    const involved = toolsInvolved([...examples.values()]);
    return {
      examples: [...examples.values()],
      words: near.map(({ example, score }) => ({ id: example.id, score })),
      tools,
      lessons: params.lessons === false ? [] : [...involved].flatMap((id) => store.lessonsOf(id)),
    };
  }

  #embeds({ embeddingModel }: ChooseParams): boolean {
    return Boolean(embeddingModel || this.#sources.options.settings.embeddingModel);
  }
}

function isSmall(store: Store): boolean {
  let examples = 0;
  for (const counts of store.toolCounts().values()) examples += counts.examples;
  return examples <= allByMeaning;
}

function check({ k, tokens }: ChooseParams): void {
  if (k !== undefined && !(Number.isInteger(k) && k >= 1 && k <= most))
    throw new WrongRequest(`${k} examples cannot be chosen.`, `Ask for 1 to ${most}.`);
  if (tokens !== undefined && !(Number.isFinite(tokens) && tokens >= 0))
    throw new WrongRequest(`A limit of ${tokens} tokens is none.`, 'Give a number of tokens.');
}
