import { Command, CommanderError } from 'commander';
import { Cancelled, UserError } from '../core/errors.ts';
import { explain, WrongRequest } from '../engine/errors.ts';
import { type Cli, exitCodes } from './cli.ts';
import { demoCommand } from './commands/demo.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { examplesCommand } from './commands/examples.ts';
import { expandCommand } from './commands/expand.ts';
import { exploreCommand } from './commands/explore.ts';
import { exportCommand } from './commands/export.ts';
import { gradeCommand } from './commands/grade.ts';
import { importCommand } from './commands/import.ts';
import { lessonsCommand } from './commands/lessons.ts';
import { lintCommand } from './commands/lint.ts';
import { reviewCommand } from './commands/review.ts';
import { toolsCommand } from './commands/tools.ts';
import { trialsCommand } from './commands/trials.ts';
import { verifyCommand } from './commands/verify.ts';
import { plain } from './text.ts';

/** All commands, with nothing run yet. */
export function program(cli: Cli): Command {
  const all = new Command('imaginarium')
    .description('Teaches language models to use your tools, by simulated trial and error.')
    .version(cli.version, '-v, --version', 'print the version')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  $ imaginarium tools
  $ imaginarium explore --episodes 4
  $ imaginarium examples --for "How far is 5 miles?" --format openai

Each command has a --help of its own, with examples.`,
    );
  const commands = [
    toolsCommand(cli),
    exploreCommand(cli),
    trialsCommand(cli),
    examplesCommand(cli),
    lessonsCommand(cli),
    verifyCommand(cli),
    reviewCommand(cli),
    expandCommand(cli),
    evaluateCommand(cli),
    gradeCommand(cli),
    exportCommand(cli),
    lintCommand(cli),
    importCommand(cli),
  ];
  for (const command of commands) all.addCommand(command);
  all.addCommand(demoCommand(cli), { hidden: true });
  for (const command of [all, ...all.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void cli.terminal.out(text),
      writeErr: (text) => cli.terminal.say(text.trimEnd()),
      getOutHelpWidth: () => cli.terminal.width,
    });
    command.showHelpAfterError(`See: imaginarium ${command === all ? '' : `${command.name()} `}--help`);
  }
  return all;
}

/** Runs what the command line asks for; whatever goes wrong is said, and ends in an exit code. Never rejects. */
export async function runProgram(cli: Cli, args: readonly string[]): Promise<void> {
  try {
    const all = program(cli);
    if (args.length === 0) return all.outputHelp();
    await all.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said it already. Help and the version end with 0, everything else is wrong use.
      if (error.exitCode !== 0) cli.exit(exitCodes.wrongUse);
      return;
    }
    if (error instanceof Cancelled) return cli.exit(exitCodes.stopped);
    const { message, advice } = explain(error);
    cli.terminal.say(`${cli.terminal.sayColors.red('error')}: ${plain(message)}\n${plain(advice)}`);
    if (!(error instanceof UserError) && error instanceof Error && error.stack) cli.terminal.say(error.stack);
    cli.exit(error instanceof WrongRequest ? exitCodes.wrongUse : exitCodes.failed);
  }
}
