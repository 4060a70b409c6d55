/** A real mock server for an OpenAPI document: Stoplight's Prism, as a process of its own on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually.ts';

export interface Prism {
  /** `http://127.0.0.1:<port>` */
  url: string;
  close(): Promise<void>;
}

/** Starts it and waits until it answers. */
export async function startPrism(document: string): Promise<Prism> {
  const port = await freePort();
  const program = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
  const options = [
    'mock',
    document,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--verboseLevel',
    'error',
  ];
  const child = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => (said += String(chunk)));
  const url = `http://127.0.0.1:${port}`;
  try {
    await eventually(
      'Prism answers',
      async () => {
        if (child.exitCode !== null) throw new Error(`Prism ended: ${said}`);
        return fetch(url).then(
          () => true,
          () => false,
        );
      },
      40_000,
    );
  } catch (error) {
    await end(child);
    throw error;
  }
  return { url, close: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
