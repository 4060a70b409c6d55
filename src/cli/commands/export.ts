import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { dataFormats } from '../../engine/training/formats/index.ts';
import type { DataProblem, ExportParams, ExportResult } from '../../protocol/exploit.ts';
import { type Cli, exitCodes } from '../cli.ts';
import { jsonFlag, share, wholeNumber, workspaceFlag, workspaceFolder } from '../flags.ts';
import { formatFlag } from '../formatFlag.ts';
import { jsonLine } from '../json.ts';
import { withReader } from '../openEngine.ts';
import { problemLine } from '../problemLine.ts';
import { counted, plain } from '../text.ts';

interface Flags {
  workspace: string;
  format: ExportParams['format'];
  out: string;
  tool?: string[];
  validation?: number;
  seed: number;
  loss: 'all' | 'calls';
  siblings: number;
  demonstrations?: boolean;
  simulated?: boolean;
  stale?: boolean;
  verified?: boolean;
  batchBy?: 'date' | 'source' | 'list';
  batches?: string;
  batch?: number;
  replay?: number;
  general?: string;
  generalRows?: number;
  generalShare?: number;
  force?: boolean;
  json?: boolean;
}

/** Places of the same problem that are told of: `imaginarium lint` tells of all. */
const placesShown = 3;

/** `imaginarium export`: training data, and examples in the forms of other tools. */
export function exportCommand(cli: Cli): Command {
  const formats = Object.keys(dataFormats);
  return new Command('export')
    .description('write learned examples as training data, or in the form of another tool')
    .addOption(workspaceFlag())
    .addOption(formatFlag('form of the data', formats).makeOptionMandatory())
    .requiredOption('-o, --out <file>', 'file to write; what belongs to it is written beside it')
    .option('-t, --tool <tool...>', 'of these tools only: ids or names')
    .addOption(
      new Option('--validation <share>', 'share of the families that goes into a file of its own').argParser(
        share,
      ),
    )
    .addOption(new Option('--seed <number>', 'what is drawn by chance').argParser(wholeNumber(0)).default(0))
    .addOption(
      new Option('--loss <what>', 'what is learned: all, or not the answers that follow a call')
        .choices(['all', 'calls'])
        .default('all'),
    )
    .addOption(
      new Option('--siblings <number>', 'further tools of the same source that each row offers')
        .argParser(wholeNumber(0, 100))
        .default(0),
    )
    .option('--demonstrations', 'also what the offline sampler made up')
    .option('--simulated', 'also what a model said that played the tool')
    .option('--stale', 'also examples of a spec that has changed since')
    .option('--verified', 'only examples that a judge or a person vouches for')
    .addOption(
      new Option('--batch-by <what>', 'continual learning: batches by day, by source, or by a list').choices([
        'date',
        'source',
        'list',
      ]),
    )
    .option('--batches <file>', 'the list: lists of tools as JSON or YAML (with --batch-by list)')
    .addOption(
      new Option('--batch <number>', 'the batch that is new (default: the last)').argParser(wholeNumber(1)),
    )
    .addOption(
      new Option('--replay <share>', 'share of each earlier batch that is replayed (default: 0.1)').argParser(
        share,
      ),
    )
    .option('--general <file>', 'other data of the same form to mix in')
    .addOption(new Option('--general-rows <number>', 'rows drawn of it').argParser(wholeNumber(1)))
    .addOption(
      new Option('--general-share <share>', 'its share of all rows')
        .argParser(share)
        .conflicts('generalRows'),
    )
    .option('--force', 'replace files that are there')
    .addOption(jsonFlag('print what was written as one line of JSON'))
    .addHelpText(
      'after',
      `
Formats:
${formats.map((name) => `  ${name.padEnd(14)} ${dataFormats[name as keyof typeof dataFormats].label}`).join('\n')}

A manifest beside the data (<file>.manifest.json) says of each row where it is from. What is written is held against its
format, as imaginarium lint does: the exit code is 1 when there are errors.

Examples:
  $ imaginarium export --format trl --out train.jsonl --validation 0.1
  $ imaginarium export --format llama-factory --out data/tools.jsonl --tool add_date
  $ imaginarium export --format openai --out batch3.jsonl --batch-by list --batches batches.json --batch 3
  $ imaginarium export --format dpo --out pairs.jsonl
  $ imaginarium export --format promptfoo --out promptfooconfig.yaml`,
    )
    .action(async (flags: Flags, command: Command) => {
      checkFlags(flags, command);
      const folder = workspaceFolder(cli, flags.workspace);
      await withReader(cli, folder, async (engine) => {
        const result = await engine.training.exportData(paramsOf(cli, flags));
        if (flags.json) await cli.terminal.out(jsonLine(result));
        else await report(cli, result);
        if (result.errors > 0) cli.exit(exitCodes.failed);
      });
    });
}

function checkFlags(flags: Flags, command: Command): void {
  const needs = (name: string, given: unknown, other: string, there: unknown): void => {
    if (given !== undefined && there === undefined) command.error(`error: ${name} needs ${other}`);
  };
  needs('--batches', flags.batches, '--batch-by list', flags.batchBy === 'list' ? true : undefined);
  needs('--batch', flags.batch, '--batch-by', flags.batchBy);
  needs('--replay', flags.replay, '--batch-by', flags.batchBy);
  needs('--batch-by list', flags.batchBy === 'list' ? true : undefined, '--batches', flags.batches);
  needs('--general-rows', flags.generalRows, '--general', flags.general);
  needs('--general-share', flags.generalShare, '--general', flags.general);
}

function paramsOf(cli: Cli, flags: Flags): ExportParams {
  const { batchBy, batches, batch, replay, general, generalRows, generalShare } = flags;
  return {
    format: flags.format,
    path: resolve(cli.cwd, flags.out),
    tools: flags.tool ?? [],
    seed: flags.seed,
    loss: flags.loss,
    siblings: flags.siblings,
    ...(flags.validation === undefined ? {} : { validation: flags.validation }),
    ...(flags.demonstrations ? { demonstrations: true } : {}),
    ...(flags.simulated ? { simulated: true } : {}),
    ...(flags.stale ? { stale: true } : {}),
    ...(flags.verified ? { verified: true } : {}),
    ...(flags.force ? { replace: true } : {}),
    ...(batchBy === undefined
      ? {}
      : {
          batches: {
            by: batchBy,
            ...(batches === undefined ? {} : { file: resolve(cli.cwd, batches) }),
            ...(batch === undefined ? {} : { batch }),
            ...(replay === undefined ? {} : { replay }),
          },
        }),
    ...(general === undefined
      ? {}
      : {
          general: {
            path: resolve(cli.cwd, general),
            ...(generalRows === undefined ? {} : { rows: generalRows }),
            ...(generalShare === undefined ? {} : { share: generalShare }),
          },
        }),
  };
}

async function report(cli: Cli, { files, notes, problems, errors, warnings }: ExportResult): Promise<void> {
  for (const { path, rows } of files)
    await cli.terminal.out(`${plain(path)}${rows > 0 ? `  ${counted(rows, 'row')}` : ''}\n`);
  for (const note of notes) cli.terminal.say(plain(note));
  const shown = someOfEach(problems);
  for (const problem of shown) cli.terminal.say(problemLine(problem, cli.terminal.sayColors));
  const hidden = errors + warnings - shown.length;
  if (hidden > 0) cli.terminal.say(`… and ${hidden} more: imaginarium lint ${plain(files[0]?.path ?? '')}`);
}

/** The first places of each problem, errors first: what is wrong with one row is wrong with many. */
export function someOfEach(problems: readonly DataProblem[]): DataProblem[] {
  const told = new Map<string, number>();
  const some = problems.filter(({ severity, message }) => {
    const count = (told.get(`${severity} ${message}`) ?? 0) + 1;
    told.set(`${severity} ${message}`, count);
    return count <= placesShown;
  });
  return [
    ...some.filter(({ severity }) => severity === 'error'),
    ...some.filter(({ severity }) => severity !== 'error'),
  ];
}
