import { Command, Option } from 'commander';
import type { Job } from '../../core/job.ts';
import type { Engine } from '../../engine/engine.ts';
import type { JobEstimate, VerifyParams, VerifyResult } from '../../protocol/exploit.ts';
import type { Cli } from '../cli.ts';
import { connectServersOf } from '../connectServers.ts';
import { jsonFlag, typedCommand, workspaceFlag, workspaceFolder } from '../flags.ts';
import { exitCodeOf, followJob, jobEnding } from '../followJob.ts';
import { type ModelFlags, modelOptions, modelParams, resumedJob } from '../jobFlags.ts';
import { jsonLine } from '../json.ts';
import { openEngine } from '../openEngine.ts';
import { counted, oneLine, padded } from '../text.ts';
import { severalTools } from '../toolOption.ts';

interface Flags extends ModelFlags {
  workspace: string;
  tool?: string[];
  stale?: boolean;
  again?: boolean;
  /** True: the newest that can go on. */
  resume?: string | true;
  json?: boolean;
}

/** What the steps of a verification are called. */
const steps = 'examples';

/** `imaginarium verify`: which examples hold. */
export function verifyCommand(cli: Cli): Command {
  const command = new Command('verify')
    .description('verify examples: do their calls fit the spec, do they work, and does a judge agree')
    .addOption(workspaceFlag())
    .addOption(new Option('-t, --tool <tool...>', 'only examples of these tools: ids or names'))
    .option('--stale', 'just the examples whose spec has changed since they were verified')
    .option('--again', 'also what is judged already');
  for (const option of modelOptions()) command.addOption(option);
  return command
    .option('--resume [id]', 'go on with a verification that was stopped or cut off: the newest, or this one')
    .addOption(jsonFlag('print what came of it, as one JSON object'))
    .addHelpText('after', help)
    .action(async (flags: Flags) => {
      const folder = workspaceFolder(cli, flags.workspace);
      const engine = await openEngine(cli, folder, { onlyRead: false, baseUrl: flags.baseUrl });
      try {
        await verify(cli, engine, flags);
      } finally {
        await engine.dispose();
      }
    });
}

const help = `
Three stages, each only if the one before it holds: the calls fit the schema; they worked in their trial, and are made
again where they are few, fast and only read (of MCP servers only with --tool); a language model, asked at temperature 0,
finds that the answer is informative and faithful and the tools were used properly. Trials that call themselves
unfulfilled although all went well are judged too. Where evidence and judge disagree, a person has the last word: see
imaginarium review. Without a language model no judge is asked.

Each example is kept as it is done. After Ctrl-C the same command goes on with those that are not judged yet; one with
--again goes on with --resume.

Exit codes: 0 done, also when a limit ended it; 1 it failed; 2 wrong use; 130 stopped.

Examples:
  $ imaginarium verify --model gpt-5-mini --max-usd 0.50
  $ imaginarium verify --tool convert_units --again --model qwen3 --base-url http://127.0.0.1:11434/v1
  $ imaginarium verify --stale --json
  $ imaginarium verify --resume`;

async function verify(cli: Cli, engine: Engine, flags: Flags): Promise<void> {
  const { terminal } = cli;
  const begin =
    flags.resume === undefined
      ? await newOne(cli, engine, flags)
      : ((await resumedJob(engine, 'verify', flags))?.begin ?? null);
  if (begin === null) return terminal.say('There is no verification to go on with.');
  const { job, seconds } = await followJob(cli, engine, begin, steps);
  const result = job.result as VerifyResult | null;
  if (flags.json) {
    const { id, status, model, usage, error } = job;
    await terminal.out(jsonLine({ id, status, model, usage, error, seconds, result }));
  } else if (result !== null) await terminal.out(`${resultLines(result, job).join('\n')}\n`);
  for (const line of jobEnding(job, seconds, terminal.sayColors, typedCommand('verify', flags), steps))
    terminal.say(line);
  if (job.of === 0 && (await engine.learned.examples({ limit: 1 })).rows.length === 0)
    terminal.say('There are no examples yet. Explore: imaginarium explore');
  const { stale = 0 } = engine.sources();
  if (stale > 0 && job.status === 'finished') terminal.say(staleLine(stale, flags, job.model !== null));
  cli.exit(exitCodeOf(job));
}

async function newOne(cli: Cli, engine: Engine, flags: Flags): Promise<() => Promise<Job>> {
  const asked = flags.tool ?? [];
  if (asked.length > 0) await connectServersOf(cli, engine, asked);
  const params: VerifyParams = {
    ...modelParams(flags),
    tools: severalTools(engine, asked),
    ...(flags.stale ? { stale: true } : {}),
    ...(flags.again ? { again: true } : {}),
  };
  const estimate = await engine.verifications.estimate(params);
  cli.terminal.say(estimateLine(estimate));
  return () => engine.verifications.verify(params);
}

function estimateLine({ examples, model, modelCalls, toolCalls, usd }: JobEstimate): string {
  const made = toolCalls === 0 ? '' : `, ${counted(toolCalls, 'call')} to make again`;
  if (model === null)
    return `No language model is chosen, so no judge is asked. ${counted(examples, 'example')}${made}.`;
  const money = usd === null || usd === 0 ? '' : `, $${usd.toFixed(usd < 1 ? 4 : 2)}`;
  return `Judge: ${oneLine(model)}. ${counted(examples, 'example')}${made}; at most ${counted(modelCalls, 'model call')}${money}.`;
}

/** What came of it, for a person. */
function resultLines(result: VerifyResult, { model, of }: Pick<Job, 'model' | 'of'>): string[] {
  const { verified, executed, review, ruled, unverified, unjudged, candidates, changed, agreement } = result;
  const row = (count: number, what: string): string[] =>
    count === 0 ? [] : [`${padded(String(count), 6, 'right')}  ${what}`];
  const lines = [
    ...row(verified, 'verified: their calls fit and work, and the judge agrees'),
    ...row(executed, model !== null ? 'executed: not judged' : 'executed: their calls fit and work'),
    ...row(review, 'to review: imaginarium review'),
    ...row(ruled, 'on which a person has ruled; that stays'),
    ...row(unverified, 'of which nobody knows a real call'),
    ...row(unjudged, 'that the judge could not be understood about: asked again the next time'),
    ...row(changed, 'that somebody changed or deleted meanwhile'),
    ...(candidates.asked === 0
      ? []
      : [
          `Of ${counted(candidates.asked, 'trial')} that called ${candidates.asked === 1 ? 'itself' : 'themselves'} unfulfilled the judge takes ${candidates.found} for ${candidates.asked === 1 ? 'an example' : 'examples'}.`,
        ]),
  ];
  if (lines.length === 0)
    lines.push(of === 0 ? 'There was nothing to verify.' : 'None of them was verified.');
  if (agreement.of > 0) lines.push(agreementLine(agreement));
  return lines;
}

/** What waits since specs have changed. What shows when not to call is nothing that could be run: a judge alone checks it. */
function staleLine(stale: number, flags: Flags, judged: boolean): string {
  const examples = counted(stale, 'example');
  if (!flags.stale) return `The specs of ${examples} have changed: ${typedCommand('verify', flags)} --stale`;
  if (judged) return `${examples} are still of an earlier spec.`;
  return `${examples} of specs that have changed can be verified by a judge alone: ${typedCommand('verify', flags)} --stale --model NAME`;
}

/** How far a judge can be believed here. */
export function agreementLine({ agreed, of }: VerifyResult['agreement']): string {
  return `Judge and person agree on ${agreed} of ${counted(of, 'example')} (${Math.round((agreed / of) * 100)} %).`;
}

/** This command as it is typed again for the same workspace. */
