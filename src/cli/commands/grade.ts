import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Verdict } from '../../core/evaluate/grade.ts';
import {
  type GradedAnswer,
  type GraderName,
  gradeFile,
  graderNames,
} from '../../core/evaluate/gradeFiles.ts';
import { summaryOf } from '../../core/evaluate/summary.ts';
import { asWrongRequest, WrongRequest } from '../../engine/errors.ts';
import { createModel } from '../../models/index.ts';
import { replaceFile } from '../../store/replaceFile.ts';
import type { Cli } from '../cli.ts';
import { apiKey } from '../configuration.ts';
import { jsonFlag, webAddress } from '../flags.ts';
import { askJudge } from '../grade/askJudge.ts';
import { readDataFile, withAnswers } from '../grade/readFiles.ts';
import { gradeReport } from '../grade/report.ts';
import { jsonLine } from '../json.ts';
import { counted } from '../text.ts';

interface Flags {
  predictions: string;
  data: string[];
  grader?: GraderName;
  verdicts: 'recorded' | 'fresh';
  model?: string;
  baseUrl?: string;
  details?: string;
  json?: boolean;
}

/** `imaginarium grade`: what a file of models' answers comes to, without a workspace and without a model. */
export function gradeCommand(cli: Cli): Command {
  return new Command('grade')
    .description('grade a file of answers that a model gave')
    .requiredOption('--predictions <file>', 'the answers: JSON, or one JSON object a line')
    .requiredOption(
      '--data <file>',
      'what was asked and what is right; more than once where questions and right answers are two files',
      (path: string, before: string[] = []) => [...before, path],
    )
    .addOption(
      new Option(
        '--grader <name>',
        "the paper's, or the strict one: typed, several right values, unexpected arguments count (default: by the data)",
      ).choices(graderNames),
    )
    .addOption(
      new Option(
        '--verdicts <which>',
        "of the paper's files: the arguments' verdicts in the file, or new ones",
      )
        .choices(['recorded', 'fresh'])
        .default('recorded'),
    )
    .option('-m, --model <name>', 'a language model that judges whether other words mean the same')
    .addOption(
      new Option('--base-url <url>', 'OpenAI-compatible server that has the model').argParser(webAddress),
    )
    .option('--details <file>', 'write the verdict on each answer to this file, one JSON object a line')
    .addOption(jsonFlag('print one JSON object: n, wellFormed, apiMatch, correct, perTool, failures'))
    .addHelpText(
      'after',
      `
The data may be the test set of the paper (tool_test.json), questions of the Berkeley Function-Calling Leaderboard
(right answers are looked for beside them: NAME.answers.jsonl, possible_answer/NAME), or examples of Imaginarium (.jsonl).
Each answer has the "id" of its question and a "result": calls as JSON, calls as Python writes them, or words.

Examples:
  $ imaginarium grade --predictions mistral.json --data tool_test.json
  $ imaginarium grade --predictions mistral.json --data tool_test.json --verdicts fresh --json
  $ imaginarium grade --predictions result.jsonl --data BFCL_v4_multiple.json --details verdicts.jsonl
  $ imaginarium grade --predictions answers.jsonl --data .imaginarium/examples/convert_units.jsonl`,
    )
    .action(async (flags: Flags) => {
      if (flags.baseUrl !== undefined && flags.model === undefined) {
        throw new WrongRequest(
          '--base-url says where a judge is, and there is none.',
          'Name it with --model.',
        );
      }
      const predictions = readDataFile(cli.cwd, flags.predictions);
      const data = withAnswers(
        cli.cwd,
        flags.data.map((path) => readDataFile(cli.cwd, path)),
      );
      const { grader, answers, notes } = asWrongRequest(() =>
        gradeFile(predictions, data, {
          grader: flags.grader,
          verdicts: flags.verdicts,
          judged: flags.model !== undefined,
        }),
      );
      if (answers.length === 0) {
        throw new WrongRequest(`${flags.predictions} holds no answers.`, 'Name a file of answers.');
      }
      for (const note of notes) cli.terminal.say(note);
      const verdicts =
        flags.model === undefined
          ? answers.map(({ verdict }) => verdict)
          : await judged(answers, flags.model, flags.baseUrl);
      if (flags.details !== undefined) await writeDetails(flags.details, verdicts);
      if (flags.json) {
        const ruled = verdicts.filter(({ judge }) => judge === flags.model).length;
        const judged = flags.model === undefined ? {} : { judged: { model: flags.model, answers: ruled } };
        return void (await cli.terminal.out(jsonLine({ ...summaryOf(verdicts), ...judged })));
      }
      const lines = gradeReport(verdicts, grader, cli.terminal);
      await cli.terminal.out(`${lines.join('\n')}\n`);
    });

  async function judged(
    answers: readonly GradedAnswer[],
    name: string,
    baseUrl: string | undefined,
  ): Promise<Verdict[]> {
    const model = await createModel({
      model: name,
      baseUrl: baseUrl ?? (cli.env.IMAGINARIUM_BASE_URL || null),
      apiKey: apiKey(cli.env),
    });
    if (!model.isLanguageModel) {
      throw new WrongRequest(`"${name}" is no language model, so it cannot judge.`, 'Name one that is.');
    }
    const open = answers.filter((answer) => answer.open !== null).length;
    cli.terminal.say(`${counted(open, 'answer')} for the judge, ${model.id}.`);
    const stopping = new AbortController();
    const off = cli.onInterrupt(() => stopping.abort());
    let silent = 0;
    try {
      const verdicts = await askJudge(answers, model, stopping.signal, (same) => {
        if (same === null) silent++;
      });
      if (silent > 0) {
        cli.terminal.say(`On ${counted(silent, 'answer')} the judge gave no ruling: they count as wrong.`);
      }
      return verdicts;
    } finally {
      off();
    }
  }

  async function writeDetails(path: string, verdicts: readonly Verdict[]): Promise<void> {
    try {
      await replaceFile(resolve(cli.cwd, path), verdicts.map((verdict) => jsonLine(verdict)).join(''));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new WrongRequest(`The verdicts cannot be written: ${reason}`, 'Name another file: --details.');
    }
  }
}
