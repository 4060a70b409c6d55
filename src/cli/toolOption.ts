import { toolName } from '../core/toolName.ts';
import type { Engine } from '../engine/engine.ts';
import { findTool } from '../engine/runs/chooseTools.ts';
import type { CatalogueTool } from '../protocol/engine.ts';

/** All tools of the catalogue, in its order. */
export function allTools(engine: Engine): CatalogueTool[] {
  return engine.catalogue().sources.flatMap((source) => source.tools);
}

/**
 * The id that `--tool` names: by id or unambiguous name, or the id of a tool that has left the catalogue and of which
 * something is kept. Throws `WrongRequest`.
 */
export async function toolId(engine: Engine, given: string): Promise<string> {
  const tools = allTools(engine).map((tool) => ({ tool }));
  if (!tools.some(({ tool }) => tool.id === given) && (await isKept(engine, given))) return given;
  return findTool(given, tools).tool.id;
}

/** The ids that a repeated `--tool` names, by id or unambiguous name. Throws `WrongRequest`. */
export function severalTools(engine: Engine, given: readonly string[]): string[] {
  const tools = allTools(engine).map((tool) => ({ tool }));
  return [...new Set(given.map((name) => findTool(name, tools).tool.id))];
}

async function isKept(engine: Engine, id: string): Promise<boolean> {
  return (await engine.learned.trials({ tool: id, limit: 1 })).rows.length > 0;
}

/** The name of a tool, taken from its id when it has left the catalogue. */
export function nameOf(id: string, tools: readonly CatalogueTool[]): string {
  return tools.find((tool) => tool.id === id)?.name ?? toolName(id);
}
