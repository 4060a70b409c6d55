import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../../test/helpers/vscode/server.ts';
import { root } from './install.mjs';

/** What a profile begins with; the person may change it, and finds it changed the next time. */
const settings = {
  'workbench.startupEditor': 'none',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * Serves the workspace to a browser of this machine until a signal comes, or the process that started this one is gone; then
 * ends everything.
 */
export async function serveVSCode(vsix: string, workspace: string, port: number): Promise<void> {
  const data = join(root, '.cache', 'vscode-server');
  // Of an earlier time: the same version would not be installed anew, and the sockets are of processes that are gone.
  for (const stale of ['extensions', 'run']) rmSync(join(data, stale), { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.once('disconnect', end);

  const server = await startServer({
    data,
    trusted: true,
    settings,
    vsix,
    driver: false,
    port,
    forPeople: true,
  });
  const gone = new Promise<void>((resolve) => server.process.once('exit', () => resolve()));
  const query = new URLSearchParams({ folder: workspace, tkn: server.token });
  console.log(`\nOpen  http://127.0.0.1:${server.port}/?${query}\nStop  Ctrl-C\n`);
  const asked = new Promise<void>((resolve) => {
    if (ending.signal.aborted) resolve();
    ending.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([asked, gone]);
  if (!ending.signal.aborted) {
    console.error(`The VS Code server ended by itself; its log is ${server.log}.`);
    process.exitCode = 1;
  }
  await server.stop();
  // The channel to the process that started this one would keep it alive.
  if (process.connected) process.disconnect();
}
