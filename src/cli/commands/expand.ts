import { Command, Option } from 'commander';
import type { Job } from '../../core/job.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ExpandParams, ExpandResult, JobEstimate } from '../../protocol/exploit.ts';
import type { Cli } from '../cli.ts';
import { jsonFlag, typedCommand, wholeNumber, workspaceFlag, workspaceFolder } from '../flags.ts';
import { exitCodeOf, followJob, jobEnding } from '../followJob.ts';
import { type ModelFlags, modelOptions, modelParams, resumedJob } from '../jobFlags.ts';
import { jsonLine } from '../json.ts';
import { openEngine } from '../openEngine.ts';
import { counted, oneLine } from '../text.ts';
import { allTools, nameOf } from '../toolOption.ts';

interface Flags extends ModelFlags {
  workspace: string;
  tool?: string[];
  paraphrases: number;
  abstentions: number;
  /** True: the newest that can go on. */
  resume?: string | true;
  json?: boolean;
}

/** What the steps of an expansion are called. */
const steps = 'steps';

/** `imaginarium expand`: the same queries in other words, and queries in which nothing is to be called. */
export function expandCommand(cli: Cli): Command {
  const number = (flags: string, what: string, usual: number) =>
    new Option(`${flags} <number>`, what).argParser(wholeNumber(0, 10_000)).default(usual);
  const command = new Command('expand')
    .description(
      'add paraphrases of examples, and queries for which a tool must not be called yet, or at all',
    )
    .addOption(workspaceFlag())
    .addOption(new Option('-t, --tool <tool...>', 'only these tools: ids or names'))
    .addOption(number('--paraphrases', 'examples a tool is to have, paraphrases included; 0 for none', 30))
    .addOption(number('--abstentions', 'abstentions a tool is to have, of each kind; 0 for none', 5));
  for (const option of modelOptions()) command.addOption(option);
  return command
    .option('--resume [id]', 'go on with an expansion that was stopped or cut off: the newest, or this one')
    .addOption(jsonFlag('print what came of it, as one JSON object'))
    .addHelpText('after', help)
    .action(async (flags: Flags) => {
      const folder = workspaceFolder(cli, flags.workspace);
      const engine = await openEngine(cli, folder, { onlyRead: false, baseUrl: flags.baseUrl });
      try {
        await expand(cli, engine, flags);
      } finally {
        await engine.dispose();
      }
    });
}

const help = `
Needs a language model; the offline sampler makes none of it. A paraphrase is kept only if every value of its query
stands in it as it was written, no other came, and it is unlike what is there. Each example is tried six times at most;
the paper aims at 150 examples a tool (--paraphrases 150). Abstentions are of two kinds: near misses, which sound like
the tool's and are not for it, and queries that lack a value which the tool needs; a judge (the same model at temperature 0)
has to agree. What is found is kept at once. The same command again adds what is still missing.

Exit codes: 0 done, also when a limit ended it; 1 it failed; 2 wrong use; 130 stopped.

Examples:
  $ imaginarium expand --model gpt-5-mini --max-usd 0.50
  $ imaginarium expand --tool convert_units --paraphrases 150 --abstentions 0 --model gpt-5-mini
  $ imaginarium expand --paraphrases 0 --abstentions 10 --model qwen3 --base-url http://127.0.0.1:11434/v1 --json
  $ imaginarium expand --resume`;

async function expand(cli: Cli, engine: Engine, flags: Flags): Promise<void> {
  const { terminal } = cli;
  const begin =
    flags.resume === undefined
      ? await newOne(cli, engine, flags)
      : ((await resumedJob(engine, 'expand', flags))?.begin ?? null);
  if (begin === null) return terminal.say('There is no expansion to go on with.');
  const { job, seconds } = await followJob(cli, engine, begin, steps);
  const result = job.result as ExpandResult | null;
  if (flags.json) {
    const { id, status, model, usage, error } = job;
    await terminal.out(jsonLine({ id, status, model, usage, error, seconds, result }));
  } else if (result !== null) {
    const name = (id: string): string => nameOf(id, allTools(engine));
    await terminal.out(`${expansionLines(result, name, job.status === 'finished').join('\n')}\n`);
  }
  for (const line of jobEnding(job, seconds, terminal.sayColors, typedCommand('expand', flags), steps))
    terminal.say(line);
  cli.exit(exitCodeOf(job));
}

async function newOne(cli: Cli, engine: Engine, flags: Flags): Promise<() => Promise<Job>> {
  const { tool = [], paraphrases, abstentions } = flags;
  const params: ExpandParams = { ...modelParams(flags), tools: tool, paraphrases, abstentions };
  cli.terminal.say(estimateLine(await engine.expansions.estimate(params)));
  return () => engine.expansions.expand(params);
}

function estimateLine({ examples, model, modelCalls, usd }: JobEstimate): string {
  const money = usd === null || usd === 0 ? '' : `, $${usd.toFixed(usd < 1 ? 4 : 2)}`;
  const from = counted(examples, 'example');
  return `Model: ${oneLine(model ?? '')}. From ${from}; at most ${counted(modelCalls, 'model call')}${money}.`;
}

/**
 * What came of it, for a person.
 *
 * @param finished false: why a tool has less than was asked for is not known yet
 */
function expansionLines(
  result: ExpandResult,
  nameOfTool: (id: string) => string,
  finished: boolean,
): string[] {
  const { paraphrases, nearMisses, missingValues, turnedDown, tools } = result;
  const found = [
    counted(paraphrases, 'paraphrase'),
    nearMisses === 1 ? '1 near miss' : `${nearMisses} near misses`,
    `${missingValues === 1 ? '1 query' : `${missingValues} queries`} with a missing value`,
  ];
  return [
    `Added: ${found.join(', ')}. Turned down: ${turnedDown}.`,
    ...tools.flatMap((one) => [
      `${oneLine(nameOfTool(one.tool))}: ${counted(one.examples, 'example')}, ${one.nearMisses} not to call, ${one.missingValues} to ask back`,
      ...(finished ? one.notes : []).map((note) => `  ${oneLine(note)}`),
    ]),
    ...(tools.length === 0 ? ['No tool has an example to begin from. Explore: imaginarium explore'] : []),
  ];
}

/** This command as it is typed again for the same workspace. */
