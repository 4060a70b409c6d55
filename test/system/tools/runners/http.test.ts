import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type Bench, openBench } from '../toolBench.ts';

describe('HTTP', () => {
  let server: Server;
  let other: Server;
  let bench: Bench;
  /** Requests that arrived, as `METHOD url`. */
  let arrived: string[] = [];
  let otherArrived = 0;
  let last: IncomingMessage;

  before(async () => {
    process.env.BENCH_HOST = '127.0.0.1';
    server = createServer((request, response) => {
      arrived.push(`${request.method} ${request.url}`);
      last = request;
      void answer(request, response);
    }).listen(0, '127.0.0.1');
    other = createServer((_, response) => {
      otherArrived += 1;
      response.end('other');
    }).listen(0, '127.0.0.1');
    await Promise.all([once(server, 'listening'), once(other, 'listening')]);
    const { port } = server.address() as AddressInfo;
    const base = `http://127.0.0.1:${port}`;
    const get = (name: string, path: string, more: object = {}): object => ({
      name,
      run: { http: { url: base + path, ...more } },
    });
    bench = openBench(
      () => ({
        tools: [
          get('echo', '/echo/${station}/at', { query: { time: '${time}', fixed: 'a b' } }),
          get('inline', '/echo?x=${x}&y=1&z=%20${z}'),
          { name: 'post', run: { http: { method: 'POST', url: `${base}/body`, body: 'json' } } },
          get('header', '/header', {
            headers: { 'X-Value': '${value}', Authorization: 'Bearer ${secret:key}' },
          }),
          get('status', '/status/${code}'),
          get('gzip', '/gzip'),
          get('brotli', '/brotli'),
          get('image', '/image'),
          get('latin', '/latin'),
          { ...get('flood', '/flood'), outputLimit: 1000 },
          { ...get('bomb', '/bomb'), outputLimit: 1000 },
          { ...get('hang', '/hang'), timeout: 0.15 },
          { ...get('slow', '/slow'), timeout: 0.15 },
          get('reset', '/reset'),
          get('redirect', '/redirect/${to}'),
          {
            name: 'postRedirect',
            run: { http: { method: 'POST', url: `${base}/redirect/\${to}`, body: 'json' } },
          },
          { name: 'closed', run: { http: { url: 'http://127.0.0.1:1/' } } },
          { name: 'unknownHost', run: { http: { url: 'http://no-such-host.invalid/' } } },
          { name: 'metadata', run: { http: { url: 'http://169.254.169.254/latest' } } },
          { name: 'fromEnv', run: { http: { url: `http://\${env:BENCH_HOST}:${port}/echo` } } },
        ],
      }),
      { secret: async () => 'key-of-the-bench' },
    );
  });
  after(async () => {
    await bench.close();
    server.closeAllConnections();
    server.close();
    other.close();
  });
  beforeEach(() => {
    arrived = [];
    otherArrived = 0;
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind = '', rest = ''] = (request.url ?? '').split(/[/?]/);
    const { port } = other.address() as AddressInfo;
    switch (kind) {
      case 'body':
        response.end(`${request.headers['content-type']} ${await text(request)}`);
        break;
      case 'header':
        response.end(`you sent ${request.headers.authorization}`);
        break;
      case 'status':
        response.writeHead(Number(rest)).end(rest.endsWith('1') ? '' : `says ${rest}`);
        break;
      case 'gzip':
        response
          .writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' })
          .end(gzipSync('{"a":1}'));
        break;
      case 'brotli':
        response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('packed'));
        break;
      case 'bomb':
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000, 'a')));
        break;
      case 'image':
        response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(12));
        break;
      case 'latin':
        response
          .writeHead(200, { 'content-type': 'text/plain; charset=iso-8859-1' })
          .end(Buffer.from('caf\xe9', 'latin1'));
        break;
      case 'flood': {
        const more = (): void => {
          if (!response.destroyed) response.write('y'.repeat(10_000), () => setImmediate(more));
        };
        more();
        break;
      }
      case 'hang':
        break;
      case 'slow':
        response.write('beginning');
        break;
      case 'reset':
        request.socket.destroy();
        break;
      case 'redirect': {
        const targets: Record<string, string> = {
          near: '/echo/arrived',
          port: `http://127.0.0.1:${port}/`,
          name: `http://localhost:${port}/`,
          metadata: 'http://169.254.169.254/',
          loop: '/redirect/loop',
        };
        response.writeHead(rest === 'near' ? 303 : 302, { location: targets[rest] ?? '/' }).end();
        break;
      }
      default:
        response.end(request.url);
    }
  }

  it('fill path and query with encoded values, and leave out a key without one', async () => {
    const station = 'a/b?c#d%2e é&=+';
    assert.equal(
      (await bench.call('echo', { station, time: '9:30 + 1' })).content,
      `/echo/${encodeURIComponent(station)}/at?time=9%3A30+%2B+1&fixed=a+b`,
    );
    assert.equal((await bench.call('echo', { station: 'x' })).content, '/echo/x/at?fixed=a+b');
    assert.equal(
      (await bench.call('echo', { station: 7, time: [1, 'two', null] })).content,
      '/echo/7/at?time=1&time=two&fixed=a+b',
    );
    assert.equal((await bench.call('inline', { z: 'q&y=2' })).content, '/echo?y=1&z=+q%26y%3D2');
  });

  it('send the arguments as JSON', async () => {
    const { content } = await bench.call('post', { a: [1, { b: null }], c: '🐎' });
    assert.equal(content, 'application/json {"a":[1,{"b":null}],"c":"🐎"}');
  });

  it('let no argument change the way that the path goes', async () => {
    for (const station of ['..', '.']) {
      const { status, content } = await bench.call('echo', { station });
      assert.equal(status, 'blocked');
      assert.match(content, /would lead to another address/);
    }
    assert.equal((await bench.call('echo', { station: '../..' })).content, '/echo/..%2F../at?fixed=a+b');
    assert.equal((await bench.call('echo', { station: '%2e%2e' })).content, '/echo/%252e%252e/at?fixed=a+b');
    assert.equal((await bench.call('echo', {})).status, 'not_run');
    assert.deepEqual(arrived.length, 2);
  });

  it('refuse a value that would begin another header, and redact secrets', async () => {
    assert.equal((await bench.call('header', { value: 'x\r\nEvil: 1' })).status, 'blocked');
    assert.equal(arrived.length, 0);
    assert.equal((await bench.call('header', { value: 'ordinary' })).content, 'you sent Bearer ***');
    assert.equal(last.headers['x-value'], 'ordinary');
  });

  it('name what went wrong', async () => {
    const said = async (name: string, args = {}): Promise<string[]> => {
      const { status, content } = await bench.call(name, args);
      return [status, content];
    };
    assert.deepEqual(await said('status', { code: 200 }), ['ok', 'says 200']);
    assert.deepEqual(await said('status', { code: 201 }), ['ok', 'HTTP 201 Created']);
    assert.deepEqual(await said('status', { code: 404 }), ['rejected', 'says 404']);
    assert.deepEqual(await said('status', { code: 401 }), ['rejected', 'HTTP 401 Unauthorized']);
    assert.deepEqual(await said('status', { code: 500 }), ['tool_fault', 'says 500']);
    assert.deepEqual(await said('closed'), [
      'unreachable',
      'The server cannot be reached: nothing listens there (ECONNREFUSED).',
    ]);
    assert.equal((await bench.call('unknownHost')).status, 'unreachable');
    const [status, content = ''] = await said('reset');
    assert.equal(status, 'tool_fault');
    assert.match(content, /broke off/);
  });

  it('unpack, decode and describe', async () => {
    assert.equal((await bench.call('gzip')).content, '{"a":1}');
    assert.equal((await bench.call('brotli')).content, 'packed');
    assert.equal((await bench.call('latin')).content, 'café');
    assert.equal((await bench.call('image')).content, '(12 bytes of image/png, which is no text)');
  });

  it('stop reading at the limit, unpacked or not', async () => {
    for (const name of ['flood', 'bomb']) {
      const { status, content, truncated } = await bench.call(name);
      assert.deepEqual([status, content.length, truncated], ['ok', 1000, true]);
    }
  });

  it('stop at the time limit and when they are cancelled', async () => {
    assert.equal((await bench.call('hang')).status, 'timeout');
    assert.equal((await bench.call('slow')).status, 'timeout');
    assert.equal((await bench.call('hang', {}, AbortSignal.timeout(30))).status, 'cancelled');
  });

  it('follow redirects to the same server only', async () => {
    assert.equal((await bench.call('redirect', { to: 'near' })).content, '/echo/arrived');
    assert.equal((await bench.call('postRedirect', { to: 'near' })).content, '/echo/arrived');
    assert.deepEqual(arrived.slice(-2), ['POST /redirect/near', 'GET /echo/arrived']);
    for (const to of ['port', 'name', 'metadata']) {
      const { status, content } = await bench.call('redirect', { to });
      assert.equal(status, 'blocked', to);
      assert.match(content, /which its spec does not name/);
    }
    assert.equal(otherArrived, 0);
    const loop = await bench.call('redirect', { to: 'loop' });
    assert.deepEqual([loop.status, loop.content], ['tool_fault', 'The server redirects more than 5 times.']);
  });

  it('never go to metadata servers, nor to a private host that the manifest does not name itself', async () => {
    assert.equal((await bench.call('metadata')).status, 'blocked');
    const { status, content } = await bench.call('fromEnv');
    assert.equal(status, 'blocked');
    assert.match(content, /private network/);
    assert.equal(arrived.length, 0);
  });
});
