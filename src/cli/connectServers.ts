import type { Engine } from '../engine/engine.ts';
import { explain } from '../engine/errors.ts';
import type { SourceRow } from '../protocol/engine.ts';
import type { Cli } from './cli.ts';
import { counted, oneLine } from './text.ts';
import { allTools } from './toolOption.ts';

/**
 * Starts the MCP servers of the workspace and lists their tools, all at once: whoever typed the command wants that. What is
 * started is said, and so is what goes wrong; neither stops the rest.
 */
export async function connectServers(
  cli: Cli,
  engine: Engine,
  wanted: (source: SourceRow) => boolean = () => true,
): Promise<void> {
  const servers = engine.sources().sources.filter((source) => source.server !== null && wanted(source));
  await Promise.all(servers.map((source) => connect(cli, engine, source)));
}

/**
 * Those that these tools may come from, by id or name: none when the catalogue knows them all, since a call starts what it
 * needs.
 */
export async function connectServersOf(cli: Cli, engine: Engine, asked: readonly string[]): Promise<void> {
  const known = new Set(allTools(engine).flatMap(({ id, name }) => [id, name]));
  const unknown = asked.filter((name) => !known.has(name));
  if (asked.length > 0 && unknown.length === 0) return;
  // An id says which server it is of; a name may be of any.
  const all = unknown.length === 0 || unknown.some((name) => !name.includes('#'));
  await connectServers(cli, engine, ({ path }) => all || unknown.some((id) => id.startsWith(`${path}#`)));
}

async function connect(cli: Cli, engine: Engine, { folder, path, server }: SourceRow): Promise<void> {
  const { terminal } = cli;
  if (server === null) return;
  const named = `MCP server ${oneLine(server.name)}`;
  // Switched off, or wrong in its file: there is nothing to start.
  if (server.problem !== null) {
    terminal.say(`${named}: ${oneLine(server.problem)}`);
    return;
  }
  try {
    terminal.say(
      `${named}: ${server.transport === 'stdio' ? 'starting' : 'asking'} ${oneLine(server.shown)}`,
    );
    const { tools } = await engine.listServer({ folder, path });
    terminal.say(`${named}: ${counted(tools, 'tool')}`);
  } catch (error) {
    const { message, advice } = explain(error);
    terminal.say(`${named}: ${oneLine(`${message} ${advice}`)}`);
  }
}
