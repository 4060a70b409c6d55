import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Engine } from '../../../src/engine/engine.ts';
import type { CatalogueSource } from '../../../src/protocol/engine.ts';
import { testEngine } from '../../helpers/testEngine.ts';
import { fixture, type McpBench, mcpBench, stdioServer } from './servers.ts';

/** Nothing that a server says may keep the engine from answering for longer, milliseconds. */
const longestPause = 2_000;

describe('An MCP server that means harm', () => {
  let folder: string;
  let bench: McpBench;
  let engine: Engine | null = null;
  let pauses: ReturnType<typeof monitorEventLoopDelay>;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-hostile-')));
    bench = mcpBench(folder);
    pauses = monitorEventLoopDelay({ resolution: 10 });
    pauses.enable();
  });
  afterEach(async () => {
    pauses.disable();
    await bench.host.dispose();
    await engine?.dispose();
    engine = null;
    rmSync(folder, { recursive: true });
    assert.ok(pauses.max / 1e6 < longestPause, `the engine stood still for ${pauses.max / 1e6} ms`);
  });

  /** What the catalogue makes of it. */
  async function listed(how: string): Promise<CatalogueSource> {
    const servers = { one: { command: process.execPath, args: [fixture, how] } };
    writeFileSync(join(folder, '.mcp.json'), JSON.stringify({ mcpServers: servers }));
    ({ engine } = await testEngine(folder));
    await engine.listServer({ folder, path: '.mcp.json#one' });
    const [source] = engine.catalogue().sources;
    assert.ok(source);
    assert.equal(new Set(source.tools.map(({ id }) => id)).size, source.tools.length);
    assert.equal(new Set(source.tools.map(({ name }) => name)).size, source.tools.length);
    for (const { name, parameters } of source.tools) {
      assert.match(name, /^[a-zA-Z0-9_-]{1,64}$/);
      assert.equal(parameters.type, 'object');
    }
    return source;
  }

  it('lists more tools than anybody could use', async () => {
    const { tools, problems } = await listed('gigantic');
    assert.equal(tools.length, 1000);
    assert.match(problems[0]?.message ?? '', /"one": It lists more than 1000 tools: the rest is left out/);
  });

  it('lists more text than fits', async () => {
    const { tools, problems } = await listed('heavy');
    assert.ok(tools.length > 10 && tools.length < 20, String(tools.length));
    assert.match(problems.at(-1)?.message ?? '', /4 MiB of tools/);
  });

  it('sends page after page, or the same page again', async () => {
    const endless = await bench.host.listTools(stdioServer('endless', [fixture, 'endless']), folder);
    assert.deepEqual([endless.tools.length, endless.notes.length], [200, 1]);
    assert.match(endless.notes[0] ?? '', /more than 200 pages/);
    const circle = await bench.host.listTools(stdioServer('circle', [fixture, 'circle']), folder);
    assert.deepEqual(
      circle.tools.map(({ name }) => name),
      ['page_0', 'page_1', 'page_0'],
    );
    assert.match(circle.notes[0] ?? '', /the same page over and over/);
  });

  it('has broken tools among good ones', async () => {
    const { tools, problems } = await listed('broken');
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['fine', 'no_schema', 'odd_annotations'],
    );
    assert.equal(problems.length, 7);
    assert.ok(problems.every(({ severity, message }) => severity === 'warning' && /left out/.test(message)));
  });

  it('has schemas that hang, nest, refer to themselves and to elsewhere', async () => {
    const { tools } = await listed('schemas');
    assert.ok(tools.length >= 4, JSON.stringify(tools.map(({ name }) => name)));
    assert.equal(({} as Record<string, unknown>).type, undefined);
    const evil = tools.find(({ name }) => name === 'evil_pattern');
    assert.ok(evil);
    const failures = await bench.host.check(evil, { text: `${'a'.repeat(40)}!` });
    assert.ok(Array.isArray(failures));
  });

  it('has the same name twice, and names that no model takes', async () => {
    const { tools } = await listed('names');
    assert.equal(tools.length, 12);
    assert.deepEqual(tools.filter(({ id }) => /#same(~2)?$/.test(id)).length, 2);
  });

  it('says things that a terminal or an editor would act on', async () => {
    const { tools } = await listed('texts');
    const server = stdioServer('texts', [fixture, 'texts']);
    const { status, content } = await bench.call(server, 'say');
    // As data they are kept; only NUL, at which many displays end, is its picture.
    assert.deepEqual([status, content], ['ok', 'before\u001b]0;title\u0007\u2400\u202Eafter']);
    assert.equal(tools.length, 1);
  });

  it('prints things between its messages', async () => {
    const server = stdioServer('noise', [fixture, 'noise']);
    assert.equal((await bench.call(server, 'say', { text: 'hi' })).content, 'you said hi');
  });

  it('pours out bytes without end', async () => {
    const { status, content } = await bench.call(stdioServer('flood', [fixture, 'flood']), 'say');
    assert.equal(status, 'unreachable');
    assert.match(content, /sent a message of more than 16 MiB/);
  });
});
