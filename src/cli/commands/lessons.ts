import { Command } from 'commander';
import { isInForce } from '../../core/exploit/usable.ts';
import type { ToldLesson } from '../../protocol/engine.ts';
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
    .option('--retired', 'also those that count no more, and why')
    .addOption(jsonFlag('print one JSON object a line'))
    .addHelpText(
      'after',
      `
Examples:
  $ imaginarium lessons --tool convert_units
  $ imaginarium lessons --retired
  $ imaginarium lessons --json | jq -r .text`,
    )
    .action(async (flags: { workspace: string; tool?: string; retired?: boolean; json?: boolean }) => {
      const folder = workspaceFolder(cli, flags.workspace);
      await withReader(cli, folder, async (engine) => {
        const tool = flags.tool === undefined ? {} : { tool: await toolId(engine, flags.tool) };
        const retired = flags.retired ? {} : { retired: false };
        const lessons = allRows((page) => engine.learned.lessons({ ...page, ...tool, ...retired }));
        if (flags.json) {
          for await (const lesson of lessons) await cli.terminal.out(jsonLine(lesson));
          return;
        }
        const byTool = new Map<string, ToldLesson[]>();
        for await (const lesson of lessons) {
          byTool.set(lesson.tool, [...(byTool.get(lesson.tool) ?? []), lesson]);
        }
        if (byTool.size === 0) cli.terminal.say('There are no lessons yet. Explore: imaginarium explore');
        else if (flags.retired && [...byTool.values()].flat().every(isInForce))
          cli.terminal.say('None is retired.');
        const tools = allTools(engine);
        for (const [id, ofTool] of byTool) {
          const lines = [cli.terminal.colors.bold(nameOf(id, tools)), ...ofTool.flatMap((one) => item(one))];
          await cli.terminal.out(`${lines.join('\n')}\n\n`);
        }
      });

      function item(lesson: ToldLesson): string[] {
        const text = `${oneLine(lesson.text)} (${witnesses(lesson)})`;
        return wrapped(text, cli.terminal.width - 4).map((line, i) =>
          i === 0 ? `  - ${line}` : `    ${line}`,
        );
      }
    });
}

/** What stands behind a lesson: `3 trials, 1 against`. */
function witnesses(lesson: ToldLesson): string {
  const { trials, against = [], earlierSpec, retired } = lesson;
  const parts = [
    counted(trials.length, 'trial'),
    ...(against.length > 0 ? [`${against.length} against`] : []),
    ...(earlierSpec ? ['learned from an earlier version of the spec'] : []),
  ];
  return `${parts.join(', ')}${isInForce(lesson) ? '' : `; retired: ${oneLine(retired ?? '')}`}`;
}
