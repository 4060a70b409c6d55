/** One tool of any source, with what `include:` says of it. */

import type { BoundTool, RunnerSpec, ServiceSpec, ToolBinding } from '../boundTool.ts';
import { boundOperation } from '../openapi/bindOperation.ts';
import { guessRisk } from '../risk.ts';
import { unknownArguments } from './boundArguments.ts';
import { type Inclusion, namesOf, serverGiven, servicesOf } from './inclusion.ts';

/** What holds for a tool once all entries are laid over each other. */
interface Effective extends Omit<ToolBinding, 'broken'> {
  broken: boolean;
  /** The manifest that names the runner. */
  runnerServices: ServiceSpec[];
}

/** `inclusions` speak of its source, from the weakest to the strongest. */
export function bindTool(tool: BoundTool, inclusions: readonly Inclusion[]): BoundTool {
  const names = namesOf(tool);
  const spoken = inclusions.filter(({ only }) => only === null || only(names));
  if (spoken.length === 0) return tool;
  const {
    risk,
    runner,
    runnerServices,
    arguments: named = [],
    broken,
    timeoutMs,
    outputLimit,
  } = effective(names, spoken);
  let bound = withServer(tool, spoken);
  if (runner) bound = withRunner(bound, runner, named, runnerServices);
  if (timeoutMs !== undefined) bound = { ...bound, timeoutMs };
  if (outputLimit !== undefined) bound = { ...bound, outputLimit };
  if (risk !== undefined) {
    const { riskReason: _, ...settled } = bound.tool;
    bound = { ...bound, tool: { ...settled, risk } };
  }
  return broken ? notRunnable(bound, 'its entry in the manifest has errors (see Problems).') : bound;
}

function effective(names: readonly string[], spoken: readonly Inclusion[]): Effective {
  const layers = [0, 1, 2].flatMap((level) =>
    spoken.flatMap(({ include, patterns, services }) =>
      bindingsAt(level, names, include.all, include.tools, patterns).map((binding) => ({
        binding,
        services,
      })),
    ),
  );
  const found: Effective = { broken: false, runnerServices: [] };
  for (const { binding, services } of layers) {
    const { broken, ...rest } = binding;
    Object.assign(found, rest);
    if (broken) found.broken = true;
    if (binding.runner) found.runnerServices = services;
  }
  return found;
}

/** What an entry says of all (0), of tools by a pattern (1), of this tool by its name (2). */
function bindingsAt(
  level: number,
  names: readonly string[],
  all: ToolBinding,
  tools: Readonly<Record<string, ToolBinding>>,
  patterns: Inclusion['patterns'],
): ToolBinding[] {
  if (level === 0) return [all];
  if (level === 2) return names.flatMap((name) => (Object.hasOwn(tools, name) ? (tools[name] ?? []) : []));
  return patterns
    .filter(({ key, matches }) => !names.includes(key) && names.some(matches))
    .flatMap(({ key }) => tools[key] ?? []);
}

function withRunner(
  bound: BoundTool,
  runner: RunnerSpec,
  named: readonly string[],
  services: ServiceSpec[],
): BoundTool {
  const unknown = unknownArguments(named, bound.tool.parameters);
  if (unknown.length > 0) {
    const reason = `its runner in the manifest names \${${unknown[0]}}, which is none of its parameters.`;
    return notRunnable({ ...bound, runner }, reason);
  }
  return { ...guessedAnew(bound, runner), runner, services, notRunnable: null };
}

/** A guess was made for whatever ran the tool before: what runs it now may do something else. */
function guessedAnew(bound: BoundTool, runner: RunnerSpec): BoundTool {
  const { tool } = bound;
  const runnable = { ...bound, tool: { ...tool, runnable: true } };
  if (tool.riskReason === undefined || runner.kind === 'simulate') return runnable;
  const method = runner.kind === 'http' ? { method: runner.method } : {};
  const { risk, reason } = guessRisk({ name: bound.written?.name ?? tool.name, ...method });
  return { ...runnable, tool: { ...runnable.tool, risk, riskReason: reason } };
}

/** Where an operation of an OpenAPI document is sent, and what an MCP server is given. */
function withServer(bound: BoundTool, spoken: readonly Inclusion[]): BoundTool {
  const { runner } = bound;
  if (runner?.kind === 'openapi' || bound.operation) {
    const saying = spoken.filter(({ include }) => include.server !== null || hasTexts(include.auth));
    if (saying.length === 0) return bound;
    // A pattern may mean a document of a stranger, who would name the host that is sent the secret.
    const isBound = saying.some(({ include }) => include.server !== null);
    const heard = saying.map(({ include }) =>
      isBound || include.source === bound.tool.source.path ? include : { ...include, auth: {} },
    );
    const operation = heard.reduce((tool, include) => boundOperation(tool, include), bound);
    return { ...operation, services: servicesOf(saying) };
  }
  if (runner?.kind !== 'mcp') return bound;
  const given = spoken.filter(({ include }) => hasTexts(include.env));
  return given.length === 0
    ? bound
    : { ...bound, runner: { ...runner, server: serverGiven(runner.server, given) } };
}

function hasTexts(texts: Readonly<Record<string, string>>): boolean {
  return Object.keys(texts).length > 0;
}

function notRunnable(bound: BoundTool, reason: string): BoundTool {
  return { ...bound, runner: null, notRunnable: reason, tool: { ...bound.tool, runnable: false } };
}
