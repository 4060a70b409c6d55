import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Imported } from '../../protocol/exploit.ts';
import type { Cli } from '../cli.ts';
import { jsonFlag, workspaceFlag, workspaceFolder } from '../flags.ts';
import { jsonLine } from '../json.ts';
import { openEngine } from '../openEngine.ts';
import { counted, oneLine } from '../text.ts';

interface Flags {
  workspace: string;
  model?: string;
  json?: boolean;
}

/** `imaginarium import`: an exploration log of the reference implementation, as a run of ours. */
export function importCommand(cli: Cli): Command {
  return new Command('import')
    .description('take over an exploration log of the reference implementation (data_dict.json)')
    .argument('<file>', 'the log')
    .addOption(workspaceFlag())
    .option('-m, --model <name>', 'the model that it was made with')
    .addOption(jsonFlag('print what came of it as one JSON object'))
    .addHelpText(
      'after',
      `
The log becomes one run, whose trials lists and trees show like any other. Importing it again adds
what is new. The log does not say whether a call failed: that is guessed from what came back, and
examples from it are unverified until somebody verifies them.

Examples:
  $ imaginarium import results/data_dict.json --model gpt-3.5-turbo-16k-0613
  $ imaginarium import data_dict.json --json | jq .problems`,
    )
    .action(async (file: string, flags: Flags) => {
      const folder = workspaceFolder(cli, flags.workspace);
      const engine = await openEngine(cli, folder, { onlyRead: false });
      let imported: Imported;
      try {
        const path = resolve(cli.cwd, file);
        imported = await engine.importLog({
          path,
          ...(flags.model === undefined ? {} : { model: flags.model }),
        });
      } finally {
        await engine.dispose();
      }
      if (flags.json) return cli.terminal.out(jsonLine(imported));
      for (const { path, problem } of imported.problems) {
        cli.terminal.say(`${oneLine(path)}: ${oneLine(problem)}; left out`);
      }
      for (const note of imported.notes) cli.terminal.say(oneLine(note));
      await cli.terminal.out(`${summaryOf(imported)}\n`);
    });
}

function summaryOf({ runId, tools, trials, known, examples }: Imported): string {
  if (trials === 0) return `Nothing new: all ${counted(known, 'trial')} were imported before (run ${runId}).`;
  const added = `Imported ${counted(trials, 'trial')} of ${counted(tools, 'tool')}, ${counted(examples, 'example')}`;
  return `${added} (run ${runId})${known === 0 ? '.' : `; ${known} were there already.`}`;
}
