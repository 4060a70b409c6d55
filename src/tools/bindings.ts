/**
 * What the manifests of a folder say about its sources, applied.
 *
 * What counts more, setting by setting: what is said of a tool by its name, before what is said of it by a pattern, before
 * what is said of all tools of a source. Among equals a later entry counts more than an earlier one, and of several
 * manifests the one nearer to the workspace folder; in the same folder `imaginarium.yaml`, then the first by name.
 *
 * `only` of several entries adds up, and an entry with `only` speaks of those tools alone. A pattern never means a
 * manifest: that one has to be named.
 */
import { bindTool } from './bindings/bindTool.ts';
import { excludedSources } from './bindings/excluded.ts';
import { problemsOfIncludes } from './bindings/includeProblems.ts';
import { type Inclusion, inclusionsOf, namesOf, serverGiven, weakestFirst } from './bindings/inclusion.ts';
import type { McpServerSpec, SourceResult } from './boundTool.ts';
import { givenTo, startHash } from './mcp/startFacts.ts';

/**
 * The sources of one folder as its manifests have them: without those that are excluded, narrowed, and with the runners,
 * risks and secrets that `include:` binds to their tools. What is wrong with that is a problem of the manifest.
 *
 * @param complete false while sources are still searched: then none is missed
 */
export function applyBindings(
  sources: readonly SourceResult[],
  { complete = true }: { complete?: boolean } = {},
): SourceResult[] {
  if (sources.every(({ bindings }) => bindings === undefined)) return [...sources];
  const manifests = sources.filter(({ format }) => format === 'manifest').sort(weakestFirst);
  const { excluded, excludes, problems } = excludedSources(sources, manifests);
  const inclusions = manifests.filter((one) => !excluded.has(one)).flatMap(inclusionsOf);
  const shown = sources.filter((source) => !excluded.has(source));
  const bound = shown.map((source) => bindSource(source, inclusions));
  const found = [
    ...problems.filter(({ path }) => shown.some((source) => source.path === path)),
    ...problemsOfIncludes(inclusions, { sources, excluded, excludes, complete }),
  ];
  if (found.length === 0) return bound;
  const byManifest = Map.groupBy(found, ({ path }) => path);
  return bound.map((source) => {
    const more = byManifest.get(source.path);
    if (!more) return source;
    const all = [...source.problems, ...more];
    return { ...source, problems: all.sort((a, b) => a.line - b.line || a.column - b.column) };
  });
}

function bindSource(source: SourceResult, inclusions: readonly Inclusion[]): SourceResult {
  const meant = inclusions.filter((one) => one.means(source));
  const servers = source.servers?.map((server) => bindServer(server, source, inclusions));
  const own = servers ? { ...source, servers, ...toldOf(source, servers) } : source;
  if (meant.length === 0) return own;
  const narrowed = meant.flatMap(({ only }) => only ?? []);
  const shown =
    narrowed.length === 0
      ? source.tools
      : source.tools.filter((tool) => narrowed.some((only) => only(namesOf(tool))));
  const dropped = new Set(source.tools.filter((tool) => !shown.includes(tool)).map(({ tool }) => tool.id));
  return {
    ...own,
    tools: shown.map((tool) => bindTool(tool, meant)),
    problems:
      dropped.size === 0
        ? source.problems
        : source.problems.filter(({ tool }) => tool === undefined || !dropped.has(tool)),
  };
}

/** A person who is asked whether it may be started is told what the manifests give it, too. */
function toldOf({ server }: SourceResult, [spec]: readonly McpServerSpec[]): Pick<SourceResult, 'server'> {
  if (!server || !spec?.manifestEnv) return {};
  return { server: { ...server, given: givenTo(spec), hash: startHash(spec) } };
}

/** A server is told what its tools' runners are told: it is asked for its tools with the same environment. */
function bindServer(
  server: McpServerSpec,
  source: SourceResult,
  inclusions: readonly Inclusion[],
): McpServerSpec {
  const file = source.file ?? source.path;
  const asSource: SourceResult = { ...source, file, path: `${file}#${server.name}` };
  const given = inclusions.filter((one) => one.means(asSource) && Object.keys(one.include.env).length > 0);
  return given.length === 0 ? server : serverGiven(server, given);
}
