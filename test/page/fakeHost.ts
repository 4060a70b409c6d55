/** The extension's end of a page, played: typed as the real one is, and it takes only what the real one would take. */
import type { Page } from 'playwright-core';
import { panelWords } from '../../src/extension/panel/panelWords.ts';
import { type ReadRequest, readMessage } from '../../src/extension/panel/readRequest.ts';
import type { PanelRequestName, PanelRequests, PanelStart, ToPage } from '../../src/protocol/panel.ts';
import { FakeData, toolNames } from './fakeData.ts';

type Answers = {
  [Name in PanelRequestName]: (params: PanelRequests[Name]['params']) => PanelRequests[Name]['result'];
};

/** Answered without an engine. */
const needNoEngine = new Set<PanelRequestName>(['start', 'startEngine', 'manageTrust']);

export class FakeHost {
  data: FakeData;
  start: PanelStart = { texts: {}, words: panelWords(), place: null, trusted: true, running: false };
  /** Requests in the order in which they came. */
  readonly asked: ReadRequest[] = [];
  /** What was wrong with messages of the page. */
  readonly wrong: string[] = [];
  /** While it is set, everything that needs an engine is refused with it. */
  refusal: { message: string; advice: string; away: boolean } | null = null;
  /** While it is set, requests of these names wait. */
  readonly held = new Set<PanelRequestName>();
  #waiting: ReadRequest[] = [];
  #page: Page | null = null;

  constructor(data = new FakeData(1204)) {
    this.data = data;
  }

  connect(page: Page): void {
    this.#page = page;
  }

  hear(message: unknown): void {
    const read = readMessage(message);
    if (read.kind === 'request') this.#take(read.request);
    else this.wrong.push(JSON.stringify(message).slice(0, 500));
  }

  /** Lets what waits go on. */
  release(): void {
    this.held.clear();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) this.#answer(request);
  }

  async push(message: ToPage): Promise<void> {
    await this.#page?.evaluate((sent) => window.postMessage(sent, '*'), message);
  }

  /** Parameters of the requests of a name, the newest last. */
  params<Name extends PanelRequestName>(name: Name): PanelRequests[Name]['params'][] {
    return this.asked.filter((request) => request.name === name).map(({ params }) => params);
  }

  #take(request: ReadRequest): void {
    this.asked.push(request);
    if (this.held.has(request.name)) this.#waiting.push(request);
    else this.#answer(request);
  }

  #answer({ id, name, params }: ReadRequest): void {
    const answer = this.#answers[name] as (params: unknown) => unknown;
    const message: ToPage =
      this.refusal && !needNoEngine.has(name)
        ? { type: 'refused', id, ...this.refusal }
        : { type: 'answer', id, result: answer(params) };
    // The page may be closed by now.
    this.push(message).catch(() => {});
  }

  readonly #answers: Answers = {
    start: () => this.start,
    dashboard: (query) => this.data.dashboard(query),
    list: ({ list, filter, order }) => this.data.list(list, filter, order),
    listRows: ({ list, ids }) => this.data.rows(list, ids),
    tools: ({ text }) =>
      toolNames
        .filter((name) => name.includes(text))
        .map((name, i) => ({ id: `imaginarium.yaml#${name}`, name, trials: 10 * i })),
    openTrial: () => null,
    insert: () => null,
    explore: () => null,
    manageTrust: () => null,
    startEngine: () => {
      this.refusal = null;
      return null;
    },
  };
}
