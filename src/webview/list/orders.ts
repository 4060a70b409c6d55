/** In which orders a list can be shown. */
import * as l10n from '@vscode/l10n';
import type { ListName, ListOrder } from '../../core/rows.ts';

export interface NamedOrder {
  /** Value of the choice. */
  key: string;
  words: string;
  order: ListOrder;
}

export function ordersOf(list: ListName): NamedOrder[] {
  const all: Record<string, NamedOrder> = {
    newest: named(l10n.t('Newest first'), 'time', true),
    oldest: named(l10n.t('Oldest first'), 'time', false),
    tool: named(l10n.t('By tool'), 'tool', false),
    query: named(l10n.t('By query'), 'query', false),
    type: named(l10n.t('By type'), 'type', false),
    longest: named(l10n.t('Longest first'), 'duration', true),
  };
  const chosen = {
    examples: ['newest', 'oldest', 'tool', 'query'],
    failures: ['newest', 'oldest', 'type', 'tool'],
    trials: ['newest', 'oldest', 'tool', 'query', 'longest'],
  }[list];
  return chosen.flatMap((name) => all[name] ?? []);
}

export function orderKey({ by, descending }: ListOrder): string {
  return `${by} ${descending ? 'down' : 'up'}`;
}

function named(words: string, by: ListOrder['by'], descending: boolean): NamedOrder {
  const order = { by, descending };
  return { key: orderKey(order), words, order };
}
