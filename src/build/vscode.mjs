// `npm run vscode [-- --port N]`: the sample workspace in VS Code, with the extension installed as it would be from the
// marketplace. Runs on any Node that npm runs on; what follows the build needs the project's own.
import { spawn } from 'node:child_process';
import { ensureGit } from './git.mjs';
import { ensureInstalled, environment, nodePath, root, run } from './install.mjs';

ensureInstalled();
ensureGit();
const node = nodePath();
const built = await run(node, ['src/build/build.ts', '--production', '--quiet']);
if (built !== 0) process.exit(built);

const windows = process.platform === 'win32';
const child = spawn(node, ['src/build/vscode.ts', ...process.argv.slice(2)], {
  cwd: root,
  env: environment(),
  // The channel tells the child when this process is gone, however it went.
  stdio: windows ? 'inherit' : ['inherit', 'inherit', 'inherit', 'ipc'],
  shell: windows,
});
// From a terminal the child gets them too, and ends once; from elsewhere only through here.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
