import { isJsonObject, type Json } from '../core/json.ts';

/** More names than anybody would look through, and longer ones than any model has, are not taken from a server. */
const most = 1000;
const longest = 200;

/** The names in an answer of `/models`; null when it is no such list. */
export function modelNames(answer: string): string[] | null {
  let whole: Json;
  try {
    whole = JSON.parse(answer) as Json;
  } catch {
    return null;
  }
  const data = isJsonObject(whole) ? whole.data : whole;
  if (!Array.isArray(data)) return null;
  const names = data.flatMap((entry) =>
    isJsonObject(entry) && typeof entry.id === 'string' && entry.id !== '' && entry.id.length <= longest
      ? [entry.id]
      : [],
  );
  return [...new Set(names)].slice(0, most);
}
