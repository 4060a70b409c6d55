import type { Tool } from '../../core/tool.ts';
import type { BoundTool } from '../../tools/boundTool.ts';
import { editDistance } from '../../tools/suggest.ts';
import { isOfEditor } from '../catalogue/editorTools.ts';
import { WrongRequest } from '../errors.ts';

/** The tools of a run, and those that were left out. */
export interface ChosenTools {
  tools: Tool[];
  /** Nothing can run them. */
  leftOut: BoundTool[];
  /** How many are the running editor's own: whoever means all tools means those of the workspace. */
  ofEditor: number;
}

/**
 * Tools by id or unambiguous name, in the order asked; all of the workspace that can be run when none is named.
 * Throws `WrongRequest` for an unknown or ambiguous name, and for a tool that cannot be run.
 */
export function chooseTools(asked: readonly string[], catalogue: readonly BoundTool[]): ChosenTools {
  if (asked.length > 0) {
    const tools = asked.map((name) => runnable(findTool(name, catalogue)).tool);
    return { tools: [...new Map(tools.map((tool) => [tool.id, tool])).values()], leftOut: [], ofEditor: 0 };
  }
  const ofWorkspace = catalogue.filter((bound) => !isOfEditor(bound));
  const ofEditor = catalogue.length - ofWorkspace.length;
  const tools = ofWorkspace.filter((bound) => bound.runner !== null).map((bound) => bound.tool);
  if (tools.length === 0) {
    throw new WrongRequest(
      ofEditor > 0
        ? 'No tool of this workspace can be run. Those of the editor are explored one by one.'
        : 'There is no tool here that can be run.',
      ofEditor > 0 ? 'Choose one by its name.' : 'Open a folder with tools, or give yours a way to run.',
    );
  }
  return { tools, leftOut: ofWorkspace.filter((bound) => bound.runner === null), ofEditor };
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

function runnable(bound: BoundTool): BoundTool {
  if (bound.runner !== null) return bound;
  throw new WrongRequest(
    `"${bound.tool.name}" cannot be run: ${bound.notRunnable ?? 'it has no runner.'}`,
    `Give it a way to run in ${bound.tool.source.path}, line ${bound.tool.source.line}.`,
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
