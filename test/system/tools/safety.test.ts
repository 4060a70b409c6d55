/** The sentences of the design's section 7 that live in this layer, by their words. The network's are in `runners/`. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Bench, openBench } from './toolBench.ts';

describe('Safety', () => {
  it('in an untrusted workspace specs are read, nothing is run, no server is started, no network is touched', async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    let asked = 0;
    const bench: Bench = openBench(
      (scratch) => ({
        tools: [
          {
            name: 'command',
            run: { command: ['touch', join(scratch, 'command')], env: { K: '${secret:k}' } },
          },
          { name: 'module', run: { module: './module.mjs', export: 'echo' } },
          { name: 'http', run: { http: { url: `http://127.0.0.1:${port}/` } } },
          { name: 'service', run: { http: { url: 'http://127.0.0.1:${service:s.port}/' } } },
        ],
        services: { s: { command: ['touch', join(scratch, 'service')], ready: { line: '(?<port>1)' } } },
      }),
      {
        trusted: () => false,
        secret: async () => {
          asked += 1;
          return 'x';
        },
      },
    );
    for (const name of ['command', 'module', 'http', 'service']) {
      const { status, content } = await bench.call(name);
      assert.equal(status, 'blocked');
      assert.match(content, /this workspace is not trusted/);
    }
    assert.equal(bench.tool('command').tool.runnable, true);
    assert.deepEqual(
      ['command', 'service'].filter((name) => existsSync(join(bench.scratch, name))),
      [],
    );
    assert.deepEqual([requests, asked], [0, 0]);
    await bench.close();
    server.close();
  });

  it('trust is asked for at every call', async () => {
    let trusted = true;
    const bench = openBench(() => ({ tools: [{ name: 'x', run: { command: ['true'] } }] }), {
      trusted: () => trusted,
    });
    assert.equal((await bench.call('x')).status, 'ok');
    trusted = false;
    assert.equal((await bench.call('x')).status, 'blocked');
    await bench.close();
  });

  it('the environment of tools is PATH, HOME, LANG, TMPDIR and what the manifest names', async () => {
    const env = {
      PATH: process.env.PATH,
      HOME: '/home/x',
      LANG: 'de_CH.UTF-8',
      TOKEN: 't',
      NAMED: 'n',
      NODE_OPTIONS: '--bad',
      OPENAI_API_KEY: 'k',
    };
    const bench = openBench(
      () => ({
        tools: [
          {
            name: 'command',
            run: { command: ['${node}', 'environment.mjs'], env: { OWN: '${env:NAMED}', FIXED: 1 } },
          },
          {
            name: 'module',
            run: { module: './module.mjs', export: 'environment', env: { OWN: '${env:NAMED}', FIXED: 1 } },
          },
        ],
      }),
      { env },
    );
    for (const name of ['command', 'module']) {
      const { TMPDIR, ...rest } = JSON.parse((await bench.call(name)).content);
      assert.match(TMPDIR, /imaginarium-\w+\/[0-9]+$/);
      assert.deepEqual(
        rest,
        { PATH: process.env.PATH, HOME: '/home/x', LANG: 'de_CH.UTF-8', OWN: 'n', FIXED: '1' },
        name,
      );
    }
    await bench.close();
  });

  it("${node} is the engine's own runtime", async () => {
    const bench = openBench(() => ({
      tools: [{ name: 'x', run: { command: ['${node}', '-p', 'process.execPath'] } }],
    }));
    assert.equal((await bench.call('x')).content, process.execPath);
    await bench.close();
  });
});
