import { Command } from 'commander';
import type { Engine } from '../../engine/engine.ts';
import { WrongRequest } from '../../engine/errors.ts';
import type { Cli } from '../cli.ts';
import { jsonFlag, workspaceFlag, workspaceFolder } from '../flags.ts';
import { jsonLine } from '../json.ts';
import { withReader } from '../openEngine.ts';
import { allRows } from '../pages.ts';
import { allTools, nameOf, toolId } from '../toolOption.ts';
import { trialRecord } from '../trialRecord.ts';
import { trialLines } from '../trialText.ts';

interface Flags {
  workspace: string;
  tool?: string;
  run?: string;
  failed?: boolean;
  json?: boolean;
}

/** `imaginarium trials`: the log of what was tried. */
export function trialsCommand(cli: Cli): Command {
  return new Command('trials')
    .description('list trials, the newest first')
    .addOption(workspaceFlag())
    .option('-t, --tool <tool>', 'of one tool: its id or name')
    .option('-r, --run <run>', 'of one run')
    .option('--failed', 'only trials in which a call failed')
    .addOption(jsonFlag('print one JSON object a line'))
    .addHelpText(
      'after',
      `
Examples:
  $ imaginarium trials --tool convert_units --failed
  $ imaginarium trials --json | jq -r '.steps[].failure.type // empty' | sort | uniq -c`,
    )
    .action(async (flags: Flags) => {
      const folder = workspaceFolder(cli, flags.workspace);
      await withReader(cli, folder, async (engine) => {
        const chosen = {
          ...(flags.tool === undefined ? {} : { tool: await toolId(engine, flags.tool) }),
          ...(flags.run === undefined ? {} : { runId: flags.run }),
          ...(flags.failed ? { failed: true } : {}),
        };
        await checkRun(engine, flags.run);
        const tools = allTools(engine);
        const { terminal } = cli;
        let any = false;
        for await (const row of allRows((page) => engine.learned.trials({ ...page, ...chosen }))) {
          const trial = await engine.learned.trial(row.id);
          if (!trial) continue;
          any = true;
          if (flags.json) await terminal.out(jsonLine(trialRecord(trial)));
          else {
            const view = { ...terminal, nameOf: (id: string) => nameOf(id, tools) };
            await terminal.out(`${trialLines(trial, view).join('\n')}\n\n`);
          }
        }
        if (!any) cli.terminal.say('There are no such trials.');
      });
    });
}

/** Throws `WrongRequest` for a run that is not kept here: a mistyped id would else look like a run without trials. */
async function checkRun(engine: Engine, run: string | undefined): Promise<void> {
  if (run === undefined || (await engine.run(run)) !== null) return;
  throw new WrongRequest(
    `There is no run "${run}".`,
    'imaginarium trials --json lists trials with their runs.',
  );
}
