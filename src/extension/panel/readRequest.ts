/** What comes from the page, checked: a page shows what tools and models said, so nothing of it is taken on trust. */
import type { ListName, ListOrder, TrialFilter } from '../../core/rows.ts';
import { failureTypes, type Outcome } from '../../core/trial.ts';
import type { PanelRequestName, PanelRequests } from '../../protocol/panel.ts';

/** A request with parameters of the right shape. */
export type ReadRequest = {
  [Name in PanelRequestName]: { id: number; name: Name; params: PanelRequests[Name]['params'] };
}[PanelRequestName];

export type ReadMessage =
  | { kind: 'request'; request: ReadRequest }
  /** A request that is none of ours, or has wrong parameters: it can be refused by its id. */
  | { kind: 'wrong'; id: number }
  /** Something failed in the page. */
  | { kind: 'failed'; message: string }
  | { kind: 'nothing' };

const outcomes: readonly Outcome[] = ['fulfilled', 'unfulfilled', 'abandoned', 'error'];
const lists: readonly ListName[] = ['examples', 'failures', 'trials'];
const orders: readonly ListOrder['by'][] = ['time', 'tool', 'query', 'type', 'duration'];
/** Longest text that is searched for. */
const longestText = 1000;
/** Rows that may be asked for at once. */
const mostRows = 200;

export function readMessage(message: unknown): ReadMessage {
  if (!isObject(message)) return { kind: 'nothing' };
  if (message.type === 'failed') return { kind: 'failed', message: String(message.message).slice(0, 2000) };
  const { type, id, name, params } = message;
  if (type !== 'request' || typeof id !== 'number') return { kind: 'nothing' };
  const request = isObject(params) ? readRequest(id, name, params) : null;
  return request ? { kind: 'request', request } : { kind: 'wrong', id };
}

function readRequest(id: number, name: unknown, params: Record<string, unknown>): ReadRequest | null {
  switch (name) {
    case 'start':
    case 'manageTrust':
    case 'startEngine':
      return { id, name, params: {} };
    case 'dashboard': {
      const { tool, runId, simulated } = params;
      if (!isOptionalId(tool) || !isOptionalId(runId)) return null;
      if (simulated !== undefined && typeof simulated !== 'boolean') return null;
      return {
        id,
        name,
        params: {
          ...(tool === undefined ? {} : { tool }),
          ...(runId === undefined ? {} : { runId }),
          ...(simulated === undefined ? {} : { simulated }),
        },
      };
    }
    case 'list': {
      const list = lists.find((one) => one === params.list);
      const filter = readFilter(params.filter);
      const order = readOrder(params.order);
      return list && filter && order ? { id, name, params: { list, filter, order } } : null;
    }
    case 'listRows': {
      const list = lists.find((one) => one === params.list);
      const { ids } = params;
      if (!list || !Array.isArray(ids) || ids.length > mostRows || !ids.every(isWhole)) return null;
      return { id, name, params: { list, ids } };
    }
    case 'tools':
      return isText(params.text) ? { id, name, params: { text: params.text } } : null;
    case 'openTrial':
      // An example that was written by hand names none; the command says so.
      return typeof params.trialId === 'string' ? { id, name, params: { trialId: params.trialId } } : null;
    case 'insert':
      return isId(params.exampleId) ? { id, name, params: { exampleId: params.exampleId } } : null;
    case 'explore':
      return params.tool === null || isId(params.tool) ? { id, name, params: { tool: params.tool } } : null;
    default:
      return null;
  }
}

/** Null where any part of it is wrong: a filter that is half understood would show what was not asked for. */
function readFilter(given: unknown): TrialFilter | null {
  if (!isObject(given)) return null;
  const { tool, runId, outcome, failureType, from, to, argument, text, simulated } = given;
  const filter: TrialFilter = {};
  if (!isOptionalId(tool) || !isOptionalId(runId)) return null;
  if (tool !== undefined) filter.tool = tool;
  if (runId !== undefined) filter.runId = runId;
  if (simulated !== undefined && typeof simulated !== 'boolean') return null;
  if (simulated !== undefined) filter.simulated = simulated;
  if (outcome !== undefined) {
    const known = outcomes.find((one) => one === outcome);
    if (!known) return null;
    filter.outcome = known;
  }
  if (failureType !== undefined) {
    const known = failureTypes.find((one) => one === failureType);
    if (!known) return null;
    filter.failureType = known;
  }
  if (from !== undefined && !isWhole(from)) return null;
  if (to !== undefined && !isWhole(to)) return null;
  if (from !== undefined) filter.from = from;
  if (to !== undefined) filter.to = to;
  if (argument !== undefined) {
    if (!isObject(argument) || !isId(argument.pointer)) return null;
    const { pointer, value } = argument;
    if (value !== undefined && typeof value !== 'string') return null;
    filter.argument = value === undefined ? { pointer } : { pointer, value };
  }
  if (text !== undefined) {
    if (!isText(text)) return null;
    filter.text = text;
  }
  return filter;
}

function readOrder(given: unknown): ListOrder | null {
  if (!isObject(given) || typeof given.descending !== 'boolean') return null;
  const by = orders.find((one) => one === given.by);
  return by ? { by, descending: given.descending } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}

function isOptionalId(value: unknown): value is string | undefined {
  return value === undefined || isId(value);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
