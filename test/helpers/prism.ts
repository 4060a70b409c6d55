/** A real mock server for an OpenAPI document: Stoplight's Prism, as a process of its own on loopback, heard through a proxy. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually.ts';

export interface Prism {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** What was wrong with requests that it answered with success all the same, by its header `sl-violations`. */
  violations: string[];
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
  const violations: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers } = incoming;
    const asked = request(new URL(incoming.url ?? '/', url), { method, headers }, (answer) => {
      if ((answer.statusCode ?? 500) < 300) violations.push(...aboutRequest(answer.headers['sl-violations']));
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    asked.on('error', () => outgoing.destroy());
    incoming.pipe(asked);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const close = async (): Promise<void> => {
    proxy.closeAllConnections();
    proxy.close();
    await end(child);
  };
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, violations, close };
}

/** It says the same of answers that it made up itself, which are none of ours. */
function aboutRequest(header: string | string[] | undefined): string[] {
  const told = JSON.parse(String(header ?? '[]')) as { location: string[]; message: string }[];
  return told.filter(({ location }) => location[0] === 'request').map(({ message }) => message);
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
