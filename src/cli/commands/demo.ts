import { relative } from 'node:path';
import { Command } from 'commander';
import type { Engine } from '../../engine/engine.ts';
import type { EngineEvent, RunSummary, TrialRow } from '../../protocol/engine.ts';
import { type Cli, type ExitCode, exitCodes } from '../cli.ts';
import { inFull, perTool } from '../demoReport.ts';
import { followRun, type RunWatcher } from '../followRun.ts';
import { openEngine } from '../openEngine.ts';
import { Progress } from '../progress.ts';
import { modelLine, runEnding, type ToolTally, tally } from '../runReport.ts';
import { sampleWorkspace } from '../sampleWorkspace.ts';
import { allTools, nameOf } from '../toolOption.ts';

/** Enough to learn something about each tool, and done within half a minute on a slow machine. */
const settings = { episodes: 3, trials: 4 };
/** A machine that is slower still sees what there is by then, milliseconds. */
const timeLimit = 26_000;

/** `imaginarium demo`, what `npm start` shows: the sample workspace, explored by the offline sampler. */
export function demoCommand(cli: Cli): Command {
  return new Command('demo')
    .description('explore the sample workspace with the offline sampler and show what was learned')
    .action(async () => {
      const { folder, copied } = sampleWorkspace(cli.packageFolder);
      const { terminal } = cli;
      terminal.say(`Exploring the sample workspace ${shown(cli, folder)}`);
      if (copied) terminal.say('(a copy: the package itself cannot be written)');
      const engine = await openEngine(cli, folder, { onlyRead: false });
      try {
        cli.exit(await demo(cli, engine, folder));
      } finally {
        await engine.dispose();
      }
    });
}

async function demo(cli: Cli, engine: Engine, folder: string): Promise<ExitCode> {
  const { terminal } = cli;
  const watcher = new DemoWatcher(cli, engine);
  // The sample's only tool that writes books seats on trains that do not exist.
  const begin = () => engine.explore({ tools: [], model: 'offline', settings, seed: 1, allowWrites: true });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void engine.stop();
  }, timeLimit);
  const ended = await followRun(cli, engine, begin, watcher).finally(() => clearTimeout(timer));
  watcher.end();
  if ('nothing' in ended) return exitCodes.done;

  const { summary, seconds } = ended;
  const lines = [
    '',
    ...(await perTool(engine, watcher.tallies, terminal)),
    ...(await inFull(engine, watcher.rows, summary, terminal)),
    ...runEnding(
      summary,
      seconds,
      terminal.colors,
      `node ${shown(cli, `${cli.packageFolder}/dist/cli.cjs`)} explore --workspace ${shown(cli, folder)}`,
    ),
    ...(late ? [`The demonstration ends after ${timeLimit / 1000} s; the run can be resumed.`] : []),
    '',
    ...whereToGo(cli, folder),
  ];
  await terminal.out(`${lines.join('\n')}\n`);
  if (summary.status === 'failed') return exitCodes.failed;
  return summary.status === 'stopped' && !late ? exitCodes.stopped : exitCodes.done;
}

function whereToGo(cli: Cli, folder: string): string[] {
  const { bold } = cli.terminal.colors;
  const cliPath = shown(cli, `${cli.packageFolder}/dist/cli.cjs`);
  return [
    bold('In VS Code'),
    `  Open ${shown(cli, cli.packageFolder) || 'this folder'} in VS Code and press F5: a second window opens with the sample`,
    '  workspace. Imaginarium is in its activity bar: the tools, with what has just been learned of them.',
    '',
    bold('In this terminal'),
    `  node ${cliPath} trials --workspace ${shown(cli, folder)} --failed`,
    `  node ${cliPath} examples --workspace ${shown(cli, folder)} --for "How far is 5 miles?"`,
    `  node ${cliPath} explore --help`,
  ];
}

/** A path as it is typed here. */
function shown(cli: Cli, path: string): string {
  const short = relative(cli.cwd, path);
  return short === '' || short.startsWith('..') ? path : short;
}

class DemoWatcher implements RunWatcher {
  readonly rows: TrialRow[] = [];
  readonly tallies = new Map<string, ToolTally>();
  readonly #cli: Cli;
  readonly #engine: Engine;
  #progress: Progress | null = null;

  constructor(cli: Cli, engine: Engine) {
    this.#cli = cli;
    this.#engine = engine;
  }

  started(run: RunSummary): void {
    this.#cli.terminal.say(modelLine(run));
    const name = (id: string) => nameOf(id, allTools(this.#engine));
    this.#progress = new Progress(this.#cli.terminal, { ...run, done: 0 }, name);
  }

  event(event: EngineEvent): void {
    if (event.type === 'trial') {
      this.rows.push(event.row);
      tally(this.tallies, event.row);
    }
    this.#progress?.follow(event);
  }

  end(): void {
    this.#progress?.end();
  }
}
