import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cancelled, UserError } from '../../../src/core/errors.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { EngineOptions } from '../../../src/engine/ports.ts';
import type { CatalogueSource } from '../../../src/protocol/engine.ts';
import { eventually } from '../../helpers/eventually.ts';
import { testEngine } from '../../helpers/testEngine.ts';
import { isAlive, pidIn } from '../tools/toolBench.ts';
import { fixture } from './servers.ts';

describe('MCP servers in the catalogue', () => {
  let folder: string;
  const engines: Engine[] = [];
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-catalogue-')));
  });
  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.dispose();
    rmSync(folder, { recursive: true });
  });

  const entry = (how = 'good', env: Record<string, string> = {}): object => ({
    command: process.execPath,
    args: [fixture, how],
    env: { PID: join(folder, 'pid'), ...env },
  });
  function configure(servers: object, path = '.mcp.json'): void {
    writeFileSync(join(folder, path), JSON.stringify({ mcpServers: servers }, null, 2));
  }
  async function open(options: Partial<EngineOptions> = {}): Promise<Engine> {
    const { engine } = await testEngine(folder, options);
    engines.push(engine);
    return engine;
  }
  const source = (engine: Engine, path: string): CatalogueSource => {
    const found = engine.catalogue().sources.find((one) => one.path === path);
    assert.ok(found, `${path} among ${engine.catalogue().sources.map((one) => one.path)}`);
    return found;
  };
  const started = (): boolean => existsSync(join(folder, 'pid'));

  it('are sources of their own, and not started by being found', async () => {
    configure({ one: entry(), two: { url: 'https://me:word@mcp.example/x?token=abcdefgh' } });
    const engine = await open();
    const { sources } = engine.sources();
    assert.deepEqual(
      sources.map(({ path, file, format, tools, server }) => ({
        path,
        file,
        format,
        tools,
        status: server?.status,
      })),
      [
        { path: '.mcp.json#one', file: '.mcp.json', format: 'mcpServers', tools: 0, status: 'unlisted' },
        { path: '.mcp.json#two', file: '.mcp.json', format: 'mcpServers', tools: 0, status: 'unlisted' },
      ],
    );
    assert.equal(sources[0]?.server?.shown, `${process.execPath} ${fixture} good`);
    assert.equal(sources[1]?.server?.shown, 'https://***@mcp.example/x?token=***');
    assert.equal(started(), false);
  });

  it('tell their tools when they are asked, in steps that are shown', async () => {
    configure({ one: entry() });
    const engine = await open();
    const steps: unknown[] = [];
    engine.onEvent(() => {
      const status = source(engine, '.mcp.json#one').server?.status;
      if (steps.at(-1) !== status) steps.push(status);
    });
    const asked = engine.listServer({ folder, path: '.mcp.json#one' });
    assert.equal(source(engine, '.mcp.json#one').server?.status, 'starting');
    assert.deepEqual(await asked, { tools: 7 });
    const { server, tools, problems } = source(engine, '.mcp.json#one');
    assert.deepEqual([server?.status, server?.problem, problems], ['listed', null, []]);
    assert.deepEqual(
      tools.map(({ id, name, risk, runnable, source: { path, line } }) => ({
        id,
        name,
        risk,
        runnable,
        path,
        line,
      }))[0],
      { id: '.mcp.json#one#say', name: 'say', risk: 'unknown', runnable: true, path: '.mcp.json', line: 3 },
    );
    await eventually('the news', () => steps.at(-1) === 'listed');
  });

  it('say what went wrong, in their row and to whoever asked', async () => {
    configure({ dead: entry('dies'), off: { ...entry(), disabled: true }, broken: { args: ['x'] } });
    const engine = await open();
    await assert.rejects(engine.listServer({ folder, path: '.mcp.json#dead' }), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /"dead" ended with exit code 2\.\nThe key is not right\./);
      assert.match(error.advice, /\.mcp\.json, line 3/);
      return true;
    });
    const { server } = source(engine, '.mcp.json#dead');
    assert.equal(server?.status, 'failed');
    assert.match(server?.problem ?? '', /The key is not right/);
    await assert.rejects(engine.listServer({ folder, path: '.mcp.json#off' }), /switched off/);
    await assert.rejects(engine.listServer({ folder, path: '.mcp.json#broken' }), /needs a "command"/);
    await assert.rejects(engine.listServer({ folder, path: '.mcp.json' }), /no MCP server/);
    assert.equal(source(engine, '.mcp.json#broken').server?.status, 'failed');
    assert.equal(source(engine, '.mcp.json#broken').problems[0]?.severity, 'error');
  });

  it('are remembered, without starting them, as long as their configuration is the same', async () => {
    configure({ one: entry('good', { TOKEN: 'very-secret-value' }) });
    const first = await open();
    await first.listServer({ folder, path: '.mcp.json#one' });
    await first.dispose();
    rmSync(join(folder, 'pid'));
    const kept = readFileSync(join(folder, '.imaginarium/servers.json'), 'utf8');
    assert.ok(!kept.includes('very-secret-value'));
    assert.match(readFileSync(join(folder, '.imaginarium/.gitignore'), 'utf8'), /^\/servers\.json$/m);
    assert.deepEqual(
      readdirSync(join(folder, '.imaginarium')).filter((name) => name.endsWith('.tmp')),
      [],
    );

    const second = await open();
    assert.equal(source(second, '.mcp.json#one').server?.status, 'remembered');
    assert.equal(source(second, '.mcp.json#one').tools.length, 7);
    assert.equal(started(), false);

    configure({ one: entry('gigantic') });
    await second.refresh(join(folder, '.mcp.json'));
    assert.equal(source(second, '.mcp.json#one').server?.status, 'unlisted');
    assert.equal(source(second, '.mcp.json#one').tools.length, 0);
    await second.dispose();

    // Nothing that was kept is read, or written, without trust.
    configure({ one: entry('good', { TOKEN: 'very-secret-value' }) });
    const untrusted = await open({ trusted: false });
    assert.equal(source(untrusted, '.mcp.json#one').server?.status, 'unlisted');
    await assert.rejects(untrusted.listServer({ folder, path: '.mcp.json#one' }), /not trusted/);
    assert.equal(started(), false);
    await untrusted.setTrusted(true);
    assert.equal(source(untrusted, '.mcp.json#one').server?.status, 'remembered');
  });

  it('end when their configuration changes or goes, and when trust is withdrawn', async () => {
    configure({ one: entry() });
    const engine = await open();
    const ask = async (): Promise<number> => {
      await engine.listServer({ folder, path: '.mcp.json#one' });
      return pidIn(join(folder, 'pid'));
    };
    const first = await ask();
    // A change that is none of its own leaves it alone.
    configure({ zero: { command: 'x', disabled: true }, one: entry() });
    await engine.refresh(join(folder, '.mcp.json'));
    assert.equal(source(engine, '.mcp.json#one').server?.status, 'listed');
    assert.equal(source(engine, '.mcp.json#one').tools[0]?.source.line, 7);
    assert.ok(isAlive(first));
    configure({ one: entry('texts') });
    await engine.refresh(join(folder, '.mcp.json'));
    assert.equal(source(engine, '.mcp.json#one').server?.status, 'unlisted');
    await eventually('the end of the old one', () => !isAlive(first));
    const second = await ask();
    configure({ two: entry() });
    await engine.refresh(join(folder, '.mcp.json'));
    engine.sources();
    await eventually('the end of the one that is gone', () => !isAlive(second));
    await engine.listServer({ folder, path: '.mcp.json#two' });
    const third = await pidIn(join(folder, 'pid'));
    await engine.setTrusted(false);
    assert.equal(isAlive(third), false);
  });

  it('are ended when nobody waits for them any more', async () => {
    configure({ one: entry('silent') });
    const engine = await open();
    const stop = new AbortController();
    const asked = engine.listServer({ folder, path: '.mcp.json#one' }, stop.signal);
    const pid = await pidIn(join(folder, 'pid'));
    stop.abort();
    await assert.rejects(asked, Cancelled);
    assert.equal(source(engine, '.mcp.json#one').server?.status, 'unlisted');
    await eventually('its end', () => !isAlive(pid));
  });

  it('get what a manifest gives them, when they are listed as when they are called', async () => {
    const received = join(folder, 'received.jsonl');
    configure({ one: { ...entry(), env: { PID: join(folder, 'pid') } } });
    const manifest = {
      include: [
        {
          source: '.mcp.json#one',
          env: { RECEIVED: '${env:RECEIVED_FILE}', TOKEN: '${secret:TOKEN}' },
          tools: { say: { risk: 'read' } },
        },
      ],
    };
    writeFileSync(join(folder, 'imaginarium.yaml'), JSON.stringify(manifest));
    process.env.RECEIVED_FILE = received;
    try {
      const engine = await open({ secret: async (name) => (name === 'TOKEN' ? 'kept-elsewhere' : null) });
      await engine.listServer({ folder, path: '.mcp.json#one' });
      const pid = await pidIn(join(folder, 'pid'));
      assert.match(readFileSync(received, 'utf8'), /tools\/list/);
      assert.match(readFileSync(`/proc/${pid}/environ`, 'utf8'), /\0TOKEN=kept-elsewhere\0/);
      assert.equal(source(engine, '.mcp.json#one').tools[0]?.risk, 'read');
      const { runId } = await engine.explore({
        tools: ['say'],
        model: 'offline',
        settings: { episodes: 1, trials: 1 },
        seed: 1,
      });
      await engine.finished(runId);
      // The same server, not another of another environment.
      assert.equal(await pidIn(join(folder, 'pid')), pid);
      assert.match(readFileSync(received, 'utf8'), /tools\/call/);
    } finally {
      delete process.env.RECEIVED_FILE;
    }
  });

  it('have other tools when they say so', async () => {
    configure({ one: entry() });
    const engine = await open();
    await engine.listServer({ folder, path: '.mcp.json#one' });
    const { runId } = await engine.explore({
      tools: ['.mcp.json#one#change'],
      model: 'offline',
      allowWrites: true,
      settings: { episodes: 1, trials: 1 },
      seed: 1,
    });
    await engine.finished(runId);
    await eventually('the new tool', () =>
      source(engine, '.mcp.json#one').tools.some(({ name }) => name === 'added'),
    );
  });
});
