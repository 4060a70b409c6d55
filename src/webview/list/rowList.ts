/**
 * The list itself: of any length, only the rows in sight are in the page. The focused row stays there however far the list
 * is scrolled, so the focus is never lost.
 */
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type Range,
  Virtualizer,
} from '@tanstack/virtual-core';
import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ListRow } from '../../core/rows.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import { LightElement } from '../lightElement.ts';
import type { Listed } from '../state/dashboardModel.ts';
import { listNames } from '../state/pageState.ts';
import { exampleRow } from './exampleRow.ts';
import { failedCallRow } from './failedCallRow.ts';
import { rowAction } from './keys.ts';
import { row as drawRow } from './row.ts';
import type { RowView } from './rowView.ts';
import { trialRow } from './trialRow.ts';
import './rowList.css';

/** What the list needs of the page. */
export interface RowSource {
  /** Undefined until it has come, null where it is gone. */
  row(id: number): ListRow | undefined | null;
  want(ids: readonly number[]): void;
  openTrial(trialId: string): void;
  insert(exampleId: string): void;
  setScroll(pixels: number): void;
}

/** Pixels of a row before one has been measured: two lines, some room, a line below. */
const guess = 51;

export class RowList extends LightElement {
  static override properties = {
    listed: { attribute: false },
    source: { attribute: false },
    words: { attribute: false },
    label: { attribute: false },
    /** Another value: rows have come. */
    version: { attribute: false },
  };
  declare listed: Listed;
  declare source: RowSource;
  declare words: PanelWords;
  declare label: string;
  declare version: number;
  /** Where a list that is restored begins. */
  startAt = 0;
  #virtual: Virtualizer<HTMLElement, HTMLElement> | null = null;
  /** The row that the Tab key comes to. */
  #active = 0;
  #range: (range: Range) => number[] = defaultRangeExtractor;
  #open = new Set<number>();
  #height = guess;
  #key = (index: number): number => index;
  #anchor: { keys: number[]; into: number } | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#virtual?._didMount()();
    this.#virtual = null;
  }

  get #scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.rows');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('listed')) return;
    const before = changed.get('listed') as Listed | undefined;
    this.#anchor = before && before.turn === this.listed.turn ? this.#place() : null;
    const { ids, list } = this.listed;
    const kind = listNames.indexOf(list);
    // One key for a row of one list, another for the row of another list with the same id.
    this.#key = (index) => (ids[index] ?? 0) * listNames.length + kind;
    const activeId = before?.turn === this.listed.turn ? before.ids[this.#active] : undefined;
    this.#makeActive(Math.max(0, activeId === undefined ? 0 : ids.indexOf(activeId)));
  }

  /** What is at the top now, to be at the top again when rows have come before it. */
  #place(): { keys: number[]; into: number } | null {
    const scroller = this.#scroller;
    const inside = this.contains(document.activeElement);
    if (!scroller || !this.#virtual || (scroller.scrollTop === 0 && !inside)) return null;
    const items = this.#virtual.getVirtualItems().filter(({ end }) => end > scroller.scrollTop);
    const first = items[0];
    return first
      ? { keys: items.map(({ key }) => Number(key)), into: scroller.scrollTop - first.start }
      : null;
  }

  #options(): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    return {
      count: this.listed.ids.length,
      getScrollElement: () => this.#scroller,
      estimateSize: () => this.#height,
      getItemKey: this.#key,
      overscan: 6,
      useAnimationFrameWithResizeObserver: true,
      initialOffset: this.startAt,
      rangeExtractor: this.#range,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.requestUpdate(),
    };
  }

  /** Which rows are in the page: those in sight, and the active one. A new function each time, or it is not asked again. */
  #makeActive(active: number): void {
    this.#active = active;
    this.#range = (range) => {
      const inSight = defaultRangeExtractor(range);
      if (active >= range.count || inSight.includes(active)) return inSight;
      return active < (inSight[0] ?? 0) ? [active, ...inSight] : [...inSight, active];
    };
  }

  protected override render(): TemplateResult {
    const options = this.#options();
    if (this.#virtual) this.#virtual.setOptions(options);
    else this.#virtual = new Virtualizer(options);
    const items = this.#virtual.getVirtualItems();
    return html`
      <div
        class="rows"
        role="treegrid"
        aria-label=${this.label}
        aria-rowcount=${this.listed.ids.length}
        @keydown=${this.#keydown}
        @focusin=${this.#focused}
        @scroll=${this.#scrolled}
      >
        <div class="rows-all" role="rowgroup" .style=${`block-size:${this.#virtual.getTotalSize()}px`}>
          ${repeat(
            items,
            ({ key }) => key,
            ({ index, start }) => this.#row(index, start),
          )}
        </div>
      </div>
    `;
  }

  #row(index: number, start: number): TemplateResult | typeof nothing {
    const id = this.listed.ids[index];
    if (id === undefined) return nothing;
    const view = this.#view(id);
    const words = view === null ? l10n.t('No longer there') : l10n.t('Loading…');
    return drawRow(view ?? words, {
      index,
      start,
      active: index === this.#active,
      open: this.#open.has(this.#key(index)),
      toggle: () => this.#toggle(index),
      openTrial: () => this.#openTrial(index),
      insert: () => view?.exampleId !== undefined && this.source.insert(view.exampleId),
    });
  }

  #view(id: number): RowView | undefined | null {
    const row = this.source.row(id);
    if (!row) return row;
    if ('example' in row) return exampleRow(row, this.words);
    if ('failedCall' in row) return failedCallRow(row, this.words);
    return trialRow(row.trial, this.words);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const virtual = this.#virtual;
    if (!virtual) return;
    virtual._willUpdate();
    if (changed.has('listed')) this.#placeAgain(changed.get('listed') as Listed | undefined);
    for (const element of this.querySelectorAll<HTMLElement>('[data-index]')) {
      virtual.measureElement(element);
      if (!element.classList.contains('opened') && element.offsetHeight > 0)
        this.#height = element.offsetHeight;
    }
    const { ids } = this.listed;
    this.source.want(virtual.getVirtualItems().flatMap(({ index }) => ids[index] ?? []));
  }

  #placeAgain(before: Listed | undefined): void {
    const virtual = this.#virtual;
    if (!virtual || !before) return;
    if (before.turn !== this.listed.turn) {
      virtual.scrollToOffset(0);
      return;
    }
    if (!this.#anchor) return;
    const { keys, into } = this.#anchor;
    this.#anchor = null;
    const { ids } = this.listed;
    for (const key of keys) {
      const index = ids.indexOf(Math.floor(key / listNames.length));
      const offset = index < 0 ? undefined : virtual.getOffsetForIndex(index, 'start');
      if (!offset) continue;
      // Of a later row only its top is known to have been in sight.
      virtual.scrollToOffset(offset[0] + (key === keys[0] ? into : 0));
      return;
    }
  }

  #scrolled(): void {
    this.source.setScroll(this.#scroller?.scrollTop ?? 0);
  }

  #focused(event: FocusEvent): void {
    const index = indexOf(event.target);
    if (index === null || index === this.#active) return;
    this.#makeActive(index);
    this.requestUpdate();
  }

  #toggle(index: number, open = !this.#open.has(this.#key(index))): void {
    const id = this.listed.ids[index];
    const view = id === undefined ? null : this.#view(id);
    if (!view) return;
    if (view.more === null) this.source.openTrial(view.trialId);
    else if (open) this.#open.add(this.#key(index));
    else this.#open.delete(this.#key(index));
    this.requestUpdate();
    if (open) void this.updateComplete.then(() => this.#virtual?.scrollToIndex(index, { align: 'auto' }));
  }

  async #keydown(event: KeyboardEvent): Promise<void> {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const onRow = event.target instanceof HTMLElement && event.target.matches('[data-index]');
    if (indexOf(event.target) === null) return;
    // Not the row of the event: keys that repeat come faster than the focus can follow.
    const index = this.#active;
    const page = Math.floor((this.#scroller?.clientHeight ?? 0) / this.#height);
    const action = rowAction(event.key, index, this.listed.ids.length, page);
    // In a row's buttons the keys of buttons are theirs.
    if (!action || ('act' in action && !onRow)) return;
    event.preventDefault();
    if ('to' in action) await this.#goTo(action.to);
    else if (action.act === 'open') this.#openTrial(index);
    else if (action.act === 'toggle') this.#toggle(index);
    else if (this.#canOpen(index)) this.#toggle(index, action.act === 'expand');
  }

  #canOpen(index: number): boolean {
    const id = this.listed.ids[index];
    return id !== undefined && Boolean(this.#view(id)?.more);
  }

  #openTrial(index: number): void {
    const id = this.listed.ids[index];
    const view = id === undefined ? null : this.#view(id);
    if (view) this.source.openTrial(view.trialId);
  }

  /** Brings a row into sight, and the focus to it. */
  async #goTo(index: number): Promise<void> {
    this.#makeActive(index);
    this.#virtual?.scrollToIndex(index, { align: 'auto' });
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  }
}

function indexOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row ? Number(row.dataset.index) : null;
}

customElements.define('imaginarium-row-list', RowList);
