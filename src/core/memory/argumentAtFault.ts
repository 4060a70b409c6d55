import type { JsonObject } from '../json.ts';
import { pointerOf } from '../jsonPointer.ts';

/** The argument that a message is about: the only one whose value or, failing that, whose name it quotes. */
export function argumentAtFault(args: JsonObject, message: string): string | undefined {
  const entries = Object.entries(args);
  const quotes = entries.filter(([, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.length >= 2 && message.includes(text);
  });
  const named = entries.filter(([name]) =>
    new RegExp(`(^|[^\\p{L}\\p{N}_])${escapeRegExp(name)}($|[^\\p{L}\\p{N}_])`, 'u').test(message),
  );
  const only =
    quotes.length === 1
      ? quotes[0]
      : named.length === 1
        ? named[0]
        : entries.length === 1
          ? entries[0]
          : undefined;
  return only && pointerOf(only[0]);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
