import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../src/core/errors.ts';
import { eventually } from '../../helpers/eventually.ts';
import { fixture, type McpBench, mcpBench, serverProgram, stdioServer } from './servers.ts';

describe('Calls of MCP servers', () => {
  let folder: string;
  let bench: McpBench;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-calls-')));
    bench = mcpBench(folder, {
      env: { ...process.env, UNNAMED: 'must not be seen', NAMED: 'from outside' },
      secret: async (name) => ({ api_key: 'kept-in-the-editor' })[name] ?? null,
    });
  });
  after(async () => {
    await bench.host.dispose();
    rmSync(folder, { recursive: true });
  });

  const everything = stdioServer('everything', [serverProgram('everything')]);
  const own = stdioServer('own', [fixture]);

  it('list the tools of every server, with what it says of each', async () => {
    const counts: Record<string, number> = {};
    for (const [name, args] of Object.entries({
      filesystem: [folder],
      memory: [],
      everything: [],
      'sequential-thinking': [],
    })) {
      const server = stdioServer(name, [serverProgram(name), ...args]);
      const { tools, notes } = await bench.host.listTools(server, folder);
      assert.deepEqual(notes, [], name);
      assert.ok(tools.every(({ description, inputSchema }) => description !== '' && inputSchema !== null));
      counts[name] = tools.length;
      await bench.host.endServer(server, folder);
    }
    const { everything: ofEverything, ...others } = counts;
    assert.deepEqual(others, { filesystem: 14, memory: 9, 'sequential-thinking': 1 });
    // It adds one once it has asked for the roots.
    assert.ok(ofEverything === 13 || ofEverything === 14);
  });

  it('give a server what its configuration names, and of ours nothing else', async () => {
    const server = stdioServer('env', [serverProgram('everything')], {
      env: {
        A: 'plain',
        B: '${env:NAMED}',
        C: '${MISSING:-otherwise}',
        D: '${input:api-key}',
        HERE: '${workspaceFolder}',
      },
      envFile: '${workspaceFolder}/.env',
    });
    writeFileSync(join(folder, '.env'), 'FROM_FILE="of the file"\nA=covered\n# nothing\n');
    const { status, content } = await bench.call({ ...server, inputs: { 'api-key': null } }, 'get-env');
    assert.equal(status, 'ok');
    const { PATH, HOME, LANG, TMPDIR, ...named } = JSON.parse(content);
    assert.equal(PATH, process.env.PATH);
    assert.match(TMPDIR, /imaginarium-/);
    assert.deepEqual(named, {
      A: 'plain',
      B: 'from outside',
      C: 'otherwise',
      // What was asked of a person is not shown again.
      D: '***',
      HERE: folder,
      FROM_FILE: 'of the file',
    });
  });

  it('never show a secret that stands in a configuration as it is', async () => {
    const server = stdioServer(
      'clear',
      [serverProgram('everything'), 'stdio', '--api-key', 'abcdefgh12345'],
      {
        env: { SOME_TOKEN: 'a-token-in-clear-text', MODE: 'production' },
      },
    );
    const { content } = await bench.call(server, 'get-env');
    assert.equal(JSON.parse(content).SOME_TOKEN, '***');
    assert.equal(JSON.parse(content).MODE, 'production');
    assert.ok(bench.log.some((line) => line.endsWith('--api-key ***')));
    assert.ok(!bench.log.join('\n').includes('abcdefgh12345'));
  });

  it('say which variable, input or secret is missing, and start nothing', async () => {
    const missing = (env: Record<string, string>) => stdioServer('missing', [fixture], { env });
    const variable = await bench.call(missing({ A: '${NOT_SET_ANYWHERE}' }), 'say');
    assert.equal(variable.status, 'blocked');
    assert.match(
      variable.content,
      /"missing" \(\.mcp\.json, line 3\).*variable NOT_SET_ANYWHERE.*is not set/,
    );
    const input = await bench.call(missing({ A: '${input:my-key}' }), 'say');
    assert.equal(input.status, 'blocked');
    assert.match(
      input.content,
      /input "my-key".*Set Secret of a Tool…, with the name my_key;.*variable my_key/,
    );
    assert.ok(!bench.log.some((line) => line.includes('"missing" is started')));
  });

  it('tell success from refusal and fault', async () => {
    const echo = await bench.call(everything, 'echo', { message: 'hi' });
    assert.deepEqual([echo.status, echo.content], ['ok', 'Echo: hi']);
    const wrong = await bench.call(everything, 'get-sum', { a: 1, b: 'two' });
    assert.equal(wrong.status, 'rejected');
    assert.match(wrong.content, /expected number, received string at b/);
    const none = await bench.call(everything, 'no-such-tool');
    assert.equal(none.status, 'rejected');
    const broken = await bench.call(own, 'wrong');
    assert.deepEqual([broken.status, broken.content], ['tool_fault', 'Inside, something broke.']);
  });

  it('describe what is no text, and do not say the same twice', async () => {
    const image = await bench.call(everything, 'get-tiny-image');
    assert.match(image.content, /^Here's the image.*\n\[image: image\/png, 4033 bytes\]\n/);
    const links = await bench.call(everything, 'get-resource-links');
    assert.match(
      links.content,
      /\[link to the resource demo:\/\/resource\/dynamic\/text\/2: Text Resource 2, text\/plain/,
    );
    const resource = await bench.call(everything, 'get-resource-reference');
    assert.match(
      resource.content,
      /\[resource demo:\/\/resource\/dynamic\/text\/1, text\/plain\]\nResource 1: /,
    );
    const structured = await bench.call(everything, 'get-structured-content', { location: 'Chicago' });
    assert.deepEqual(Object.keys(JSON.parse(structured.content)).sort(), [
      'conditions',
      'humidity',
      'temperature',
    ]);
  });

  it('keep of an answer what the limit says', async () => {
    const { status, content, truncated } = await bench.call(own, 'big', {}, { outputLimit: 1001 });
    assert.equal(status, 'ok');
    assert.equal(truncated, true);
    // A character of two bytes is not cut in half.
    assert.equal(content, 'é'.repeat(500));
  });

  it('go on as long as a tool reports progress, and end at the limit when it reports none', async function () {
    this.timeout(20_000);
    const started = performance.now();
    const steps = { duration: 3, steps: 6 };
    const alive = await bench.call(everything, 'trigger-long-running-operation', steps, { timeoutMs: 1500 });
    assert.equal(alive.status, 'ok');
    assert.ok(performance.now() - started > 2500);
    assert.ok(
      bench.log.some((line) => /reports progress of trigger-long-running-operation: [1-6] of 6/.test(line)),
    );
    const silent = { duration: 30, steps: 1 };
    const ended = await bench.call(everything, 'trigger-long-running-operation', silent, { timeoutMs: 500 });
    assert.deepEqual(
      [ended.status, ended.content],
      ['timeout', 'The tool did not end within 0.5 s and was stopped.'],
    );
  });

  it('tell the server of a call that is cancelled', async () => {
    const received = join(folder, 'received.jsonl');
    const server = stdioServer('cancelled', [fixture], { env: { RECEIVED: received } });
    await bench.host.listTools(server, folder);
    const stop = new AbortController();
    const call = bench.call(server, 'wait', { text: 'x' }, { signal: stop.signal });
    const seen = (): Record<string, unknown>[] =>
      readFileSync(received, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const until = (method: string): Promise<Record<string, unknown>> =>
      eventually(method, () => seen().find((one) => one.method === method));
    const { id } = await until('tools/call');
    stop.abort();
    assert.equal((await call).status, 'cancelled');
    const { params } = await until('notifications/cancelled');
    assert.equal((params as { requestId: unknown }).requestId, id);
    // The same server goes on.
    assert.equal((await bench.call(server, 'say', { text: 'again' })).content, 'you said again');
    assert.equal(seen().filter(({ method }) => method === 'initialize').length, 1);
  });

  it('answer a server that asks: with the folder where roots are asked for, and else with no', async () => {
    const { content } = await bench.call(own, 'ask');
    const [sampling, elicitation, unknown, roots] = JSON.parse(content);
    for (const refused of [sampling, elicitation, unknown]) assert.equal(refused.error, -32601);
    assert.deepEqual(roots.roots, [{ uri: `file://${folder}`, name: folder.split('/').at(-1) }]);
  });

  it('hear that the tools of a server are others now', async () => {
    const heard: string[] = [];
    const one = mcpBench(folder, { onServerToolsChanged: ({ name }) => heard.push(name) });
    try {
      const before = await one.host.listTools(own, folder);
      await one.call(own, 'change');
      await eventually('other tools', () => heard.length > 0);
      const now = await one.host.listTools(own, folder);
      assert.deepEqual(
        now.tools.map(({ name }) => name),
        [...before.tools.map(({ name }) => name), 'added'],
      );
      assert.deepEqual([...new Set(heard)], ['own']);
    } finally {
      await one.host.dispose();
    }
  });

  it('speak the newest form of the protocol with servers that know it', async () => {
    const received = join(folder, 'modern.jsonl');
    const heard: string[] = [];
    const one = mcpBench(folder, { onServerToolsChanged: ({ name }) => heard.push(name) });
    const server = stdioServer('modern', [fixture, 'modern'], { env: { RECEIVED: received } });
    try {
      assert.equal((await one.host.listTools(server, folder)).tools.length, 7);
      assert.equal((await one.call(server, 'say', { text: 'hi' })).content, 'you said hi');
      assert.doesNotMatch(readFileSync(received, 'utf8'), /"initialize"/);
      await eventually('to be listened to', () =>
        /subscriptions\/listen/.test(readFileSync(received, 'utf8')),
      );
      await one.call(server, 'change');
      await eventually('other tools', () => heard.length > 0);
      const stop = new AbortController();
      const waiting = one.call(server, 'wait', {}, { signal: stop.signal });
      await eventually('the call', () => /"wait"/.test(readFileSync(received, 'utf8')));
      stop.abort();
      assert.equal((await waiting).status, 'cancelled');
      await eventually('the cancellation', () =>
        /notifications\/cancelled/.test(readFileSync(received, 'utf8')),
      );
    } finally {
      await one.host.dispose();
    }
  });

  it('do nothing without trust', async () => {
    const received = join(folder, 'untrusted.jsonl');
    const server = stdioServer('untrusted', [fixture], { env: { RECEIVED: received } });
    const one = mcpBench(folder, { trusted: () => false });
    try {
      assert.equal((await one.call(server, 'say')).status, 'blocked');
      await assert.rejects(one.host.listTools(server, folder), UserError);
      assert.deepEqual(one.log, []);
    } finally {
      await one.host.dispose();
    }
  });
});
