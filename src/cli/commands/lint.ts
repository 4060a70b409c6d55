import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { WrongRequest } from '../../engine/errors.ts';
import { lintFile, lintFormats } from '../../engine/training/lint/lintFile.ts';
import type { DataProblem } from '../../protocol/exploit.ts';
import { ArgumentCheck } from '../../tools/schema/argumentCheck.ts';
import { type Cli, exitCodes } from '../cli.ts';
import { jsonFlag, wholeNumber } from '../flags.ts';
import { formatFlag } from '../formatFlag.ts';
import { jsonLine } from '../json.ts';
import { problemLine } from '../problemLine.ts';
import { counted, plain } from '../text.ts';

interface Flags {
  format?: string;
  maxTokens?: number;
  most: number;
  json?: boolean;
}

/** `imaginarium lint`: holds files of training data, ours or others', against their format. */
export function lintCommand(cli: Cli): Command {
  return new Command('lint')
    .description('hold files of training data against their format')
    .argument('<files...>', 'files of JSON lines, or of one JSON list')
    .addOption(formatFlag('form of the data (default: told by its first rows)', lintFormats))
    .addOption(
      new Option(
        '--max-tokens <number>',
        'tokens a row may have (default: what the trainer takes)',
      ).argParser(wholeNumber(1)),
    )
    .addOption(
      new Option('--most <number>', 'how many problems are printed of a file')
        .argParser(wholeNumber(1))
        .default(200),
    )
    .addOption(jsonFlag('print each problem as a line of JSON, then one line about each file'))
    .addHelpText(
      'after',
      `
The exit code is 1 when there are errors; warnings leave it at 0.

Examples:
  $ imaginarium lint train.jsonl
  $ imaginarium lint --format mistral train.jsonl validation.jsonl
  $ imaginarium lint --json train.jsonl | jq .message`,
    )
    .action(async (files: string[], flags: Flags) => {
      const check = new ArgumentCheck((line) => {
        if (cli.env.IMAGINARIUM_LOG) cli.terminal.say(line);
      });
      const abort = new AbortController();
      const free = cli.onInterrupt(() => abort.abort());
      try {
        const unread: WrongRequest[] = [];
        for (const file of files) {
          try {
            await lintOne(cli, file, flags, check, abort.signal);
          } catch (error) {
            // The other files are looked at all the same.
            if (!(error instanceof WrongRequest)) throw error;
            unread.push(error);
          }
        }
        const last = unread.pop();
        for (const { message, advice } of unread) cli.terminal.say(`${plain(message)} ${plain(advice)}`);
        if (last) throw last;
      } finally {
        free();
        await check.dispose();
      }
    });
}

async function lintOne(
  cli: Cli,
  file: string,
  flags: Flags,
  check: ArgumentCheck,
  signal: AbortSignal,
): Promise<void> {
  const { terminal } = cli;
  let told = 0;
  let room: Promise<void> = Promise.resolve();
  const tell = (problem: DataProblem): void => {
    told += 1;
    if (told > flags.most) return;
    const { path, ...rest } = problem;
    room = flags.json
      ? terminal.out(jsonLine({ file: path, ...rest }))
      : terminal.out(`${problemLine(problem, terminal.colors)}\n`);
  };
  const result = await lintFile(resolve(cli.cwd, file), {
    ...(flags.format === undefined ? {} : { format: flags.format }),
    ...(flags.maxTokens === undefined ? {} : { maxTokens: flags.maxTokens }),
    checkArguments: (tool, args) => check.check(tool, args),
    found: (finding) => tell({ path: file, ...finding }),
    signal,
  });
  await room;
  const { format, rows, errors, warnings } = result;
  if (flags.json) await terminal.out(jsonLine({ file, format, rows, errors, warnings }));
  else {
    if (told > flags.most) terminal.say(`… and ${told - flags.most} more (--most ${told} prints them)`);
    terminal.say(
      `${file}: ${counted(rows, 'row')} of the form ${format}, ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
    );
  }
  if (errors > 0) cli.exit(exitCodes.failed);
}
