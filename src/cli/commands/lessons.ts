import { Command } from 'commander';
import type { Lesson } from '../../core/trial.ts';
import type { Cli } from '../cli.ts';
import { jsonFlag, workspaceFlag, workspaceFolder } from '../flags.ts';
import { jsonLine } from '../json.ts';
import { withReader } from '../openEngine.ts';
import { allRows } from '../pages.ts';
import { counted, oneLine, wrapped } from '../text.ts';
import { allTools, nameOf, toolId } from '../toolOption.ts';

/** `imaginarium lessons`: what trials taught about the tools. */
export function lessonsCommand(cli: Cli): Command {
  return new Command('lessons')
    .description('list what trials taught about the tools')
    .addOption(workspaceFlag())
    .option('-t, --tool <tool>', 'of one tool: its id or name')
    .addOption(jsonFlag('print one JSON object a line'))
    .addHelpText(
      'after',
      `
Examples:
  $ imaginarium lessons --tool convert_units
  $ imaginarium lessons --json | jq -r .text`,
    )
    .action(async (flags: { workspace: string; tool?: string; json?: boolean }) => {
      const folder = workspaceFolder(cli, flags.workspace);
      await withReader(cli, folder, async (engine) => {
        const tool = flags.tool === undefined ? {} : { tool: await toolId(engine, flags.tool) };
        const lessons = allRows((page) => engine.learned.lessons({ ...page, ...tool }));
        if (flags.json) {
          for await (const lesson of lessons) await cli.terminal.out(jsonLine(lesson));
          return;
        }
        const byTool = new Map<string, Lesson[]>();
        for await (const lesson of lessons) {
          byTool.set(lesson.tool, [...(byTool.get(lesson.tool) ?? []), lesson]);
        }
        if (byTool.size === 0) cli.terminal.say('There are no lessons yet. Explore: imaginarium explore');
        const tools = allTools(engine);
        for (const [id, ofTool] of byTool) {
          const lines = [cli.terminal.colors.bold(nameOf(id, tools)), ...ofTool.flatMap((one) => item(one))];
          await cli.terminal.out(`${lines.join('\n')}\n\n`);
        }
      });

      function item(lesson: Lesson): string[] {
        const text = `${oneLine(lesson.text)} (${counted(lesson.trials.length, 'trial')})`;
        return wrapped(text, cli.terminal.width - 4).map((line, i) =>
          i === 0 ? `  - ${line}` : `    ${line}`,
        );
      }
    });
}
