/** What the page keeps over a reload of the window: the editor stores it, so it is checked when it comes back. */
import type { ListName, ListOrder } from '../../core/rows.ts';
import { type FailureType, failureTypes, type Outcome } from '../../core/trial.ts';
import type { PanelPlace } from '../../protocol/panel.ts';
import type { Mark } from './marks.ts';

export interface PageState {
  place: PanelPlace;
  marks: Mark[];
  text: string;
  /** What a model played is shown, and not what was really called. */
  simulated: boolean;
  list: ListName;
  order: Record<ListName, ListOrder>;
  /** Pixels from the top of the list. */
  scroll: number;
}

export const listNames: readonly ListName[] = ['examples', 'failures', 'trials'];
const outcomes: readonly Outcome[] = ['fulfilled', 'unfulfilled', 'abandoned', 'error'];
const orders: readonly ListOrder['by'][] = ['time', 'tool', 'query', 'type', 'duration'];

export function firstState(): PageState {
  const newest: ListOrder = { by: 'time', descending: true };
  return {
    place: { tool: null, run: null },
    marks: [],
    text: '',
    simulated: false,
    list: 'examples',
    order: { examples: newest, failures: newest, trials: newest },
    scroll: 0,
  };
}

/** The state that was kept, as far as it can be read; null where nothing was. */
export function readState(kept: unknown): PageState | null {
  if (!isObject(kept)) return null;
  const state = firstState();
  const place = isObject(kept.place) ? kept.place : {};
  const tool = isObject(place.tool) ? place.tool : {};
  if (isText(tool.id) && isText(tool.name)) state.place.tool = { id: tool.id, name: tool.name };
  const run = isObject(place.run) ? place.run : {};
  if (isText(run.id) && isText(run.label)) state.place.run = { id: run.id, label: run.label };
  if (Array.isArray(kept.marks)) state.marks = kept.marks.flatMap((mark) => readMark(mark) ?? []);
  if (isText(kept.text)) state.text = kept.text;
  state.simulated = kept.simulated === true;
  state.list = listNames.find((name) => name === kept.list) ?? state.list;
  const order = isObject(kept.order) ? kept.order : {};
  for (const name of listNames) state.order[name] = readOrder(order[name]) ?? state.order[name];
  if (isCount(kept.scroll)) state.scroll = kept.scroll;
  return state;
}

function readOrder(order: unknown): ListOrder | null {
  if (!isObject(order) || typeof order.descending !== 'boolean') return null;
  const by = orders.find((one) => one === order.by);
  return by ? { by, descending: order.descending } : null;
}

function readMark(mark: unknown): Mark | null {
  if (!isObject(mark)) return null;
  const outcome = outcomes.find((one) => one === mark.outcome);
  if (mark.kind === 'outcome' && outcome) return { kind: 'outcome', outcome };
  const type: FailureType | undefined = failureTypes.find((one) => one === mark.type);
  if (mark.kind === 'failure' && type) return { kind: 'failure', type };
  const { from, to, first, last, pointer, value } = mark;
  if (mark.kind === 'stretch' && isCount(from) && isCount(to) && isCount(first) && isCount(last)) {
    return { kind: 'stretch', from, to, first, last };
  }
  if (mark.kind === 'argument' && isText(pointer) && (value === null || isText(value))) {
    return { kind: 'argument', pointer, value };
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
