/**
 * Finds examples to choose from: first those that the engine would put into a prompt for the text, which are proposed; then
 * others near to it, and the newest; or what fits the words typed.
 */

import * as l10n from '@vscode/l10n';
import { isDemonstration, isGenuine, isSimulated } from '../../core/exploit/demonstration.ts';
import { toolName } from '../../core/toolName.ts';
import type { Example } from '../../core/trial.ts';
import { engine } from '../../protocol/engine.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Choice, Surroundings } from '../surroundings.ts';

/** How many are near. */
const near = 20;
/** How many a list has. */
const listed = 60;
/** Pages of the newest that are looked through for enough of them. */
const pages = 5;
/** None that waits for a person's word, or was turned down. */
const usable = { usable: true as const };

interface Group {
  heading: string;
  examples: Example[];
  /** Ticked at first. */
  proposed?: boolean;
}

export class ExampleSearch {
  readonly #link: Surroundings['link'];
  readonly #text: string;
  readonly #tool: { tool?: string };
  readonly #tell: (message: string) => void;
  /** Whether what the offline sampler invented, or a model played, is offered, too. */
  demonstrations = false;

  /**
   * @param text What stands at the cursor.
   * @param tell Hears why meaning had no say, where an embedding model is set and fails.
   * @param tool Only examples of this one.
   */
  constructor(link: Surroundings['link'], text: string, tell: (message: string) => void, tool?: string) {
    this.#link = link;
    this.#text = text;
    this.#tell = tell;
    this.#tool = tool === undefined ? {} : { tool };
  }

  async find(typed: string): Promise<Choice<string>[]> {
    const words = typed.trim();
    const groups = words === '' ? await this.#unasked() : await this.#asked(words);
    const seen = new Set<string>();
    const lines = groups.flatMap(({ heading, examples, proposed = false }) =>
      examples.flatMap((example) => {
        if (seen.has(example.id) || seen.size >= listed) return [];
        seen.add(example.id);
        const genuine = isGenuine(example);
        const apart = isSimulated(example) ? l10n.t('simulated') : l10n.t('demonstrations');
        const line = { ...choiceOf(example), group: genuine ? heading : apart, last: !genuine };
        return [proposed ? { ...line, proposed } : line];
      }),
    );
    return [...lines.filter(({ last }) => !last), ...lines.filter(({ last }) => last)];
  }

  /** Whether there is anything: examples of a language model, or others alone, some of them simulated or not. */
  async has(): Promise<'examples' | 'demonstrations' | 'simulated' | 'nothing'> {
    const { rows, next } = await this.#link.request(engine.examples, {
      ...usable,
      limit: listed,
      ...this.#tool,
    });
    if (rows.some(isGenuine)) return 'examples';
    if (rows.length === 0) return 'nothing';
    if (next !== null && (await this.#newest()).some(isGenuine)) return 'examples';
    return rows.some(isSimulated) ? 'simulated' : 'demonstrations';
  }

  async #unasked(): Promise<Group[]> {
    const [fitting, nearest, newest] = await Promise.all([
      this.#fitting(),
      this.#nearest(this.#text, near),
      this.#newest(),
    ]);
    return [
      { heading: l10n.t('fit the text'), examples: fitting, proposed: true },
      { heading: l10n.t('also near to the text'), examples: nearest },
      { heading: l10n.t('newest'), examples: newest },
    ];
  }

  async #asked(words: string): Promise<Group[]> {
    const [withAll, nearest] = await Promise.all([
      this.#link.request(engine.examples, { ...usable, limit: listed, text: words, ...this.#tool }),
      this.#nearest(words, near),
    ]);
    return [
      { heading: l10n.t('with these words'), examples: withAll.rows.filter((one) => this.#isOffered(one)) },
      { heading: l10n.t('near to them'), examples: nearest },
    ];
  }

  async #fitting(): Promise<Example[]> {
    if (this.#text === '') return [];
    const { examples, fallback } = await this.#link.request(engine.chooseExamples, {
      query: this.#text,
      lessons: false,
      demonstrations: this.demonstrations,
      ...this.#tool,
    });
    if (fallback) this.#tell(`${fallback.message} ${fallback.advice}`.trim());
    return examples.map(({ example }) => example);
  }

  #nearest(query: string, k: number): Promise<Example[]> {
    if (query === '') return Promise.resolve([]);
    const only = this.demonstrations ? {} : { languageModel: true };
    return this.#link.request(engine.nearestExamples, { query, k, ...this.#tool, ...only });
  }

  async #newest(): Promise<Example[]> {
    const found: Example[] = [];
    let after: string | undefined;
    for (let page = 0; page < pages && found.length < listed; page += 1) {
      const { rows, next } = await this.#link.request(engine.examples, {
        ...usable,
        limit: page === 0 ? listed : 500,
        ...this.#tool,
        ...(after === undefined ? {} : { after }),
      });
      found.push(...rows.filter((example) => this.#isOffered(example)));
      if (next === null) break;
      after = next;
    }
    return found;
  }

  #isOffered(example: Example): boolean {
    return this.demonstrations || isGenuine(example);
  }
}

/** A line: the query, its tool, and what was called and came back. */
function choiceOf(example: Example): Choice<string> {
  const { id, query, tool, calls } = example;
  const [first] = calls;
  const more = calls.length > 1 ? ` (+${calls.length - 1})` : '';
  const marks = [
    ...(isSimulated(example) ? [l10n.t('simulated')] : []),
    ...(isDemonstration(example) ? [l10n.t('demonstration')] : []),
  ];
  return {
    label: oneLine(query, 120),
    description: [oneLine(toolName(tool)), ...marks].join(' · '),
    detail: first
      ? `${oneLine(toolName(first.tool), 60)} ${oneLine(JSON.stringify(first.arguments), 100)} → ${oneLine(first.observation, 80)}${more}`
      : '',
    value: id,
  };
}
