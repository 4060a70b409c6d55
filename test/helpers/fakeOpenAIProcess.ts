import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FakeStats } from './fakeOpenAI.ts';

/** A fake server in a process of its own. It ends with `close()`, and at the latest with this process. */
export interface FakeOpenAIProcess {
  baseUrl: string;
  stats(): Promise<FakeStats>;
  close(): Promise<void>;
}

/** Starts `fakeOpenAIServer.ts`; `script` is a file as that script takes it. Resolves when the server listens. */
export async function startFakeOpenAIProcess(options: {
  latencyMs?: number;
  script?: string;
  text?: string;
}): Promise<FakeOpenAIProcess> {
  const args = ['--latency', String(options.latencyMs ?? 0)];
  if (options.script !== undefined) args.push('--script', options.script);
  if (options.text !== undefined) args.push('--text', options.text);
  const child = fork(fileURLToPath(new URL('./fakeOpenAIServer.ts', import.meta.url)), args, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: [],
  });
  const gone = once(child, 'exit');
  if (child.stdout === null) throw new Error('The fake server has no output.');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), gone.then(() => null)]);
  if (first === null) throw new Error('The fake server ended before it listened.');
  const { port, baseUrl } = JSON.parse(String(first[0])) as { port: number; baseUrl: string };
  return {
    baseUrl,
    stats: async () => (await (await fetch(`http://127.0.0.1:${port}/stats`)).json()) as FakeStats,
    close: async () => {
      child.kill();
      await gone;
    },
  };
}
