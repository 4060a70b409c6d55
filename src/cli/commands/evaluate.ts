import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Condition, conditions } from '../../core/evaluate/conditions.ts';
import type { LiftReport } from '../../core/evaluate/lift.ts';
import type { Job } from '../../core/job.ts';
import type { Engine } from '../../engine/engine.ts';
import { WrongRequest } from '../../engine/errors.ts';
import type { EvaluateParams } from '../../protocol/engine.ts';
import type { Cli } from '../cli.ts';
import { comparisonLines, estimateLines, liftLines, percent, reportLines } from '../evaluationText.ts';
import { jsonFlag, typedCommand, wholeNumber, workspaceFlag, workspaceFolder } from '../flags.ts';
import { exitCodeOf, followJob, jobEnding } from '../followJob.ts';
import { type ModelFlags, modelOptions, modelParams, resumedJob } from '../jobFlags.ts';
import { jsonLine } from '../json.ts';
import { openEngine, withReader } from '../openEngine.ts';
import { oneLine } from '../text.ts';
import { allTools, nameOf } from '../toolOption.ts';

interface Flags extends ModelFlags {
  workspace: string;
  data?: string;
  fromExamples?: boolean;
  conditions?: Condition[];
  k?: number;
  repeat?: number;
  limit?: number;
  offer?: number;
  seed?: number;
  protocol?: 'tools' | 'react';
  demonstrations?: boolean;
  embeddingModel?: string;
  /** True: the newest that can be resumed. */
  resume?: string | true;
  lift?: boolean;
  list?: boolean;
  show?: string;
  against?: string;
  json?: boolean;
}

/** What the steps of an evaluation are called. */
const steps = 'answers';
/** Evaluations that a list tells of. */
const listed = 50;

/** `imaginarium evaluate`: the same queries with and without what was learned. */
export function evaluateCommand(cli: Cli): Command {
  const number = (flags: string, what: string, lowest: number, highest?: number) =>
    new Option(`${flags} <number>`, what).argParser(wholeNumber(lowest, highest));
  const command = new Command('evaluate')
    .description('measure what examples and lessons are worth: the same queries with and without them')
    .addOption(workspaceFlag())
    .option('--data <file>', 'questions: tool_test.json of STE, a BFCL file, or lines of examples')
    .option('--from-examples', 'hold out families of the examples of this workspace, and ask those')
    .addOption(
      new Option(
        '--conditions <list>',
        `divided by commas: ${conditions.join(', ')} (default: all)`,
      ).argParser(conditionList),
    )
    .addOption(number('-k', 'examples in a prompt (default: as many as fit the query)', 1, 64))
    .addOption(number('--repeat', 'how often each question is asked (default: 1)', 1, 100))
    .addOption(number('--limit', 'questions at most, drawn by the seed', 1))
    .addOption(number('--offer', 'tools offered with a question (default: 8)', 1, 128))
    .addOption(number('--seed', 'of the split, the order and the answers (default: 1)', 0, 2 ** 31 - 1))
    .addOption(
      new Option('--protocol <name>', 'how the model is told of tools (default: tools)').choices([
        'tools',
        'react',
      ]),
    )
    .option('--embedding-model <name>', 'model by which examples are also compared by what queries mean')
    .option('--demonstrations', 'also examples that the sampler made up, and of tools that a model played');
  for (const option of modelOptions()) command.addOption(option);
  return command
    .option(
      '--lift',
      'measure what each example is worth: held-out queries with it, and without it where the next best takes its place',
    )
    .option('--resume [id]', 'go on with an evaluation that was stopped or cut off: the newest, or this one')
    .option('--list', 'the evaluations of this workspace; with --lift those of single examples')
    .option('--show <id>', 'what an evaluation, with --lift that of single examples, has shown')
    .option('--against <id>', 'with --show: compare it with an earlier one of the same questions')
    .addOption(jsonFlag('print the whole report, as one JSON object'))
    .addHelpText('after', help)
    .action(async (flags: Flags) => {
      const folder = workspaceFolder(cli, flags.workspace);
      if (flags.list || flags.show !== undefined)
        return withReader(cli, folder, (engine) => look(cli, engine, flags));
      if (flags.against !== undefined)
        throw new WrongRequest('--against needs --show.', 'Name both: --show ID --against ID.');
      const engine = await openEngine(cli, folder, { onlyRead: false, baseUrl: flags.baseUrl });
      try {
        await (flags.lift ? measureLift(cli, engine, flags) : evaluate(cli, engine, flags));
      } finally {
        await engine.dispose();
      }
    });
}

const help = `
Each question is asked once under each condition at temperature 0; no tool is run: what counts is the call that
the model makes first. Whole families of paraphrases are held out, so that no question is shown in other words.
Intervals are Wilson's for shares and Newcombe's for paired differences; p is McNemar's exact test. With --repeat
shares are averages, and the test takes the majority of the answers, at a tie the first.

Exit codes: 0 done, also when a limit ended it; 1 it failed; 2 wrong use; 130 stopped.

Examples:
  $ imaginarium evaluate --from-examples --model gpt-5-mini
  $ imaginarium evaluate --data tool_test.json --conditions zero-shot,both -k 8 --limit 100 --max-calls 300
  $ imaginarium evaluate --lift --model gpt-5-mini --max-calls 500
  $ imaginarium evaluate --resume
  $ imaginarium evaluate --show jabc --against jdef`;

async function evaluate(cli: Cli, engine: Engine, flags: Flags): Promise<void> {
  const { terminal } = cli;
  const begin =
    flags.resume === undefined ? await newOne(cli, engine, flags) : await resumed(engine, flags, 'evaluate');
  if (begin === null) return terminal.say('There is no evaluation to go on with.');
  const { job, seconds } = await followJob(cli, engine, begin, steps);
  const { report } = await engine.evaluations.report(job.id);
  if (flags.json) {
    await terminal.out(jsonLine(record(job, { seconds, report })));
  } else if (report !== null && report.questions > 0) {
    await terminal.out(`${reportLines(report, terminal.width).join('\n')}\n`);
  }
  for (const line of jobEnding(job, seconds, terminal.sayColors, typedCommand('evaluate', flags), steps))
    terminal.say(line);
  if (job.status === 'finished')
    terminal.say(
      `See it again: ${typedCommand('evaluate', { workspace: flags.workspace })} --show ${job.id}`,
    );
  cli.exit(exitCodeOf(job));
}

/** Lift is measured on held-out examples of the workspace. */
async function measureLift(cli: Cli, engine: Engine, flags: Flags): Promise<void> {
  const { terminal } = cli;
  let begin: (() => Promise<Job>) | null;
  if (flags.resume === undefined) {
    if (flags.data !== undefined || flags.conditions !== undefined) {
      throw new WrongRequest(
        'Lift is measured on held-out examples of the workspace: it has neither --data nor --conditions.',
        'Leave them out.',
      );
    }
    const params = paramsOf(cli, flags);
    const estimate = await engine.evaluations.estimateLift(params);
    for (const line of estimateLines(estimate, terminal.width)) terminal.say(line);
    begin = () => engine.evaluations.startLift(params);
  } else begin = await resumed(engine, flags, 'lift');
  if (begin === null) return terminal.say('There is no measuring of lift to go on with.');
  const { job, seconds } = await followJob(cli, engine, begin, steps);
  const { report } = await engine.evaluations.lifts(job.id);
  if (flags.json) await terminal.out(jsonLine(record(job, { seconds, report })));
  else if (report !== null) await terminal.out(liftText(engine, report));
  const command = typedCommand('evaluate --lift', flags);
  for (const line of jobEnding(job, seconds, terminal.sayColors, command, steps)) terminal.say(line);
  cli.exit(exitCodeOf(job));
}

function liftText(engine: Engine, report: LiftReport): string {
  const tools = allTools(engine);
  return `${liftLines(report, (id) => nameOf(id, tools)).join('\n')}\n`;
}

function record({ id, kind, status, model, usage, error }: Job, more: object): object {
  return { id, kind, status, model, usage, error, ...more };
}

async function newOne(cli: Cli, engine: Engine, flags: Flags): Promise<() => Promise<Job>> {
  const { data, fromExamples = false } = flags;
  if ((data === undefined) === !fromExamples) {
    throw new WrongRequest(
      data === undefined
        ? 'Nothing is said of what to ask.'
        : 'Questions come from a file or from examples, not from both.',
      'Give --data FILE or --from-examples.',
    );
  }
  const params = paramsOf(cli, flags);
  const estimate = await engine.evaluations.estimate(params);
  for (const line of estimateLines(estimate, cli.terminal.width)) cli.terminal.say(line);
  return () => engine.evaluations.start(params);
}

async function resumed(
  engine: Engine,
  flags: Flags,
  kind: 'evaluate' | 'lift',
): Promise<(() => Promise<Job>) | null> {
  const job = await resumedJob(engine, kind, flags);
  // Throws for what is of another kind.
  if (job !== null)
    await (kind === 'lift' ? engine.evaluations.lifts(job.id) : engine.evaluations.report(job.id));
  return job?.begin ?? null;
}

async function look(cli: Cli, engine: Engine, flags: Flags): Promise<void> {
  const { terminal } = cli;
  const { show, against, json } = flags;
  if (show === undefined) {
    const { rows } = await engine.jobs.page({ kind: flags.lift ? 'lift' : 'evaluate', limit: listed });
    if (rows.length === 0) terminal.say('Nothing was evaluated here yet.');
    for (const job of rows) await terminal.out(json ? jsonLine(job) : `${await listLine(engine, job)}\n`);
    return;
  }
  if (against !== undefined) {
    const compared = await engine.evaluations.compare(against, show);
    await terminal.out(
      json ? jsonLine({ compared }) : `${comparisonLines(compared, against, show).join('\n')}\n`,
    );
    return;
  }
  if (flags.lift) {
    const { job, report } = await engine.evaluations.lifts(show);
    if (json) return terminal.out(jsonLine(record(job, { report })));
    return report === null ? undefined : terminal.out(liftText(engine, report));
  }
  const { job, report } = await engine.evaluations.report(show);
  if (json) return terminal.out(jsonLine(record(job, { report })));
  if (report === null) return terminal.say(`The evaluation ${job.id} has asked nothing yet.`);
  await terminal.out(`${reportLines(report, terminal.width).join('\n')}\n`);
  if (job.status !== 'finished')
    terminal.say(`It is not finished. Go on with: ${typedCommand('evaluate', flags)} --resume ${job.id}`);
}

async function listLine(engine: Engine, job: Job): Promise<string> {
  const report = job.kind === 'evaluate' ? (await engine.evaluations.report(job.id)).report : null;
  const when = new Date(job.startedAt).toISOString().slice(0, 16).replace('T', ' ');
  const shares = report?.conditions.map(({ condition, correct }) => `${condition} ${percent(correct)}`) ?? [];
  return [job.id, when, job.status, oneLine(job.model?.id ?? ''), report?.data ?? '', shares.join(', ')].join(
    '  ',
  );
}

function paramsOf(cli: Cli, flags: Flags): EvaluateParams {
  const { data, k, repeat, limit, offer, seed, protocol, demonstrations, embeddingModel } = flags;
  const set = {
    ...modelParams(flags),
    data: data === undefined ? undefined : resolve(cli.cwd, data),
    conditions: flags.conditions,
    k,
    repeat,
    limit,
    offer,
    seed,
    protocol,
    demonstrations,
    embeddingModel,
  };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)) as EvaluateParams;
}

/** This command as it is typed again for the same workspace. */
function conditionList(text: string): Condition[] {
  const parts = text.split(',').map((part) => part.trim());
  const unknown = parts.find((part) => !conditions.includes(part as Condition));
  if (unknown === undefined) return parts as Condition[];
  throw new InvalidArgumentError(
    `There is no condition "${unknown}". The conditions are ${conditions.join(', ')}; more than one are divided by commas.`,
  );
}
