/** The CLI as a process of its own, from its sources. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface CliProcess {
  child: ChildProcessWithoutNullStreams;
  /** What it has written so far. */
  output: { out: string; said: string };
  /** Resolves with the exit code, or the name of the signal that ended it, when all output is there. */
  ended: Promise<number | string>;
}

/** Starts the CLI; `env` stands beside PATH and HOME. */
export function startCli(
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): CliProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd,
    env: { PATH, HOME, TMPDIR, NODE_OPTIONS: process.env.NODE_OPTIONS, ...options.env },
  });
  const output = { out: '', said: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.said += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return { child, output, ended };
}
