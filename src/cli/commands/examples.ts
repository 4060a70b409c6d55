import { Command, Option } from 'commander';
import type { Example } from '../../core/trial.ts';
import type { Engine } from '../../engine/engine.ts';
import { type ExampleFormatName, exampleFormats } from '../../engine/exampleFormats/index.ts';
import type { Cli } from '../cli.ts';
import { wholeNumber, workspaceFlag, workspaceFolder } from '../flags.ts';
import { shownJson } from '../json.ts';
import { withReader } from '../openEngine.ts';
import { allRows } from '../pages.ts';
import { plain } from '../text.ts';
import { allTools, toolId } from '../toolOption.ts';

interface Flags {
  workspace: string;
  tool?: string;
  for?: string;
  k?: number;
  format: ExampleFormatName;
  contrasts?: boolean;
}

/** How many examples `--for` finds when nobody says: as in the paper. */
const nearest = 8;

/** `imaginarium examples`: what was learned, in the form a prompt needs. */
export function examplesCommand(cli: Cli): Command {
  const formats = Object.keys(exampleFormats);
  return new Command('examples')
    .description('print learned examples in the form a prompt needs')
    .addOption(workspaceFlag())
    .option('-t, --tool <tool>', 'of one tool: its id or name')
    .option('--for <query>', 'only the examples nearest to this query, the nearest first')
    .addOption(
      new Option('-k <number>', `how many --for finds (default: ${nearest})`).argParser(wholeNumber(1, 1000)),
    )
    .addOption(new Option('-f, --format <format>', 'form of the output').choices(formats).default('markdown'))
    .option('--contrasts', 'also calls that failed first, in forms that leave them out: openai, objects')
    .option('--no-contrasts', 'no calls that failed first')
    .addHelpText(
      'after',
      `
Examples:
  $ imaginarium examples --tool convert_units
  $ imaginarium examples --for "How far is 5 miles in metres?" -k 4 --format openai
  $ imaginarium examples --format jsonl > examples.jsonl`,
    )
    .action(async (flags: Flags, command: Command) => {
      if (flags.k !== undefined && flags.for === undefined) {
        command.error('error: -k says how many examples --for finds, and there is no --for');
      }
      const folder = workspaceFolder(cli, flags.workspace);
      await withReader(cli, folder, async (engine) => {
        const tools = new Map(allTools(engine).map((tool) => [tool.id, tool]));
        const examples = await chosen(engine, flags);
        if (examples.length === 0)
          cli.terminal.say('There are no examples yet. Explore: imaginarium explore');
        const text = exampleFormats[flags.format](
          examples,
          tools,
          flags.contrasts === undefined ? {} : { contrasts: flags.contrasts },
        );
        const isText = flags.format === 'markdown' || flags.format === 'react';
        const shown = isText ? plain(text) : shownJson(text);
        if (shown !== '') await cli.terminal.out(shown);
      });
    });
}

async function chosen(engine: Engine, flags: Flags): Promise<Example[]> {
  const tool = flags.tool === undefined ? undefined : await toolId(engine, flags.tool);
  if (flags.for !== undefined) {
    return engine.learned.nearestExamples(flags.for, flags.k ?? nearest, tool === undefined ? {} : { tool });
  }
  const all: Example[] = [];
  const rows = allRows((page) =>
    engine.learned.examples({ ...page, usable: true, ...(tool === undefined ? {} : { tool }) }),
  );
  for await (const example of rows) all.push(example);
  return all;
}
