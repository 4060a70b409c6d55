import type { Tool } from '../../core/tool.ts';
import type { BoundTool } from '../../tools/boundTool.ts';
import { editDistance } from '../../tools/suggest.ts';
import { isOfEditor } from '../catalogue/editorTools.ts';
import { WrongRequest } from '../errors.ts';

/** The tools of a run, and those that were left out. */
export interface ChosenTools {
  tools: Tool[];
  /** Ids of those that a model plays: nothing can run them, or their source says so. */
  simulated: string[];
  /** Nothing can run them. */
  leftOut: BoundTool[];
  /** How many are the running editor's own: whoever means all tools means those of the workspace. */
  ofEditor: number;
}

/**
 * Tools by id or unambiguous name, in the order asked; all of the workspace that can be run when none is named.
 * Throws `WrongRequest` for an unknown or ambiguous name, and for a tool that cannot be run.
 *
 * @param simulate a person wants those that nothing can run to be played
 */
export function chooseTools(
  asked: readonly string[],
  catalogue: readonly BoundTool[],
  simulate = false,
): ChosenTools {
  if (asked.length > 0) {
    const named = asked.map((name) => findTool(name, catalogue));
    for (const bound of named) if (!simulate) checkRunnable(bound);
    return {
      ...chosen([...new Map(named.map((bound) => [bound.tool.id, bound])).values()]),
      leftOut: [],
      ofEditor: 0,
    };
  }
  const ofWorkspace = catalogue.filter((bound) => !isOfEditor(bound));
  const ofEditor = catalogue.length - ofWorkspace.length;
  const tools = ofWorkspace.filter(({ runner }) => simulate || runner !== null);
  if (tools.length === 0) throw nothingRuns(ofWorkspace, ofEditor);
  const leftOut = ofWorkspace.filter(({ runner }) => !simulate && runner === null);
  return { ...chosen(tools), leftOut, ofEditor };
}

function nothingRuns(ofWorkspace: readonly BoundTool[], ofEditor: number): WrongRequest {
  if (ofEditor > 0) {
    return new WrongRequest(
      'No tool of this workspace can be run. Those of the editor are explored one by one.',
      'Choose one by its name.',
    );
  }
  return new WrongRequest(
    'There is no tool here that can be run.',
    ofWorkspace.length > 0
      ? 'Give yours a way to run, or let the model play them: explore with --simulate.'
      : 'Open a folder with tools.',
  );
}

function chosen(tools: readonly BoundTool[]): Pick<ChosenTools, 'tools' | 'simulated'> {
  const simulated = tools.filter(isPlayed).map(({ tool }) => tool.id);
  return { tools: tools.map(({ tool }) => tool), simulated };
}

/** Whether a model plays it, once it is explored at all. */
export function isPlayed({ runner }: Pick<BoundTool, 'runner'>): boolean {
  return runner === null || runner.kind === 'simulate';
}

/**
 * Whether a run on these tools may really call a tool. Of MCP servers only those that its own tools come from are there: of
 * those a person was asked whether they may be started, and a tool that is merely offered beside starts no other.
 *
 * @param tools ids
 */
export function reallyCallable(
  tools: readonly string[],
  catalogue: ReadonlyMap<string, BoundTool>,
): (tool: Pick<Tool, 'id'>) => boolean {
  const started = new Set(tools.flatMap((id) => serverOf(catalogue.get(id)) ?? []));
  return ({ id }) => {
    const bound = catalogue.get(id);
    const server = serverOf(bound);
    return bound !== undefined && !isPlayed(bound) && (server === null || started.has(server));
  };
}

function serverOf(bound: BoundTool | undefined): string | null {
  if (bound?.runner?.kind !== 'mcp') return null;
  const { name, source } = bound.runner.server;
  return JSON.stringify([bound.folder, source.path, name]);
}

/** One tool by id or unambiguous name. Throws `WrongRequest`, with the names that come close. */
export function findTool<T extends { tool: Tool }>(name: string, catalogue: readonly T[]): T {
  const byId = catalogue.find(({ tool }) => tool.id === name);
  if (byId) return byId;
  const byName = catalogue.filter(({ tool }) => tool.name === name);
  if (byName.length === 1) return byName[0] as T;
  if (byName.length > 1) {
    const ids = byName.map(({ tool }) => `"${tool.id}"`).join(', ');
    throw new WrongRequest(`There are ${byName.length} tools named "${name}".`, `Say which one: ${ids}.`);
  }
  const near = closest(
    name,
    catalogue.map(({ tool }) => tool.name),
  );
  throw new WrongRequest(
    `There is no tool "${name}".`,
    near.length > 0
      ? `Did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`
      : catalogue.length > 0
        ? `The tools are: ${catalogue.map(({ tool }) => tool.name).join(', ')}.`
        : 'No tools were found in this workspace.',
  );
}

function checkRunnable({ runner, notRunnable, tool }: BoundTool): void {
  if (runner !== null) return;
  throw new WrongRequest(
    `"${tool.name}" cannot be run: ${notRunnable ?? 'it has no runner.'}`,
    `Give it a way to run in ${tool.source.path}, line ${tool.source.line}, or let the model play it: explore with --simulate.`,
  );
}

/** At most three names within a distance that a slip of the fingers explains, nearest first. */
export function closest(name: string, names: readonly string[]): string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  return [...new Set(names)]
    .map((other) => ({ other, distance: editDistance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, distance }) => distance <= limit || (name.length >= 3 && other.includes(name)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ other }) => other);
}
