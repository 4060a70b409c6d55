import { Command } from 'commander';
import { simulatedShare } from '../../core/simulate/share.ts';
import type { SpecProblem } from '../../core/tool.ts';
import type { CatalogueSource, CatalogueTool, ServerState } from '../../protocol/engine.ts';
import type { Cli } from '../cli.ts';
import { connectServers } from '../connectServers.ts';
import { jsonFlag, workspaceFlag, workspaceFolder } from '../flags.ts';
import { shownJson } from '../json.ts';
import { withReader } from '../openEngine.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { namesOf, oneLine, plain, shortened, wrapped } from '../text.ts';

/** `imaginarium tools`: what is in the workspace, and what is wrong with it. */
export function toolsCommand(cli: Cli): Command {
  return new Command('tools')
    .description('list the tools of a workspace')
    .addOption(workspaceFlag())
    .option('--no-connect', 'start no MCP server: show what it told last')
    .addOption(jsonFlag('print one JSON array'))
    .addHelpText(
      'after',
      `
Examples:
  $ imaginarium tools
  $ imaginarium tools --no-connect
  $ imaginarium tools --workspace ./examples --json | jq '.[].id'`,
    )
    .action(async (flags: { workspace: string; json?: boolean; connect: boolean }) => {
      const folder = workspaceFolder(cli, flags.workspace);
      await withReader(cli, folder, async (engine) => {
        if (flags.connect) await connectServers(cli, engine);
        const { sources } = engine.catalogue();
        if (!flags.json) return print(cli.terminal, sources);
        for (const source of sources) sayToolless(cli.terminal, source);
        await cli.terminal.out(`${shownJson(JSON.stringify(sources.flatMap(records), null, 2))}\n`);
      });
    });
}

/** A tool as scripts read it. */
function records(source: CatalogueSource) {
  return source.tools.map((tool) => ({
    id: tool.id,
    name: tool.name,
    source: { path: tool.source.path, line: tool.source.line },
    risk: tool.risk,
    // Only of a guess: what a manifest says needs no reason.
    ...(tool.riskReason === undefined ? {} : { riskReason: tool.riskReason }),
    runnable: tool.runnable,
    simulated: tool.simulated ?? false,
    problems: tool.problems,
  }));
}

/** What is no tool has no record: it is said, so that nobody looks for it in vain. */
function sayToolless(terminal: Terminal, source: CatalogueSource): void {
  for (const problem of source.problems) {
    if (problem.tool === undefined) terminal.say(problemLine(problem, problem.severity));
  }
}

function problemLine({ path, line, column, message }: SpecProblem, severity: string): string {
  return `${plain(path)}:${line}:${column} ${severity} ${oneLine(message)}`;
}

async function print(terminal: Terminal, sources: readonly CatalogueSource[]): Promise<void> {
  if (sources.length === 0) {
    terminal.say(
      'No tools were found: no OpenAPI document, MCP configuration, function definitions or imaginarium.yaml.',
    );
    return;
  }
  const { colors, width } = terminal;
  for (const source of sources) {
    const lines = [colors.bold(plain(source.path)), ...(source.tools.length > 0 ? rows(source, width) : [])];
    if (source.server) lines.push(...serverLines(source.server));
    else if (source.tools.length === 0 && source.problems.length === 0) {
      lines.push(
        source.format === 'manifest'
          ? '(no tools of its own; what it says of other sources is shown with them)'
          : '(no tools)',
      );
    }
    for (const problem of source.problems) {
      const severity = problem.severity === 'error' ? colors.red('error') : colors.yellow('warning');
      lines.push(problemLine(problem, severity));
    }
    await terminal.out(`${lines.join('\n')}\n\n`);
  }
}

/** What a person has to know of a server beside its tools. */
function serverLines({ status, problem, shown }: ServerState): string[] {
  if (problem !== null) return [`(${oneLine(problem)})`];
  if (status === 'unlisted') return [`(not asked yet: ${oneLine(shown)})`];
  return status === 'remembered' ? ['(as the server told them last)'] : [];
}

function rows(source: CatalogueSource, width: number): string[] {
  const columns = [
    { title: 'Tool' },
    { title: 'Risk' },
    { title: 'Trials', align: 'right' as const },
    { title: 'Examples', align: 'right' as const },
    { title: 'Failed calls', align: 'right' as const },
    { title: 'Lessons', align: 'right' as const },
    { title: 'Description' },
  ];
  const row = (tool: CatalogueTool) => [
    plain(tool.name),
    tool.risk,
    String(tool.counts.trials) + simulatedShare(tool.counts.trials, tool.counts.simulated?.trials),
    String(tool.counts.examples) + simulatedShare(tool.counts.examples, tool.counts.simulated?.examples),
    String(tool.counts.failures) + simulatedShare(tool.counts.failures, tool.counts.simulated?.failures),
    String(tool.counts.lessons),
    shortened(oneLine(tool.description), 200) +
      (tool.simulated ? ' (played by the model: simulate)' : '') +
      (tool.runnable ? '' : ' (cannot be run)'),
  ];
  return [...table(columns, source.tools.map(row), width), ...notRunnable(source.tools, width)];
}

/** Why tools cannot be run, each reason once: the tools of a file mostly share it. */
function notRunnable(tools: readonly CatalogueTool[], width: number): string[] {
  const reasons = Map.groupBy(
    tools.filter(({ runnable }) => !runnable),
    (tool) => oneLine(tool.notRunnable ?? 'it has no runner.'),
  );
  return [...reasons].flatMap(([reason, those]) => {
    const which = reasons.size > 1 ? `${namesOf(those)} cannot be run` : 'Cannot be run';
    return wrapped(`${which}: ${reason}`, width);
  });
}
