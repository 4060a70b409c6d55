/** What the page shows and how it comes to know it. It knows no DOM: the page draws it, tests hold it to account. */
import type { Dashboard, ListName, ListOrder, ListRow } from '../../core/rows.ts';
import type { PanelPlace, PanelStart, PanelState, PanelTool } from '../../protocol/panel.ts';
import type { Host } from '../wire/host.ts';
import { Latest } from './latest.ts';
import { filterOf, type Mark, toggled } from './marks.ts';
import { firstState, listNames, type PageState } from './pageState.ts';
import { RowCache } from './rowCache.ts';

/** Ids of the list as it is shown. */
export interface Listed {
  list: ListName;
  ids: number[];
  total: number;
  /** Another number where it is another list than before: it begins at its top. */
  turn: number;
}

export interface ModelHooks {
  changed(): void;
  /** Before anything is drawn. */
  started(start: PanelStart): void;
  keep(state: PageState): void;
}

/** A request that takes longer than this is shown to be under way, milliseconds: what is faster would only flash. */
const patience = 300;

export class DashboardModel {
  readonly #host: Pick<Host, 'request'>;
  readonly #hooks: ModelHooks;
  readonly #caches: Record<ListName, RowCache>;
  readonly #dashboards = new Latest();
  readonly #lists = new Latest();
  #slow: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  state: PageState;
  /** Null until the extension has answered. */
  start: PanelStart | null = null;
  /** What is shown, with the place that it is of. */
  dashboard: { data: Dashboard; place: PanelPlace } | null = null;
  listed: Listed | null = null;
  /** Why the last request failed. */
  problem: unknown = null;
  /** Something has been under way for so long that the person should see it. */
  slow = false;

  constructor(host: Pick<Host, 'request'>, kept: PageState | null, hooks: ModelHooks) {
    this.#host = host;
    this.#hooks = hooks;
    this.state = kept ?? firstState();
    const cache = (list: ListName): RowCache =>
      new RowCache(
        (ids) => host.request('listRows', { list, ids }),
        () => hooks.changed(),
        (error) => this.#fail(error),
      );
    this.#caches = { examples: cache('examples'), failures: cache('failures'), trials: cache('trials') };
  }

  /** Asks what the page is for; again after a refusal. */
  async open(): Promise<void> {
    try {
      const start = await this.#host.request('start', {});
      this.#hooks.started(start);
      this.start = start;
      if (start.place) this.#goTo(start.place);
      this.#reload();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Asks again for what could not be had. */
  retry(): void {
    if (!this.start) void this.open();
    else this.#reload();
  }

  /** Trials have come, or the window is another: what is shown stays until its successor is there. */
  changed({ trusted, running }: PanelState): void {
    if (!this.start) return;
    this.start = { ...this.start, trusted, running };
    this.#dashboards.soon(() => this.#loadDashboard());
    this.#lists.soon(() => this.#loadList(false));
    this.#refreshRows();
    this.#hooks.changed();
  }

  show(place: PanelPlace): void {
    this.#goTo(place);
    if (this.start) this.#reload();
  }

  setTool(tool: PanelPlace['tool']): void {
    this.show({ ...this.state.place, tool });
  }

  clearRun(): void {
    this.show({ ...this.state.place, run: null });
  }

  /** Turns a mark on or off, and shows a list that has something to say about it. */
  toggle(mark: Mark): void {
    const marks = toggled(this.state.marks, mark);
    const on = marks.includes(mark);
    let { list } = this.state;
    if (on && mark.kind === 'failure') list = 'failures';
    else if (on && mark.kind === 'outcome' && mark.outcome !== 'fulfilled' && list === 'examples')
      list = 'trials';
    this.#set({ marks, list });
  }

  clearFilter(): void {
    this.#set({ marks: [], text: '' });
  }

  setText(text: string): void {
    if (text !== this.state.text) this.#set({ text });
  }

  /** Shows what a model played, or what was really called. */
  setSimulated(simulated: boolean): void {
    const marks = this.state.marks.filter(({ kind }) => kind !== 'stretch');
    this.state = { ...this.state, simulated, marks, scroll: 0 };
    this.#hooks.keep(this.state);
    this.#reload();
  }

  setList(list: ListName): void {
    if (list !== this.state.list) this.#set({ list });
  }

  setOrder(order: ListOrder): void {
    this.#set({ order: { ...this.state.order, [this.state.list]: order } });
  }

  /** Where the list stands; kept for a reload, nothing is drawn anew. */
  setScroll(scroll: number): void {
    this.state = { ...this.state, scroll };
    this.#hooks.keep(this.state);
  }

  get filtered(): boolean {
    return this.state.marks.length > 0 || this.state.text.trim() !== '';
  }

  /** The row, where it has come; null where it is gone. */
  row(id: number): ListRow | undefined | null {
    const cache = this.#caches[this.listed?.list ?? this.state.list];
    return cache.get(id) ?? (cache.isGone(id) ? null : undefined);
  }

  /** These rows of the list are in sight. */
  want(ids: readonly number[]): void {
    this.#caches[this.listed?.list ?? this.state.list].want(ids);
  }

  tools(text: string): Promise<PanelTool[]> {
    return this.#host.request('tools', { text });
  }

  openTrial(trialId: string): void {
    this.#do(this.#host.request('openTrial', { trialId }));
  }

  insert(exampleId: string): void {
    this.#do(this.#host.request('insert', { exampleId }));
  }

  explore(): void {
    this.#do(this.#host.request('explore', { tool: this.state.place.tool?.id ?? null }));
  }

  manageTrust(): void {
    this.#do(this.#host.request('manageTrust', {}));
  }

  startEngine(): void {
    this.#do(this.#host.request('startEngine', {}).then(() => this.retry()));
  }

  #do(request: Promise<unknown>): void {
    request.catch((error: unknown) => this.#fail(error));
  }

  /** Another place has other stretches and arguments. */
  #goTo(place: PanelPlace): void {
    const marks = this.state.marks.filter(({ kind }) => kind === 'outcome' || kind === 'failure');
    const text = '';
    this.state = { ...this.state, place, marks, text, simulated: false, scroll: 0 };
    this.#hooks.keep(this.state);
  }

  #set(changes: Partial<PageState>): void {
    this.state = { ...this.state, ...changes, scroll: 0 };
    this.#hooks.keep(this.state);
    this.#loadList(true);
    this.#hooks.changed();
  }

  #reload(): void {
    this.#loadDashboard();
    this.#loadList(true);
    this.#refreshRows();
    this.#hooks.changed();
  }

  #refreshRows(): void {
    for (const name of listNames) this.#caches[name].refresh();
  }

  #loadDashboard(): void {
    const { place, simulated } = this.state;
    const query = { ...queryOf(place), ...(simulated ? { simulated } : {}) };
    const done = this.#dashboards.run(
      () => this.#host.request('dashboard', query),
      (data) => {
        const before = this.#listsSimulated();
        this.#took(() => (this.dashboard = { data, place }));
        // Lists show what the figures count.
        if (this.#listsSimulated() !== before) this.#loadList(true);
      },
      (error) => this.#fail(error),
    );
    this.#watch(done);
  }

  #loadList(anew: boolean): void {
    const { place, marks, text, list, order } = this.state;
    const simulated = this.#listsSimulated();
    const turn = anew ? ++this.#turn : this.#turn;
    const done = this.#lists.run(
      () =>
        this.#host.request('list', {
          list,
          filter: filterOf(
            { ...queryOf(place), ...(simulated === undefined ? {} : { simulated }) },
            marks,
            text,
          ),
          order: order[list],
        }),
      ({ ids, total }) => this.#took(() => (this.listed = { list, ids, total, turn })),
      (error) => this.#fail(error),
    );
    this.#watch(done);
  }

  /** Whether lists show what a model played; undefined while nobody has to know. */
  #listsSimulated(): boolean | undefined {
    const { simulated, place } = this.state;
    if (simulated) return true;
    const known = this.dashboard?.place === place ? this.dashboard.data.simulated : undefined;
    return known && !known.shown ? false : undefined;
  }

  #took(take: () => void): void {
    take();
    this.problem = null;
    this.#hooks.changed();
  }

  #fail(error: unknown): void {
    this.problem = error;
    this.#hooks.changed();
  }

  #watch(done: Promise<void>): void {
    this.#slow ??= setTimeout(() => {
      this.slow = true;
      this.#hooks.changed();
    }, patience);
    void done.then(() => {
      if (this.#dashboards.busy || this.#lists.busy) return;
      clearTimeout(this.#slow);
      this.#slow = undefined;
      if (!this.slow) return;
      this.slow = false;
      this.#hooks.changed();
    });
  }
}

function queryOf({ tool, run }: PanelPlace): { tool?: string; runId?: string } {
  return { ...(tool ? { tool: tool.id } : {}), ...(run ? { runId: run.id } : {}) };
}
