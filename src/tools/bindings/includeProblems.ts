/** What is wrong with an `include:` can be told only beside the sources it speaks of. */
import { basename } from 'node:path/posix';
import type { SpecLocation, SpecProblem } from '../../core/tool.ts';
import type { BoundTool, SourceResult } from '../boundTool.ts';
import { globMatcher, isGlob } from '../glob.ts';
import { parameterNames } from '../schema/parameterNames.ts';
import { didYouMean } from '../suggest.ts';
import { unknownArguments } from './boundArguments.ts';
import type { Exclusion } from './excluded.ts';
import { type Inclusion, namesOf } from './inclusion.ts';

const namesListed = 3;
/** Unknown names that an entry is told of; a source of another kind may have none of a thousand. */
const mostUnknown = 20;
/** Names among which the nearest to a misspelt one is looked for. */
const mostCandidates = 2_000;

/** What is known of the folder. */
interface Known extends Omit<Exclusion, 'problems'> {
  sources: readonly SourceResult[];
  /** Whether all sources are known. */
  complete: boolean;
}

/** In the places where the manifests say it. */
export function problemsOfIncludes(
  inclusions: readonly Inclusion[],
  { sources, excluded, excludes, complete }: Known,
): SpecProblem[] {
  return inclusions.flatMap((one) => {
    const meant = sources.filter((source) => one.means(source));
    const shown = meant.filter((source) => !excluded.has(source));
    const at = one.include.places['/source'] ?? one.include.at;
    if (shown.length === 0) {
      if (!complete) return [];
      return [warning(at, noSource(one, meant.length > 0 || excludes(one.include.source), sources))];
    }
    const open = openSecrets(one, shown, inclusions);
    return [...misplaced(one, shown), ...open, ...unknownNames(one, shown), ...wrongArguments(one, shown)];
  });
}

function noSource({ include }: Inclusion, isExcluded: boolean, sources: readonly SourceResult[]): string {
  const { source } = include;
  if (isExcluded) return `"${source}" is excluded by a manifest, so nothing comes of this entry.`;
  if (isGlob(source)) return `No source of tools is called like "${source}".`;
  const names = sources.map(({ path }) => path);
  const hint = didYouMean(source, names) || sameName(source, names);
  return `There is no source of tools "${source}": no such file, or none that tools are read from.${hint}`;
}

/** A file of this name in another folder. */
function sameName(source: string, names: readonly string[]): string {
  const name = basename(source);
  const found = names.find((one) => basename(one) === name) ?? '';
  return found === '' ? '' : ` Did you mean "${found}"?`;
}

/** Keys that go with other formats. */
function misplaced({ include }: Inclusion, sources: readonly SourceResult[]): SpecProblem[] {
  // What could not be read may be anything.
  if (sources.some(({ tools, server, servers }) => tools.length === 0 && !server && !servers)) return [];
  const formats = new Set(sources.map(({ format }) => format));
  const isMcp = formats.has('mcpServers') || sources.some(({ server, servers }) => server || servers);
  const wrong: [string, string][] = [];
  for (const key of ['server', 'auth']) if (!formats.has('openapi')) wrong.push([key, 'OpenAPI documents']);
  if (!isMcp) wrong.push(['env', 'MCP servers']);
  return wrong.flatMap(([key, owner]) => {
    const at = include.places[`/${key}`];
    return at ? [warning(at, `"${key}" goes with ${owner} and means nothing for this source.`)] : [];
  });
}

/** Secrets for documents that a pattern means: see `bindTool.ts`. */
function openSecrets(
  { include }: Inclusion,
  sources: readonly SourceResult[],
  inclusions: readonly Inclusion[],
): SpecProblem[] {
  const at = include.places['/auth'];
  const servers = inclusions.filter((one) => one.include.server !== null);
  const open = sources.find(
    (source) =>
      source.format === 'openapi' &&
      source.path !== include.source &&
      !servers.some((one) => one.means(source)),
  );
  if (!at || !open) return [];
  return [
    warning(
      at,
      `Nothing of this is sent for "${open.path}", which only a pattern means, and which says itself where its calls go: name the document in "source", or a "server".`,
    ),
  ];
}

/** Names of tools that no source has; a source that has not told its tools is not asked. */
function unknownNames({ include }: Inclusion, sources: readonly SourceResult[]): SpecProblem[] {
  const isKnown = sources.every(
    ({ tools, server }) => tools.length > 0 && (!server || /^(?:listed|remembered)$/.test(server.status)),
  );
  if (!isKnown) return [];
  const names = new Set(sources.flatMap(({ tools }) => tools.flatMap(namesOf)));
  const written = [
    ...(include.only ?? []).map((name, index) => ({ name, at: include.places[`/only/${index}`] })),
    ...Object.keys(include.tools).map((name) => ({ name, at: include.places[`/tools/${name}`] })),
  ];
  const unknown = written.filter(({ name }) => {
    return !names.has(name) && !(isGlob(name) && [...names].some(globMatcher(name)));
  });
  const candidates = [...names].slice(0, mostCandidates);
  return unknown.slice(0, mostUnknown).map(({ name, at = include.at }) => {
    const hint = isGlob(name) ? '' : didYouMean(name, candidates);
    return warning(at, `"${include.source}" has no tool "${name}".${hint}`);
  });
}

/** Placeholders of bound runners that are no parameters of the tools they are bound to. */
function wrongArguments(one: Inclusion, sources: readonly SourceResult[]): SpecProblem[] {
  const { include } = one;
  const tools = sources
    .flatMap((source) => source.tools)
    .filter((tool) => one.only === null || one.only(namesOf(tool)));
  const bound = [
    { binding: include.all, at: include.places['/run'], tools },
    ...Object.entries(include.tools).map(([key, binding]) => {
      const matches = globMatcher(key);
      const named = tools.filter((tool) => namesOf(tool).some(matches));
      return { binding, at: include.places[`/tools/${key}/run`], tools: named };
    }),
  ];
  return bound.flatMap(({ binding: { arguments: named = [] }, at = include.at, tools }) => {
    if (named.length === 0) return [];
    const byName = new Map<string, BoundTool[]>();
    for (const tool of tools) {
      for (const name of unknownArguments(named, tool.tool.parameters)) {
        byName.set(name, [...(byName.get(name) ?? []), tool]);
      }
    }
    return [...byName].slice(0, mostUnknown).map(([name, without]): SpecProblem => {
      return { ...at, severity: 'error', message: unknownArgument(name, without) };
    });
  });
}

function unknownArgument(name: string, tools: readonly BoundTool[]): string {
  const listed = tools.slice(0, namesListed).map(({ tool }) => tool.name);
  const more = tools.length - listed.length;
  const whose = listed.join(', ') + (more > 0 ? ` and ${more} more` : '');
  const known = [...(parameterNames(tools[0]?.tool.parameters ?? {}) ?? [])];
  const hint = didYouMean(name, known) || ` There are: ${known.slice(0, 20).join(', ') || 'none'}.`;
  return `"\${${name}}" is no parameter of ${whose}.${hint}`;
}

function warning(at: SpecLocation, message: string): SpecProblem {
  return { ...at, severity: 'warning', message };
}
