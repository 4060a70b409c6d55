import { Command } from 'commander';
import type { Budget } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import { isResumable, type ResumeChanges } from '../../engine/runs/resumable.ts';
import type { EngineEvent, RunSummary } from '../../protocol/engine.ts';
import { blockedLines, mayRun } from '../blockedTools.ts';
import { type Cli, type ExitCode, exitCodes } from '../cli.ts';
import { connectServersOf } from '../connectServers.ts';
import { type ExploreFlags, exploreOptions, exploreParams, keptFlags } from '../exploreFlags.ts';
import { runFinished, runStarted, trialFinished } from '../exploreRecords.ts';
import { jsonFlag, typedCommand, workspaceFlag, workspaceFolder } from '../flags.ts';
import { type Begun, followRun, type RunWatcher } from '../followRun.ts';
import { jsonLine } from '../json.ts';
import { openEngine } from '../openEngine.ts';
import { Progress } from '../progress.ts';
import { modelLine, runEnding, simulatedLines, type ToolTally, tally, tallyTable } from '../runReport.ts';
import { counted, namesOf, oneLine, wrapped } from '../text.ts';
import { allTools, nameOf } from '../toolOption.ts';

/** `imaginarium explore`: simulated trial and error on the tools of a workspace. */
export function exploreCommand(cli: Cli): Command {
  const command = new Command('explore')
    .description('explore tools by simulated trial and error: all whose calls may be made, or those named')
    .argument('[tools...]', 'ids or names')
    .addOption(workspaceFlag());
  for (const option of exploreOptions()) command.addOption(option);
  return command
    .option(
      '--resume [run]',
      'go on with a run that was stopped or cut off: the newest, or this one; it keeps its settings, and --max-calls and --max-usd are new limits for the whole of it',
    )
    .addOption(jsonFlag('print one event a line, as JSON'))
    .addHelpText(
      'after',
      `
The key of the model server comes from IMAGINARIUM_API_KEY or OPENAI_API_KEY. Without --model, the model
is IMAGINARIUM_MODEL (at IMAGINARIUM_BASE_URL), then "model:" in imaginarium.yaml, then the offline sampler.

Exit codes: 0 done, also when a limit ended it; 1 the run failed; 2 wrong use; 130 stopped.

Examples:
  $ imaginarium explore
  $ imaginarium explore convert_units --episodes 4 --model gpt-5-mini --max-usd 0.50
  $ imaginarium explore --model qwen3 --base-url http://127.0.0.1:11434/v1 --json
  $ imaginarium explore book_flight --simulate
  $ imaginarium explore --resume`,
    )
    .action(async (tools: string[], flags: ExploreFlags) => {
      const folder = workspaceFolder(cli, flags.workspace);
      const engine = await openEngine(cli, folder, { onlyRead: false, baseUrl: flags.baseUrl });
      try {
        cli.exit(await explore(cli, engine, tools, flags));
      } finally {
        await engine.dispose();
      }
    });
}

async function explore(cli: Cli, engine: Engine, tools: string[], flags: ExploreFlags): Promise<ExitCode> {
  // A run that goes on needs the tools that it has.
  const needed = flags.resume === undefined ? tools : await toolsOf(engine, flags.resume);
  if (needed !== null) await connectServersOf(cli, engine, needed);
  const begin = (): Promise<Begun> =>
    flags.resume === undefined
      ? engine.explore(exploreParams(cli, chosen(cli, engine, tools, flags), flags))
      : resume(cli, engine, tools, flags);
  const watcher = flags.json
    ? new JsonWatcher(cli, engine)
    : new PersonWatcher(cli, engine, typedCommand('explore', flags));
  const ended = await followRun(cli, engine, begin, watcher);
  if ('nothing' in ended) {
    cli.terminal.say(ended.nothing);
    return exitCodes.done;
  }
  await watcher.ended(ended.summary, ended.seconds);
  return exitCode(ended.summary);
}

/** Those that were named, else all whose calls may be made. */
function chosen(cli: Cli, engine: Engine, tools: string[], flags: ExploreFlags): string[] {
  if (tools.length > 0) return tools;
  const all = mayRun(allTools(engine), flags);
  for (const line of all.lines) cli.terminal.say(line);
  return all.tools;
}

/** The tools of the run that is meant, the newest that can go on; null when there is none. */
async function toolsOf(engine: Engine, resumed: string | true): Promise<readonly string[] | null> {
  if (resumed !== true) return (await engine.run(resumed))?.tools ?? null;
  return engine.state().runs.find(isResumable)?.tools ?? null;
}

/** This command as it is typed again for the same workspace. */
function resume(cli: Cli, engine: Engine, tools: string[], flags: ExploreFlags): Promise<Begun> {
  const kept = keptFlags(tools, flags);
  if (kept.length > 0) {
    cli.terminal.say(`A resumed run keeps its settings: ${kept.join(', ')} changes nothing.`);
  }
  const budget: Partial<Budget> = {
    ...(flags.maxCalls === undefined ? {} : { modelCalls: flags.maxCalls }),
    ...(flags.maxUsd === undefined ? {} : { usd: flags.maxUsd }),
  };
  const changes: ResumeChanges = {
    budget,
    ...(flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }),
  };
  return engine.resume(flags.resume === true ? undefined : flags.resume, changes);
}

function exitCode({ status }: RunSummary): ExitCode {
  if (status === 'failed') return exitCodes.failed;
  return status === 'stopped' ? exitCodes.stopped : exitCodes.done;
}

/** For scripts: JSON on standard output, one event a line, and nothing else there. */
class JsonWatcher implements RunWatcher {
  readonly #cli: Cli;
  readonly #engine: Engine;

  constructor(cli: Cli, engine: Engine) {
    this.#cli = cli;
    this.#engine = engine;
  }

  started(run: RunSummary): void {
    this.#cli.terminal.say(modelLine(run));
    for (const line of simulatedLines(run, allTools(this.#engine))) this.#cli.terminal.say(line);
    for (const line of blockedLines(run, allTools(this.#engine))) this.#cli.terminal.say(line);
    void this.#print(runStarted(run.id, run.tools, run.estimate));
  }

  event(event: EngineEvent): void {
    if (event.type === 'trial') void this.#print(trialFinished(event.row));
    if (event.type === 'notice') this.#cli.terminal.say(oneLine(`${event.message} ${event.advice}`));
  }

  async ended(summary: RunSummary, seconds: number): Promise<void> {
    if (summary.error) this.#cli.terminal.say(oneLine(`${summary.error.message} ${summary.error.advice}`));
    await this.#print(runFinished(summary, seconds));
  }

  #print(record: object): Promise<void> {
    return this.#cli.terminal.out(jsonLine(record));
  }
}

/** For people: progress on standard error, the outcome on standard output. */
class PersonWatcher implements RunWatcher {
  readonly #cli: Cli;
  readonly #nameOf: (id: string) => string;
  readonly #engine: Engine;
  readonly #typed: string;
  readonly #tallies = new Map<string, ToolTally>();
  #progress: Progress | null = null;

  constructor(cli: Cli, engine: Engine, typed: string) {
    this.#cli = cli;
    this.#engine = engine;
    this.#typed = typed;
    this.#nameOf = (id) => nameOf(id, allTools(engine));
  }

  started(run: RunSummary): void {
    const { terminal } = this.#cli;
    const { trials, modelCalls, usd } = run.estimate;
    const money = usd === null || usd === 0 ? '' : `, $${usd.toFixed(2)}`;
    terminal.say(modelLine(run));
    terminal.say(
      `Run ${run.id}: ${counted(run.tools.length, 'tool')}, at most ${counted(trials, 'trial')}, ${counted(modelCalls, 'model call')}${money}`,
    );
    const tools = allTools(this.#engine);
    for (const line of [...simulatedLines(run, tools), ...blockedLines(run, tools)]) terminal.say(line);
    const done = run.counts.trials;
    if (done > 0) terminal.say(`Done already: ${counted(done, 'trial')}.`);
    this.#progress = new Progress(terminal, { tools: run.tools, planned: run.planned, done }, this.#nameOf);
  }

  event(event: EngineEvent): void {
    if (event.type === 'trial') tally(this.#tallies, event.row);
    this.#progress?.follow(event);
  }

  async ended(summary: RunSummary, seconds: number): Promise<void> {
    this.#progress?.end();
    const { out, colors, width } = this.#cli.terminal;
    const lessons = new Map(allTools(this.#engine).map((tool) => [tool.id, tool.counts.lessons]));
    const lines =
      this.#tallies.size === 0 ? [] : [...tallyTable(this.#tallies, lessons, this.#nameOf, width), ''];
    lines.push(...(await this.#blocked(summary.id)));
    await out(`${[...lines, ...runEnding(summary, seconds, colors, this.#typed)].join('\n')}\n`);
  }

  /** Why no call of a tool was made at all, each reason once: a secret that is missing, for instance. */
  async #blocked(runId: string): Promise<string[]> {
    const { terminal } = this.#cli;
    const blocked = [...this.#tallies]
      .filter(([, { failures, examples }]) => examples === 0 && failures.has('blocked'))
      .map(([id]) => id);
    const why = await Promise.all(
      blocked.map(async (tool) => {
        const { rows } = await this.#engine.learned.trials({ runId, tool, failed: true, limit: 1 });
        const trial = rows[0] && (await this.#engine.learned.trial(rows[0].id));
        const step = trial?.steps.findLast(({ failure }) => failure?.type === 'blocked');
        return step ? [{ name: this.#nameOf(tool), reason: oneLine(step.observation.content) }] : [];
      }),
    );
    const reasons = [...Map.groupBy(why.flat(), ({ reason }) => reason)];
    const lines = reasons.flatMap(([reason, those]) =>
      wrapped(`Blocked: ${namesOf(those)}. ${reason}`, terminal.width),
    );
    return lines.length > 0 ? [...lines, ''] : [];
  }
}
