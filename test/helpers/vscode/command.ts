import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to stdout
 * @throws Error with the tail of its output when it exits with anything but 0, or after `timeout` milliseconds
 */
export function command(
  program: string,
  args: string[],
  options: { cwd?: string; timeout?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let out = '';
    let all = '';
    child.stdout.on('data', (data) => {
      out += data;
      all += data;
    });
    child.stderr.on('data', (data) => {
      all += data;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(out);
      reject(new Error(`${program} ${args.join(' ')} ended with ${code ?? signal}:\n${all.slice(-2000)}`));
    });
  });
}
