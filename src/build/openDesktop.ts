import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './install.mjs';

const windows = process.platform === 'win32';

/** Path of the desktop VS Code's command; undefined where there is none. */
function findCode(): string | undefined {
  const name = windows ? 'code.cmd' : 'code';
  const paths = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Opens the desktop VS Code, with a profile of its own that leaves the person's alone. Resolves to false where there is none,
 * or where it does not start.
 */
export async function openDesktop(vsix: string, workspace: string): Promise<boolean> {
  const code = findCode();
  if (code === undefined) return false;
  const profile = join(root, '.cache', 'vscode-desktop');
  const common = ['--user-data-dir', join(profile, 'user'), '--extensions-dir', join(profile, 'extensions')];
  const ended =
    (await run(code, [...common, '--install-extension', vsix, '--force'])) &&
    // The workspace is ours, so nobody has to be asked whether it can be trusted.
    (await run(code, [...common, '--disable-workspace-trust', '--new-window', workspace]));
  if (ended) console.log(`VS Code (${code}) opens in a window of its own; its profile is ${profile}.`);
  else console.log(`${code} did not open: using the VS Code server.`);
  return ended;
}

function run(program: string, args: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], shell: windows });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}
