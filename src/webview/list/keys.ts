/** What a key does in a list of rows that can be opened up. */

export type RowAction =
  | { to: number }
  | { act: 'open' }
  | { act: 'expand' }
  | { act: 'collapse' }
  | { act: 'toggle' };

/** `page` is how many rows are in sight; null: the key is none of ours. */
export function rowAction(key: string, index: number, count: number, page: number): RowAction | null {
  const within = (to: number): RowAction => ({ to: Math.max(0, Math.min(count - 1, to)) });
  switch (key) {
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowUp':
      return within(index - 1);
    case 'PageDown':
      return within(index + Math.max(1, page - 1));
    case 'PageUp':
      return within(index - Math.max(1, page - 1));
    case 'Home':
      return within(0);
    case 'End':
      return within(count - 1);
    case 'Enter':
      return { act: 'open' };
    case 'ArrowRight':
      return { act: 'expand' };
    case 'ArrowLeft':
      return { act: 'collapse' };
    case ' ':
      return { act: 'toggle' };
    default:
      return null;
  }
}
