/** `include:` and `exclude:` of a manifest: what it says about the other sources of its folder. */
import type { SpecLocation } from '../../core/tool.ts';
import { argumentsOf } from '../bindings/boundArguments.ts';
import type { Excluded, Include, ServiceSpec, SourceBindings, ToolBinding } from '../boundTool.ts';
import { globProblem, isGlob } from '../glob.ts';
import { urlTemplateProblem } from '../runners/urlTemplate.ts';
import { readLimits } from './manifestLimits.ts';
import { readRun } from './manifestRun.ts';
import { type Allowed, checkedText, envNameProblem } from './manifestText.ts';
import { type At, MapReader } from './mapReader.ts';

const mostIncludes = 200;
const mostExcluded = 200;
/** Tools that one entry names, and names with wildcards in all entries. */
const mostNames = 1_000;
const mostPatterns = 100;

type ServicesByName = ReadonlyMap<string, ServiceSpec | null>;

/** Null when the manifest says nothing about others. What is wrong is reported, and what is right is read. */
export function readBindings(root: MapReader, services: ServicesByName): SourceBindings | null {
  if (!root.has('include') && !root.has('exclude')) return null;
  return {
    include: readIncludes(root, services),
    exclude: readExclude(root),
    services: [...services.values()].filter((service) => service !== null),
  };
}

function readExclude(root: MapReader): Excluded[] {
  const globs = root.has('exclude') ? (root.texts('exclude') ?? []) : [];
  if (globs.length > mostExcluded) {
    root.fail(globs[mostExcluded]?.node, `Only the first ${mostExcluded} entries of "exclude" are read.`);
  }
  return globs
    .slice(0, mostExcluded)
    .flatMap((glob) =>
      checkedGlob(root, glob) ? [{ glob: glob.value, at: root.source.place(glob.node) }] : [],
    );
}

function readIncludes(root: MapReader, services: ServicesByName): Include[] {
  const items = root.has('include') ? (root.list('include') ?? []) : [];
  if (root.has('include') && items.length === 0 && !root.failed) {
    root.warn(
      root.keyNode('include'),
      '"include" is empty: write at least one entry, beginning with "- source:".',
    );
  }
  if (items.length > mostIncludes) {
    root.fail(items[mostIncludes], `Only the first ${mostIncludes} entries of "include" are read.`);
  }
  let patterns = 0;
  return items.slice(0, mostIncludes).flatMap((item, index) => {
    if (root.source.isBroken(item)) return [];
    const node = item ?? root.keyNode('include');
    const reader = new MapReader(root.source, node, `entry ${index + 1} of "include"`);
    const include = readInclude(reader, services);
    if (!include) return [];
    patterns += [...(include.only ?? []), ...Object.keys(include.tools)].filter(isGlob).length;
    if (patterns <= mostPatterns) return include;
    reader.fail(
      reader.node,
      `A manifest can have ${mostPatterns} names of tools with wildcards, and this has more.`,
    );
    return [];
  });
}

/** Null when it does not say what it is about. */
function readInclude(reader: MapReader, services: ServicesByName): Include | null {
  reader.knows(
    ...['source', 'only', 'server', 'auth', 'env', 'risk', 'run', 'timeout', 'outputLimit', 'tools'],
  );
  const places: Record<string, SpecLocation> = {};
  const place = (path: string, node: unknown): void => {
    places[path] = reader.source.place(node);
  };
  const source = readSourceGlob(reader);
  if (source) place('/source', source.node);
  const only = reader.has('only') ? reader.texts('only') : null;
  if (only && only.length > mostNames) {
    reader.fail(only[mostNames]?.node, `"only" can name ${mostNames} tools; use * for more.`);
    only.length = mostNames;
  }
  for (const name of only ?? []) {
    const wrong = globProblem(name.value);
    if (wrong !== null) reader.fail(name.node, wrong);
  }
  for (const [index, name] of (only ?? []).entries()) place(`/only/${index}`, name.node);
  const server = reader.has('server') ? readServer(reader, services) : null;
  for (const key of ['server', 'auth', 'env'] as const)
    if (reader.has(key)) place(`/${key}`, reader.keyNode(key));
  const values: Allowed = { env: true, secret: true, services };
  const auth = readTexts(reader, 'auth', values, () => null);
  warnOfOpenSecrets(reader, auth);
  const env = readTexts(reader, 'env', { ...values, node: true }, envNameProblem);
  const all = readBinding(reader, services, (node) => place('/run', node));
  const tools = readTools(reader, services, place);
  // The tools' own errors stand in their entries.
  if (!source) return null;
  return {
    source: source.value,
    only: only?.map(({ value }) => value) ?? null,
    server,
    auth: valuesOf(auth),
    env: valuesOf(env),
    all,
    tools,
    at: reader.source.place(reader.node),
    places,
  };
}

function readSourceGlob(reader: MapReader): At<string> | null {
  const source = reader.text('source');
  if (source) return checkedGlob(reader, source) ? source : null;
  if (!reader.failed) {
    reader.fail(
      reader.node,
      'An entry of "include" needs "source": the path of a file, relative to the workspace folder.',
    );
  }
  return null;
}

function checkedGlob(reader: MapReader, { value, node }: At<string>): boolean {
  const wrong = pathProblem(value) ?? globProblem(value);
  if (wrong !== null) reader.fail(node, wrong);
  return wrong === null;
}

function pathProblem(path: string): string | null {
  if (path.includes('\\')) return 'Write "/" between folders.';
  const [before] = /^(?:\.{0,2}\/|[A-Za-z]:\/)/.exec(path) ?? [];
  return before === undefined
    ? null
    : `Write the path relative to the workspace folder, without "${before}" before it.`;
}

function readServer(reader: MapReader, services: ServicesByName): string | null {
  const server = reader.text('server');
  if (!server || !checkedText(reader, server, { env: true, services })) return null;
  const wrong =
    urlTemplateProblem(server.value) ??
    (server.value.includes('?')
      ? '"server" is the address that paths are put behind: it has no query.'
      : null);
  if (wrong === null) return server.value;
  reader.fail(server.node, wrong);
  return null;
}

function readTexts(
  reader: MapReader,
  key: string,
  allowed: Allowed,
  nameProblem: (name: string) => string | null,
): [string, At<string>][] {
  if (!reader.has(key)) return [];
  return [...reader.textMap(key)].filter(([name, text]) => {
    const wrong = nameProblem(name);
    if (wrong === null) return checkedText(reader, text, allowed);
    reader.fail(text.node, wrong);
    return false;
  });
}

function warnOfOpenSecrets(reader: MapReader, auth: readonly [string, At<string>][]): void {
  for (const [, { value, node }] of auth) {
    if (value.includes('${')) continue;
    reader.warn(
      node,
      'This stands in the file for everybody to read: write ${secret:NAME} and store it with the command Set Secret of a Tool….',
    );
  }
}

function valuesOf(texts: readonly [string, At<string>][]): Record<string, string> {
  return Object.fromEntries(texts.map(([name, { value }]) => [name, value]));
}

function readTools(
  reader: MapReader,
  services: ServicesByName,
  place: (path: string, node: unknown) => void,
): Record<string, ToolBinding> {
  const entries = reader.has('tools') ? reader.map('tools') : null;
  const tools: Record<string, ToolBinding> = {};
  const names = entries?.keys ?? [];
  if (names.length > mostNames) {
    entries?.fail(
      entries.keyNode(names[mostNames] as string),
      `"tools" can name ${mostNames} tools; use * for more.`,
    );
  }
  for (const name of names.slice(0, mostNames)) {
    place(`/tools/${name}`, entries?.keyNode(name));
    const wrong = globProblem(name);
    if (wrong !== null) entries?.fail(entries.keyNode(name), wrong);
    const entry = new MapReader(
      reader.source,
      entries?.get(name) ?? entries?.keyNode(name),
      `tool "${name}"`,
    );
    if (!entry.failed) entry.knows('risk', 'run', 'timeout', 'outputLimit');
    tools[name] = readBinding(entry, services, (node) => place(`/tools/${name}/run`, node));
  }
  return tools;
}

/** Which arguments a runner may name is known only where its tool is: see `bindings.ts`. */
function readBinding(
  reader: MapReader,
  services: ServicesByName,
  runAt: (node: unknown) => void,
): ToolBinding {
  const limits = readLimits(reader);
  const run = reader.has('run') ? reader.map('run') : null;
  const runner = run && !run.failed ? readRun(run, { services, parameters: null }) : null;
  if (run) runAt(reader.keyNode('run'));
  const broken = reader.failed || (run?.failed ?? false);
  return {
    ...limits,
    ...(runner ? { runner, arguments: argumentsOf(runner) } : {}),
    ...(broken ? { broken: true } : {}),
  };
}
