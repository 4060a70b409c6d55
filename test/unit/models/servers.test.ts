import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localServers } from '../../../src/models/localServers.ts';
import { serverModels } from '../../../src/models/serverModels.ts';
import { testEngine } from '../../helpers/testEngine.ts';
import { workspaceFixture } from '../../helpers/workspaceFixture.ts';

describe('Model servers', () => {
  const servers: Server[] = [];

  async function serve(answer: RequestListener): Promise<number> {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  const json =
    (body: unknown, status = 200): RequestListener =>
    (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  describe('of this machine', () => {
    it('are those that answer with a list of models, asked without a key', async () => {
      const seen: unknown[] = [];
      const port = await serve((request, response) => {
        seen.push([request.method, request.url, request.headers.authorization]);
        json({ object: 'list', data: [{ id: 'qwen3:8b' }, { id: 'qwen3:8b' }, { id: 7 }, {}] })(
          request,
          response,
        );
      });
      assert.deepEqual(await localServers({ Ollama: port }), [
        { name: 'Ollama', baseUrl: `http://127.0.0.1:${port}/v1`, models: ['qwen3:8b'] },
      ]);
      assert.deepEqual(seen, [['GET', '/v1/models', undefined]]);
    });

    it('are not what sends something else, errors, redirects, too much, or nothing at all', async () => {
      const elsewhere = await serve(json({ data: [{ id: 'm' }] }));
      const ports = {
        page: await serve((_request, response) => response.end('<html>')),
        error: await serve(json({ data: [{ id: 'm' }] }, 500)),
        redirect: await serve((_request, response) =>
          response.writeHead(302, { location: `http://127.0.0.1:${elsewhere}/v1/models` }).end(),
        ),
        large: await serve(json({ data: [{ id: 'm' }], more: 'x'.repeat(2 * 1024 * 1024) })),
        odd: await serve(json({ data: { id: 'm' } })),
        silent: await serve(() => {}),
        closed: 1,
      };
      const began = performance.now();
      assert.deepEqual(await localServers(ports), []);
      assert.ok(performance.now() - began < 3000);
    });

    it('are asked by nobody without trust', async () => {
      const fixture = workspaceFixture([]);
      const { engine } = await testEngine(fixture.folder, { trusted: false });
      assert.deepEqual(await engine.localServers(), []);
      assert.deepEqual(await engine.serverModels('http://127.0.0.1:1/v1'), { problem: 'unlisted' });
      await engine.dispose();
      fixture.remove();
    });
  });

  describe('anywhere', () => {
    const ask = (port: number) =>
      serverModels({ baseUrl: `http://127.0.0.1:${port}/v1/`, apiKey: 'sk-test' });

    it('say which models they have, to who has the key', async () => {
      let key: string | undefined;
      const port = await serve((request, response) => {
        key = request.headers.authorization;
        json({ data: [{ id: 'a' }] })(request, response);
      });
      assert.deepEqual(await ask(port), { models: ['a'] });
      assert.equal(key, 'Bearer sk-test');
    });

    it('or that the key is wrong, or nothing of use', async () => {
      assert.deepEqual(await ask(await serve(json({}, 401))), { problem: 'refused' });
      assert.deepEqual(await ask(await serve(json({}, 403))), { problem: 'refused' });
      assert.deepEqual(await ask(await serve(json({}, 404))), { problem: 'unlisted' });
      assert.deepEqual(await ask(await serve(json({ models: [] }))), { problem: 'unlisted' });
      assert.deepEqual(await ask(1), { problem: 'unreachable' });
    });
  });
});
