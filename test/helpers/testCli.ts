import pc from 'picocolors';
import type { Cli } from '../../src/cli/cli.ts';
import { runProgram } from '../../src/cli/program.ts';

export interface CliResult {
  code: number;
  /** Standard output. */
  out: string;
  /** Standard error. */
  said: string;
}

export interface CliOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  width?: number;
  packageFolder?: string;
  /** Called with each line that is said, and with a way to press Ctrl-C. */
  onSaid?: (line: string, interrupt: () => void) => void;
}

/** Runs the CLI in this process, without a terminal. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const result: CliResult = { code: 0, out: '', said: '' };
  let stop: (() => void) | null = null;
  const cli: Cli = {
    terminal: {
      async out(text) {
        result.out += text;
      },
      say(line) {
        result.said += `${line}\n`;
        options.onSaid?.(line, () => stop?.());
      },
      colors: pc.createColors(false),
      sayColors: pc.createColors(false),
      live: false,
      width: options.width ?? 100,
    },
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    version: '0.0.0',
    packageFolder: options.packageFolder ?? process.cwd(),
    onInterrupt(handler) {
      stop = handler;
      return () => {
        stop = null;
      };
    },
    exit(code) {
      result.code = code;
    },
  };
  await runProgram(cli, args);
  return result;
}

/** The JSON lines of an output. */
export function jsonLines<T = Record<string, unknown>>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
