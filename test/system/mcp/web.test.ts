import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { McpServerSpec } from '../../../src/tools/boundTool.ts';
import { eventually } from '../../helpers/eventually.ts';
import { freePort } from './freePort.ts';
import { type McpBench, mcpBench, serverProgram, webServer } from './servers.ts';

describe('MCP servers at an address', () => {
  let folder: string;
  let bench: McpBench;
  const processes: ChildProcess[] = [];
  const servers: Server[] = [];
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-web-')));
    bench = mcpBench(folder, { secret: async (name) => (name === 'token' ? 'stored-token' : null) });
  });
  after(async () => {
    await bench.host.dispose();
    for (const child of processes) child.kill('SIGKILL');
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true });
  });

  /** The protocol's own server for tests, at a port; resolves when it listens. */
  async function everything(kind: 'streamableHttp' | 'sse', port: number): Promise<ChildProcess> {
    const child = spawn(process.execPath, [serverProgram('everything'), kind], {
      env: { PATH: process.env.PATH, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    processes.push(child);
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await eventually(`"${kind}" to listen: ${said}`, () => /listening|running on port/i.test(said));
    return child;
  }

  async function answering(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<string> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const at = (name: string, url: string): McpServerSpec => webServer(name, url);

  it('speak streamable HTTP, are called, cancelled, and found again when they have begun anew', async () => {
    const port = await freePort();
    const first = await everything('streamableHttp', port);
    const server = at('http', `http://127.0.0.1:${port}/mcp`);
    const { tools } = await bench.host.listTools(server, folder);
    assert.ok(tools.length >= 13);
    const sum = await bench.call(server, 'get-sum', { a: 2, b: 3 });
    assert.deepEqual([sum.status, sum.content], ['ok', 'The sum of 2 and 3 is 5.']);
    const wrong = await bench.call(server, 'get-sum', { a: 'x' });
    assert.equal(wrong.status, 'rejected');
    const stop = new AbortController();
    const long = bench.call(
      server,
      'trigger-long-running-operation',
      { duration: 30, steps: 30 },
      { signal: stop.signal },
    );
    setTimeout(() => stop.abort(), 200);
    assert.equal((await long).status, 'cancelled');

    const cut = bench.call(server, 'trigger-long-running-operation', { duration: 30, steps: 30 });
    await eventually('progress', () =>
      bench.log.some((line) => line.includes('trigger-long-running-operation: 1')),
    );
    const ended = once(first, 'exit');
    first.kill('SIGKILL');
    const { status, content } = await cut;
    await ended;
    assert.equal(status, 'tool_fault');
    assert.match(content, /The MCP server "http" broke off/);
    const gone = await bench.call(server, 'echo', { message: 'x' });
    assert.equal(gone.status, 'unreachable');
    assert.match(gone.content, /nothing listens there/);
    // It knows nothing of the session that was.
    await everything('streamableHttp', port);
    assert.equal((await bench.call(server, 'echo', { message: 'again' })).content, 'Echo: again');
  });

  it('have their session begun anew when they have forgotten it', async () => {
    const port = await freePort();
    const first = await everything('streamableHttp', port);
    const server = at('forgetful', `http://127.0.0.1:${port}/mcp`);
    await bench.call(server, 'echo', { message: 'x' });
    first.kill('SIGKILL');
    await once(first, 'exit');
    await everything('streamableHttp', port);
    assert.equal((await bench.call(server, 'echo', { message: 'again' })).content, 'Echo: again');
  });

  it('speak the older server-sent events', async () => {
    const port = await freePort();
    await everything('sse', port);
    const url = `http://127.0.0.1:${port}/sse`;
    const server: McpServerSpec = { ...at('sse', url), transport: { kind: 'sse', url, headers: {} } };
    assert.equal((await bench.call(server, 'echo', { message: 'hi' })).content, 'Echo: hi');
  });

  it('are sent the headers that their configuration names, and say it when they want another sign-in', async () => {
    const seen: (string | undefined)[] = [];
    const url = await answering((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    });
    const server = webServer('closed', url, { Authorization: 'Bearer ${input:token}' });
    const { status, content } = await bench.call(server, 'echo');
    assert.equal(status, 'blocked');
    assert.match(content, /"closed": It wants a sign-in \(HTTP 401\)\. Put a token into its headers/);
    assert.deepEqual([...new Set(seen)], ['Bearer stored-token']);
  });

  it('are the only ones that are asked: no redirect leads elsewhere', async () => {
    const asked: string[] = [];
    const elsewhere = await answering((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    const url = await answering((_, response) => {
      response.writeHead(307, { location: `${elsewhere}/mcp` }).end();
    });
    const { status, content } = await bench.call(at('moved', url), 'echo');
    assert.notEqual(status, 'ok');
    assert.match(content, /redirect|HTTP 307/i);
    assert.deepEqual(asked, []);
  });

  it('may be in this machine or a private network only when the configuration names them', async () => {
    const url = await answering((_, response) => void response.end());
    const { port } = new URL(url);
    const host = mcpBench(folder, { env: { ...process.env, MCP_HOST: '127.0.0.1' } });
    try {
      const filled = await host.call(at('filled', `http://\${MCP_HOST}:${port}/mcp`), 'echo');
      assert.equal(filled.status, 'blocked');
      assert.match(filled.content, /Not sent to 127\.0\.0\.1/);
      for (const never of ['http://169.254.169.254/mcp', 'http://metadata.google.internal/mcp']) {
        assert.equal((await host.call(at('meta', never), 'echo')).status, 'blocked', never);
      }
    } finally {
      await host.host.dispose();
    }
  });

  it('that are no MCP servers are told apart from those that are away', async () => {
    const url = await answering((_, response) => void response.writeHead(404).end('nothing here'));
    const none = await bench.call(at('none', url), 'echo');
    assert.equal(none.status, 'unreachable');
    assert.match(none.content, /HTTP 404/);
    const page = await answering(
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hi'),
    );
    assert.equal((await bench.call(at('page', page), 'echo')).status, 'unreachable');
  });

  it('that answer without end are cut off', async () => {
    const url = await answering((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(1 << 16)));
      };
      response.on('drain', pour);
      pour();
    });
    const { status, content } = await bench.call(at('endless', url), 'echo');
    assert.notEqual(status, 'ok');
    assert.match(content, /longer than 16 MiB/);
  });
});
