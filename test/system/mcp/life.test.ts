import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { McpServerSpec } from '../../../src/tools/boundTool.ts';
import { eventually } from '../../helpers/eventually.ts';
import { allGone, isAlive, pidIn } from '../tools/toolBench.ts';
import { fixture, type McpBench, mcpBench, serverProgram, stdioServer } from './servers.ts';

describe('The life of an MCP server', () => {
  let folder: string;
  let bench: McpBench;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-life-')));
    bench = mcpBench(folder);
  });
  after(async () => {
    await bench.host.dispose();
    rmSync(folder, { recursive: true });
  });

  const pidFile = (name: string): string => join(folder, `${name}.pid`);
  const server = (name: string, ...args: string[]): McpServerSpec =>
    stdioServer(name, [fixture, ...args], {
      env: { PID: pidFile(name), RECEIVED: join(folder, `${name}.jsonl`) },
    });
  const methods = (name: string): string[] => {
    const file = join(folder, `${name}.jsonl`);
    if (!existsSync(file)) return [];
    // What follows the last line break is still being written.
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line).method);
  };

  it('is one for all calls, at once and one after another', async () => {
    const one = server('shared');
    const calls = await Promise.all(
      Array.from({ length: 10 }, (_, n) => bench.call(one, 'say', { text: String(n) })),
    );
    assert.deepEqual(
      calls.map(({ content }) => content),
      calls.map((_, n) => `you said ${n}`),
    );
    const pid = await pidIn(pidFile('shared'));
    await bench.call(one, 'say');
    assert.equal(await pidIn(pidFile('shared')), pid);
  });

  it('that is killed in the middle of a call is told of, and the next call starts it anew', async () => {
    const one = server('killed');
    const call = bench.call(one, 'wait');
    await eventually('the call', () => methods('killed').includes('tools/call'));
    const pid = await pidIn(pidFile('killed'));
    process.kill(pid, 'SIGKILL');
    const { status, content } = await call;
    assert.deepEqual([status, content], ['tool_fault', 'The MCP server "killed" was killed by SIGKILL.']);
    assert.equal((await bench.call(one, 'say', { text: 'again' })).content, 'you said again');
    assert.notEqual(await pidIn(pidFile('killed')), pid);
  });

  it('that ends itself is quoted', async () => {
    const { status, content } = await bench.call(server('suicide'), 'die');
    assert.equal(status, 'tool_fault');
    assert.equal(content, 'The MCP server "suicide" ended with exit code 3.\nI cannot go on.');
  });

  it('that dies again and again is left alone', async () => {
    const one = server('sick');
    for (let n = 0; n < 5; n++) assert.equal((await bench.call(one, 'die')).status, 'tool_fault');
    const { status, content } = await bench.call(one, 'say');
    assert.equal(status, 'tool_fault');
    assert.match(content, /has died 5 times within a minute.*ended with exit code 3\.\nI cannot go on/);
  });

  it('that cannot be started says why', async () => {
    const none = await bench.call(stdioServer('none', [], { command: 'no-such-program' }), 'say');
    assert.equal(none.status, 'unreachable');
    assert.match(none.content, /could not be started: "no-such-program" was not found/);
    const dead = await bench.call(server('dead', 'dies'), 'say');
    assert.equal(dead.status, 'unreachable');
    assert.equal(dead.content, 'The MCP server "dead" ended with exit code 2.\nThe key is not right.');
    const nowhere = stdioServer('nowhere', [fixture], { cwd: './not-there' });
    assert.equal((await bench.call(nowhere, 'say')).status, 'unreachable');
  });

  it('of an older kind, that ends at anything before its handshake, is started once more', async () => {
    const one = server('older', 'strict');
    assert.equal((await bench.call(one, 'say', { text: 'hi' })).content, 'you said hi');
    assert.equal(methods('older').filter((method) => method === 'server/discover').length, 1);
    // And is not asked so again.
    await bench.host.endServer(one, folder);
    assert.equal((await bench.call(one, 'say', { text: 'hi' })).content, 'you said hi');
    assert.equal(methods('older').filter((method) => method === 'server/discover').length, 1);
  });

  it('that never answers runs out of time', async () => {
    const impatient = mcpBench(folder, { serverStartMs: 400 });
    try {
      const { status, content } = await impatient.call(server('silent', 'silent'), 'say');
      assert.equal(status, 'unreachable');
      assert.equal(content, 'The MCP server "silent" did not get ready: it did not answer within 0.4 s');
      await allGone([await pidIn(pidFile('silent'))]);
    } finally {
      await impatient.host.dispose();
    }
  });

  it('that hangs in a call is ended after it, and the next call starts it anew', async function () {
    this.timeout(20_000);
    const one = server('hung', 'hung');
    const { status } = await bench.call(one, 'say', {}, { timeoutMs: 300 });
    assert.equal(status, 'timeout');
    const pid = await pidIn(pidFile('hung'));
    await allGone([pid], 6000);
    assert.ok(
      bench.log.some((line) => line === 'The MCP server "hung" does not answer any more and is ended.'),
    );
    assert.equal((await bench.host.listTools(one, folder)).tools.length, 7);
  });

  it('is another when its configuration is another', async () => {
    const one = server('changed');
    await bench.call(one, 'say');
    const pid = await pidIn(pidFile('changed'));
    const moved: McpServerSpec = { ...one, source: { ...one.source, line: 30 } };
    await bench.call(moved, 'say');
    assert.ok(isAlive(pid));
    await bench.call(
      { ...one, transport: { ...one.transport, args: [fixture, 'other'] } as typeof one.transport },
      'say',
    );
    assert.equal(isAlive(pid), false);
  });

  it('ends with its host, with what it started, and so does a call that is under way', async () => {
    const child = join(folder, 'child.pid');
    const one = stdioServer('parent', [fixture, 'children'], {
      env: { CHILD: child, PID: pidFile('parent') },
    });
    const short = mcpBench(folder);
    const call = short.call(one, 'wait');
    const pids = [await pidIn(pidFile('parent')), await pidIn(child)];
    await short.host.dispose();
    assert.equal((await call).status, 'cancelled');
    await allGone(pids);
    assert.equal((await short.call(one, 'say')).status, 'cancelled');
  });

  it('ends within two seconds of an engine that was killed', async () => {
    const pids = ['one', 'two'].map((name) => join(folder, `orphan-${name}.pid`));
    const engine = spawn(
      process.execPath,
      [join(import.meta.dirname, 'hostProcess.ts'), folder, ...pids, serverProgram('everything')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(engine.stdout, 'data');
    const alive = [];
    for (const file of pids) alive.push(await pidIn(file));
    assert.ok(alive.every(isAlive));
    const children = readFileSync(`/proc/${engine.pid}/task/${engine.pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    assert.ok(children.length >= 4, 'two of ours, one of theirs, and the warden');
    engine.kill('SIGKILL');
    await allGone([...alive, ...children], 2000);
  });
});
