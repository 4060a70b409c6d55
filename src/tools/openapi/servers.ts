/** Where an operation's requests go: the first server that has a full address. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { memberOf, objectOf } from './references.ts';

/**
 * The address of the first usable server; null when none is: relative ones are relative to where the document was fetched,
 * which nobody knows of a file.
 */
export function serverOf(lists: readonly (Json | undefined)[]): string | null {
  // The nearest list counts alone: an operation's, its path's, the document's.
  const list = lists.find((one) => Array.isArray(one) && one.length > 0) as Json[] | undefined;
  const usable = (list ?? []).flatMap((server) => {
    const url = isJsonObject(server) ? filled(server) : null;
    return url !== null && /^https?:\/\//i.test(url) && URL.canParse(url) ? [withoutExtras(url)] : [];
  });
  const [first = null] = usable;
  // Swagger 2.0 lists schemes in any order: keys are not sent in the open where that need not be.
  const secured = first?.replace(/^http:/, 'https:');
  return usable.find((url) => url === secured) ?? first;
}

/** Variables with their defaults, the first of their values where there is none; null when one has neither. */
function filled(server: JsonObject): string | null {
  const { url } = server;
  if (typeof url !== 'string') return null;
  let whole = true;
  const text = url.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = objectOf(memberOf(objectOf(server.variables), name));
    const listed = Array.isArray(variable.enum) ? variable.enum[0] : undefined;
    const value = variable.default ?? listed;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    whole = false;
    return '';
  });
  return whole ? text.trim() : null;
}

/** Without user name, query and fragment, and without the slash at the end: paths begin with one. */
function withoutExtras(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/+$/, '');
}
