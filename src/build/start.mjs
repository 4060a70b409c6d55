// `npm start`: from a fresh clone to an exploration of the sample workspace. Runs on any Node that npm runs on.
import { ensureGit } from './git.mjs';
import { ensureInstalled, nodePath, run } from './install.mjs';

ensureInstalled();
ensureGit();
const node = nodePath();
const steps = [
  ['src/build/build.ts', '--production', '--quiet'],
  ['dist/cli.cjs', 'demo', ...process.argv.slice(2)],
];
for (const step of steps) {
  const code = await run(node, step);
  if (code !== 0) process.exit(code);
}
