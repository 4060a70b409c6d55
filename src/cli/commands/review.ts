import { Command, Option } from 'commander';
import type { Example } from '../../core/trial.ts';
import type { Engine } from '../../engine/engine.ts';
import { WrongRequest } from '../../engine/errors.ts';
import { type Cli, exitCodes } from '../cli.ts';
import { jsonFlag, wholeNumber, workspaceFlag, workspaceFolder } from '../flags.ts';
import { jsonLine } from '../json.ts';
import { openEngine, withReader } from '../openEngine.ts';
import { counted, oneLine, plain, shortened } from '../text.ts';
import { allTools, nameOf, toolId } from '../toolOption.ts';
import { agreementLine } from './verify.ts';

interface Flags {
  workspace: string;
  tool?: string;
  accept?: string[];
  reject?: string[];
  limit: number;
  json?: boolean;
}

/** `imaginarium review`: the examples on which a person has the last word. */
export function reviewCommand(cli: Cli): Command {
  return new Command('review')
    .description('list examples on which evidence and judge disagree, and say which are right')
    .addOption(workspaceFlag())
    .option('-t, --tool <tool>', 'of one tool: its id or name')
    .option('--accept <id...>', 'these are right')
    .option('--reject <id...>', 'these are wrong: they are kept, and never used')
    .addOption(
      new Option('--limit <number>', 'how many are listed').argParser(wholeNumber(1, 1000)).default(20),
    )
    .addOption(jsonFlag('print the list as JSON, one example a line'))
    .addHelpText(
      'after',
      `
What a person says stays: no later verification changes it. It stands in the files of examples, for git.

Examples:
  $ imaginarium review
  $ imaginarium review --accept r1-convert_units-1.2 --reject r1-convert_units-3.1`,
    )
    .action(async (flags: Flags) => {
      const folder = workspaceFolder(cli, flags.workspace);
      const { accept = [], reject = [] } = flags;
      if (accept.length + reject.length === 0)
        return withReader(cli, folder, (engine) => list(cli, engine, flags));
      const both = accept.find((id) => reject.includes(id));
      if (both !== undefined) throw new WrongRequest(`"${both}" cannot be right and wrong.`, 'Name it once.');
      const engine = await openEngine(cli, folder, { onlyRead: false });
      try {
        for (const id of accept) await rule(cli, engine, id, true);
        for (const id of reject) await rule(cli, engine, id, false);
        const { total, agreement } = await engine.verifications.reviewQueue({ limit: 1 });
        cli.terminal.say(`${counted(total, 'example')} left to review.`);
        if (agreement.of > 0) cli.terminal.say(agreementLine(agreement));
      } finally {
        await engine.dispose();
      }
      cli.exit(exitCodes.done);
    });
}

async function rule(cli: Cli, engine: Engine, id: string, accepted: boolean): Promise<void> {
  if (!(await engine.verifications.review(id, accepted)))
    throw new WrongRequest(`There is no example "${oneLine(id)}".`, 'imaginarium review lists their ids.');
  cli.terminal.say(`${accepted ? 'Accepted' : 'Rejected'}: ${oneLine(id)}`);
}

async function list(cli: Cli, engine: Engine, flags: Flags): Promise<void> {
  const { terminal } = cli;
  const tool = flags.tool === undefined ? {} : { tool: await toolId(engine, flags.tool) };
  const { rows, total, agreement } = await engine.verifications.reviewQueue({ limit: flags.limit, ...tool });
  if (flags.json) {
    for (const example of rows) await terminal.out(jsonLine(example));
    return;
  }
  if (total === 0) terminal.say('Nothing waits for a review.');
  const tools = allTools(engine);
  for (const example of rows) {
    const lines = [
      `${oneLine(example.id)}  ${nameOf(example.tool, tools)}  ${oneLine(example.query)}`,
      ...example.calls.map(
        (call) =>
          `    ${nameOf(call.tool, tools)}(${oneLine(JSON.stringify(call.arguments))}) → ${oneLine(call.observation)}`,
      ),
      ...(example.answer === null ? [] : [`    ${oneLine(example.answer)}`]),
      `    ${whyDoubted(example)}`,
    ];
    for (const line of lines) await terminal.out(`${shortened(plain(line), Math.max(40, terminal.width))}\n`);
  }
  if (total > rows.length) terminal.say(`${total - rows.length} more wait: --limit ${total} lists all.`);
  if (total > 0) terminal.say('Say which are right: imaginarium review --accept ID, or --reject ID.');
  if (agreement.of > 0) terminal.say(agreementLine(agreement));
}

/** Why an example waits, in a line. */
function whyDoubted({ checks }: Pick<Example, 'checks'>): string {
  if (checks === undefined) return 'Nobody has checked it.';
  if (checks.format === false) return 'Its calls do not fit the spec.';
  if (checks.execution === 'failed') return 'Its calls were made again and did not work.';
  const { judge } = checks;
  if (judge === null) return 'No judge has ruled.';
  const missing = (['informative', 'faithful', 'proper'] as const).filter((name) => !judge[name]);
  const said = judge.reasons === '' ? '' : `: ${oneLine(judge.reasons)}`;
  if (missing.length > 0) return `The judge finds it not ${missing.join(', not ')}${said}`;
  return `Its own trial called it unfulfilled; the judge takes it for an example${said}`;
}
