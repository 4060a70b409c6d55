import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf, RememberedServers } from '../../../../src/engine/catalogue/rememberedServers.ts';
import type { McpServerSpec } from '../../../../src/tools/boundTool.ts';
import type { McpListing } from '../../../../src/tools/mcp/listing.ts';

const server = (env: Record<string, string> = {}, line = 1): McpServerSpec => ({
  name: 'one',
  source: { path: '.mcp.json', line, column: 1 },
  transport: { kind: 'stdio', command: 'node', args: ['x.js'], env, cwd: null },
  problem: null,
});
const listing: McpListing = {
  tools: [
    { name: 'a', description: 'A.', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } },
    { name: 'b', description: 'B.', inputSchema: { type: 'object' }, onlyAsTask: true },
  ],
  notes: ['Something is left out.'],
};

describe('What MCP servers told last', () => {
  let folder: string;
  let log: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'remembered-'));
    log = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = async (mayWrite = true): Promise<RememberedServers> => {
    const remembered = new RememberedServers((line) => log.push(line));
    await remembered.load(folder, mayWrite);
    return remembered;
  };

  it('is there again, whole, for the same configuration, wherever it stands in its file', async () => {
    await (await open()).keep(server(), listing);
    const again = await open(false);
    assert.deepEqual(again.find(server({}, 30)), listing);
    assert.equal(again.find(server({ MODE: 'other' })), null);
    assert.deepEqual(log, []);
  });

  it('goes by everything that is no secret', () => {
    assert.equal(hashOf(server({ API_KEY: 'first-secret' })), hashOf(server({ API_KEY: 'second-secret' })));
    assert.notEqual(hashOf(server({ MODE: 'first' })), hashOf(server({ MODE: 'second' })));
    assert.notEqual(hashOf(server({ API_KEY: '${env:A}' })), hashOf(server({ API_KEY: '${env:B}' })));
  });

  it('is not kept where nothing may be written, or without a folder', async () => {
    await (await open(false)).keep(server(), listing);
    const nowhere = new RememberedServers((line) => log.push(line));
    await nowhere.load(null, true);
    await nowhere.keep(server(), listing);
    assert.equal((await open()).find(server()), null);
    assert.deepEqual(nowhere.find(server()), listing);
  });

  it('is nothing when the file cannot be read', async () => {
    mkdirSync(join(folder, '.imaginarium'));
    const file = join(folder, '.imaginarium/servers.json');
    const key = hashOf(server());
    for (const text of [
      '',
      '{',
      '[]',
      '{"version":1}',
      '{"version":99,"servers":{}}',
      JSON.stringify({ version: 1, servers: { [key]: 7 } }),
      JSON.stringify({ version: 1, servers: { [key]: { at: 'x', tools: [] } } }),
      '{"version":1,"servers":{"__proto__":{"at":1,"tools":[]}}}',
    ]) {
      writeFileSync(file, text);
      assert.equal((await open()).find(server()), null, text);
    }
    writeFileSync(
      file,
      JSON.stringify({ version: 1, servers: { [key]: { at: 1, tools: [{}, { name: 'good' }] } } }),
    );
    assert.deepEqual(
      (await open()).find(server())?.tools.map(({ name }) => name),
      ['good'],
    );
  });

  it('is neither read nor written through a link that leads out of the workspace', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    try {
      mkdirSync(join(folder, '.imaginarium'));
      const target = join(outside, 'servers.json');
      writeFileSync(
        target,
        JSON.stringify({ version: 1, servers: { [hashOf(server())]: { at: 1, tools: [{ name: 'x' }] } } }),
      );
      symlinkSync(target, join(folder, '.imaginarium/servers.json'));
      const before = readFileSync(target, 'utf8');
      const remembered = await open();
      assert.equal(remembered.find(server()), null);
      await remembered.keep(server(), listing);
      assert.equal(readFileSync(target, 'utf8'), before);
      assert.match(log[0] ?? '', /is not kept: .*leads out of/);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('is not there any more once it may not be read, however fast that comes', async () => {
    await (await open()).keep(server(), listing);
    const remembered = new RememberedServers((line) => log.push(line));
    await Promise.all([remembered.load(folder, true), remembered.load(null, false)]);
    assert.equal(remembered.find(server()), null);
  });

  it('is within limits, whoever wrote the file; a pipe in its place is not waited for', async () => {
    mkdirSync(join(folder, '.imaginarium'));
    const file = join(folder, '.imaginarium/servers.json');
    const tools = Array.from({ length: 2000 }, (_, index) => ({ name: `tool_${index}` }));
    const notes = Array.from({ length: 100 }, () => 'x'.repeat(5000));
    const servers = { [hashOf(server())]: { at: 1, tools, notes } };
    writeFileSync(file, JSON.stringify({ version: 1, servers }));
    const found = (await open()).find(server());
    assert.equal(found?.tools.length, 1000);
    assert.ok((found?.notes.join('').length ?? 0) < 20_000);
    if (process.platform === 'win32') return;
    rmSync(file);
    execFileSync('mkfifo', [file]);
    assert.equal((await open()).find(server()), null);
  });

  it('stays within limits: a giant is not kept, and the oldest give way', async () => {
    const remembered = await open();
    const giant = { tools: [{ name: 'x', description: 'y'.repeat(1 << 20), inputSchema: {} }], notes: [] };
    await remembered.keep(server({ N: 'giant' }), giant);
    for (let n = 0; n < 105; n++) await remembered.keep(server({ N: String(n) }), listing);
    const again = await open();
    assert.equal(again.find(server({ N: 'giant' })), null);
    assert.equal(again.find(server({ N: '0' })), null);
    assert.deepEqual(again.find(server({ N: '104' })), listing);
  });
});
