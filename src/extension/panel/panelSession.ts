/** One page's conversation with the extension. Every request is answered or refused, also when the engine dies over it. */

import * as l10n from '@vscode/l10n';
import { toolName } from '../../core/toolName.ts';
import { engine } from '../../protocol/engine.ts';
import type {
  PanelPlace,
  PanelRequestName,
  PanelRequests,
  PanelState,
  ToPage,
} from '../../protocol/panel.ts';
import { isCancelled, isUserError, readable } from '../link/engineErrors.ts';
import type { Workbench } from '../state/workbench.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { Pace } from './pace.ts';
import { panelWords } from './panelWords.ts';
import { type ReadRequest, readMessage } from './readRequest.ts';

/** What a page needs of the editor beside what commands need. */
export interface PanelWindow {
  post(message: ToPage): void;
  /** Translations by English text. */
  texts(): Record<string, string>;
  run(command: 'openTrial' | 'insertExamples' | 'exploreTool', target: Target): void;
  /** The title says which tool is shown. */
  title(tool: string | null): void;
}

/** Trials come fast; the page asks again for everything that it shows, so it is not told of each, milliseconds. */
const pace = 1000;

export class PanelSession {
  readonly #around: Pick<Surroundings, 'link' | 'workbench' | 'editor' | 'log'>;
  readonly #window: PanelWindow;
  readonly #pace = new Pace(pace, () => this.#tellChanged());
  readonly #listening: { dispose(): void }[];
  /** What the page is to show and has not asked for yet: a page that is hidden hears of nothing, and begins anew. */
  #place: PanelPlace | null;
  #state: PanelState;
  #engine: Workbench['engine'];
  #disposed = false;

  /** `place` is null for a page that comes back after a reload of the window. */
  constructor(
    around: Pick<Surroundings, 'link' | 'workbench' | 'editor' | 'log'>,
    window: PanelWindow,
    place: PanelPlace | null,
  ) {
    this.#around = around;
    this.#window = window;
    this.#place = place;
    this.#state = this.#now();
    this.#engine = around.workbench.engine;
    const { link, workbench } = around;
    this.#listening = [
      link.onEvents.listen((events) => {
        if (events.some(({ type }) => type === 'trial' || type === 'catalogue')) this.#pace.ask();
      }),
      link.onState.listen((state) => {
        if (state === 'ready' || state === 'away') this.#pace.ask();
      }),
      workbench.onChange.listen(() => this.#look()),
    ];
  }

  /** Takes what the page says. */
  hear(message: unknown): void {
    const read = readMessage(message);
    if (read.kind === 'request') void this.#answer(read.request);
    else if (read.kind === 'wrong')
      this.#refuse(read.id, new Error(l10n.t('The page asked for something unknown.')));
    else if (read.kind === 'failed') this.#around.log(new Error(`In the dashboard's page: ${read.message}`));
  }

  show(place: PanelPlace): void {
    this.#place = place;
    this.#window.post({ type: 'show', place });
  }

  dispose(): void {
    this.#disposed = true;
    this.#pace.dispose();
    for (const one of this.#listening) one.dispose();
  }

  async #answer(request: ReadRequest): Promise<void> {
    try {
      const result = await this.#do(request);
      this.#post({ type: 'answer', id: request.id, result });
    } catch (error) {
      this.#refuse(request.id, error);
    }
  }

  #do(request: ReadRequest): Promise<PanelRequests[PanelRequestName]['result']> {
    const { link, editor } = this.#around;
    switch (request.name) {
      case 'start':
        return Promise.resolve(this.#start());
      case 'dashboard':
        if (this.#place && isOf(this.#place, request.params)) this.#place = null;
        this.#window.title(request.params.tool === undefined ? null : toolName(request.params.tool));
        return link.request(engine.dashboard, request.params);
      case 'list':
        return link.request(engine.list, request.params);
      case 'listRows':
        return link.request(engine.listRows, request.params);
      case 'tools':
        return this.#tools(request.params.text);
      case 'openTrial':
        return this.#run('openTrial', { trialId: request.params.trialId });
      case 'insert':
        return this.#run('insertExamples', { exampleId: request.params.exampleId });
      case 'explore':
        return this.#run('exploreTool', request.params.tool === null ? {} : { toolId: request.params.tool });
      case 'manageTrust':
        return editor.manageTrust().then(() => null);
      case 'startEngine':
        link.wake();
        return Promise.resolve(null);
    }
  }

  #start(): PanelRequests['start']['result'] {
    const place = this.#place;
    // A page that is loaded again later, for instance moved to another window, has a state of its own by then.
    this.#place = null;
    return { texts: this.#window.texts(), words: panelWords(), place, ...this.#now() };
  }

  async #tools(text: string): Promise<PanelRequests['tools']['result']> {
    const { rows } = await this.#around.link.request(engine.tools, { limit: 100, ...(text ? { text } : {}) });
    return rows.map(({ id, name, counts }) => ({ id, name, trials: counts.trials }));
  }

  /** What the command has to say it says itself; the page does not wait for it. */
  async #run(command: Parameters<PanelWindow['run']>[0], target: Target): Promise<null> {
    this.#window.run(command, target);
    return null;
  }

  #now(): PanelState {
    const { trusted, running } = this.#around.workbench;
    return { trusted, running: running.length > 0 };
  }

  #look(): void {
    const { trusted, running } = this.#now();
    // Asked anew: the engine has started, or another window explores and tells nothing of it.
    const { engine: state } = this.#around.workbench;
    const isAnother = state !== this.#engine;
    this.#engine = state;
    if (isAnother || trusted !== this.#state.trusted || running !== this.#state.running) this.#pace.ask();
  }

  #tellChanged(): void {
    this.#state = this.#now();
    this.#post({ type: 'changed', ...this.#state });
  }

  #refuse(id: number, error: unknown): void {
    if (!isUserError(error) && !isCancelled(error)) this.#around.log(error);
    const away = isUserError(error) && error.name === 'EngineAway' && this.#around.link.state === 'away';
    this.#post({ type: 'refused', id, ...readable(error), away });
  }

  #post(message: ToPage): void {
    if (!this.#disposed) this.#window.post(message);
  }
}

function isOf({ tool, run }: PanelPlace, asked: PanelRequests['dashboard']['params']): boolean {
  return tool?.id === asked.tool && run?.id === asked.runId;
}
