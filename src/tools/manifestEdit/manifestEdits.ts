/** What commands change in a manifest, as functions of its text. Done twice they change nothing more. */
import { UserError } from '../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Risk } from '../../core/tool.ts';
import { isGlob, pathMatcher } from '../glob.ts';
import { dataOf, withItem, withoutItem, withValue } from './yamlEdit.ts';

/** The source is not shown any more. */
export function withExcluded(text: string, source: string): string {
  let changed = text;
  // An entry that says nothing about it has only been there to show it.
  for (;;) {
    const bare = listIn(changed, 'include').findIndex((one) => sourceOf(one) === source && isBare(one));
    if (bare < 0) break;
    changed = withoutItem(changed, ['include'], bare);
  }
  return listIn(changed, 'exclude').includes(source) ? changed : withItem(changed, ['exclude'], source);
}

/** The source is read, wherever it lies; `server` is where the operations of an OpenAPI document are sent. */
export function withIncluded(text: string, source: string, server?: string): string {
  let changed = text;
  for (;;) {
    const excluded = listIn(changed, 'exclude').indexOf(source);
    if (excluded < 0) break;
    changed = withoutItem(changed, ['exclude'], excluded);
  }
  // A pattern was excluded: what it stands for is found by itself again.
  if (changed !== text && isGlob(source) && server === undefined) return changed;
  const bound = server === undefined ? {} : { server };
  const include = listIn(changed, 'include');
  const at = include.findLastIndex((one) => sourceOf(one) === source);
  if (at < 0) return withItem(changed, ['include'], { source, ...bound });
  if (server === undefined || (include[at] as JsonObject).server === server) return changed;
  return withValue(changed, ['include', at, 'server'], server);
}

/**
 * The risk of a tool of another source. `names` are those under which a manifest may speak of it; the first is written
 * where none is there.
 */
export function withRisk(text: string, source: string, names: readonly string[], risk: Risk): string {
  const include = listIn(text, 'include');
  const speaks = (one: Json | undefined): string | undefined => {
    const tools = isJsonObject(one) ? one.tools : null;
    return isJsonObject(tools) ? names.find((name) => Object.hasOwn(tools, name)) : undefined;
  };
  const means = (one: Json): boolean => {
    const written = sourceOf(one);
    return written === source || (typeof written === 'string' && pathMatcher(written)(source));
  };
  // What a later entry says of the tool counts more: that is the one to change, or to come after.
  const last = include.findLastIndex((one) => means(one) && speaks(one) !== undefined);
  if (last >= 0 && sourceOf(include[last] as Json) === source) {
    return withRiskAt(text, ['include', last, 'tools', speaks(include[last]) as string], risk);
  }
  const [name = ''] = names;
  const open = include.findLastIndex((one) => sourceOf(one) === source && !('only' in (one as JsonObject)));
  if (open > last) return withRiskAt(text, ['include', open, 'tools', name], risk);
  return withItem(text, ['include'], { source, tools: { [name]: { risk } } });
}

/** The risk of a tool that stands in this manifest. */
export function withOwnRisk(text: string, name: string, risk: Risk): string {
  const at = listIn(text, 'tools').findIndex((one) => isJsonObject(one) && one.name === name);
  if (at >= 0) return withRiskAt(text, ['tools', at], risk);
  throw new UserError(`The manifest has no tool "${name}" any more.`, 'Look at it, and try again.');
}

function withRiskAt(text: string, path: readonly (string | number)[], risk: Risk): string {
  let node: Json | undefined = dataOf(text);
  for (const key of [...path, 'risk']) {
    node = Array.isArray(node) ? node[Number(key)] : isJsonObject(node) ? node[key] : undefined;
  }
  return node === risk ? text : withValue(text, [...path, 'risk'], risk);
}

function listIn(text: string, key: string): Json[] {
  const data = dataOf(text);
  if (data !== null && !isJsonObject(data)) {
    throw new UserError('The manifest is no mapping (key: value).', 'Mend it first; see Problems.');
  }
  const list = data?.[key] ?? [];
  if (Array.isArray(list)) return list;
  throw new UserError(`"${key}" of the manifest is no list.`, 'Mend it first; see Problems.');
}

function sourceOf(entry: Json): Json | undefined {
  return isJsonObject(entry) ? entry.source : undefined;
}

function isBare(entry: Json): boolean {
  return isJsonObject(entry) && Object.keys(entry).join() === 'source';
}
