/**
 * Outlives the engine by a moment: when the engine has gone, by whatever signal, the pipe to it ends, and everything that
 * it had started is killed. It is told what there is, line by line: `+<pid>`, `-<pid>`. Its argument is the engine's
 * temporary folder, which every tool has in its environment.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { killTree } from './processTree.ts';

const tempFolder = process.argv[2] ?? '';
const pids = new Set<number>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) pids.add(pid);
  else pids.delete(pid);
});
process.stdin.on('error', () => lines.close());
lines.on('close', async () => {
  await killTree({ pids: [...pids], tempFolders: tempFolder === '' ? [] : [tempFolder] });
  if (tempFolder !== '') await rm(tempFolder, { recursive: true, force: true });
  process.exit(0);
});
