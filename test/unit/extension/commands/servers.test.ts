import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors.ts';
import { exploreTool } from '../../../../src/extension/commands/explore.ts';
import { listServer } from '../../../../src/extension/commands/listServer.ts';
import { resume } from '../../../../src/extension/commands/resume.ts';
import { engine, type ServerState, type SourceRow } from '../../../../src/protocol/engine.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { run, source, sources, tool } from '../fakes.ts';
import { asked, type Played, play, type Script } from './person.ts';

function server(name: string, changes: Partial<ServerState> = {}, tools = 0): SourceRow {
  const state: ServerState = {
    name,
    transport: 'stdio',
    shown: `npx -y server-${name}`,
    status: 'unlisted',
    problem: null,
    given: ['API_KEY', 'REGION'],
    hash: `hash of ${name}`,
    ...changes,
  };
  return source(tools, { path: `.mcp.json#${name}`, file: '.mcp.json', format: 'mcpServers', server: state });
}

/** A window on a workspace with these servers. */
function withServers(rows: SourceRow[], script: Script = {}): Promise<Played> {
  return play({
    ...script,
    engine: {
      [engine.sources.method]: () => sources(...rows),
      [engine.listServer.method]: () => ({ tools: 9 }),
      ...script.engine,
    },
  });
}

const target = { source: { folder: '/home/me/trains', path: '.mcp.json#memory' } };

describe('A server that is started by its row', () => {
  it('is shown first: what is started, what it is given by name, and where that is written', async () => {
    const played = await withServers([server('memory')], { decides: ['Start'] });
    assert.equal(await listServer(played.around, target), true);
    assert.deepEqual(played.questions, ['Start the MCP server memory?']);
    assert.match(
      played.details[0] ?? '',
      /^npx -y server-memory\nEnvironment: API_KEY, REGION\nNamed in \.mcp\.json\n/,
    );
    assert.deepEqual(asked(played, engine.listServer), [target.source]);
    assert.deepEqual(played.said, ['memory has 9 tools.']);
  });

  it('is not started without a yes', async () => {
    const played = await withServers([server('memory')]);
    assert.equal(await listServer(played.around, target), false);
    assert.deepEqual(asked(played, engine.listServer), []);
  });

  it('is asked about once, until its configuration is another', async () => {
    const rows = [server('memory')];
    const played = await withServers(rows, { decides: ['Start'] });
    await listServer(played.around, target);
    await listServer(played.around, target);
    assert.equal(played.questions.length, 1);
    rows[0] = server('memory', { hash: 'another' });
    played.around.workbench.setSources(sources(...rows));
    assert.equal(await listServer(played.around, target), false);
    assert.equal(played.questions.length, 2);
  });

  it('at an address is connected to, and its headers are named', async () => {
    const remote = server('memory', {
      transport: 'http',
      shown: 'https://example.com/mcp',
      given: ['Authorization'],
    });
    const played = await withServers([remote], { decides: ['Connect'] });
    await listServer(played.around, target);
    assert.deepEqual(played.questions, ['Connect to the MCP server memory?']);
    assert.match(played.details[0] ?? '', /^https:\/\/example\.com\/mcp\nHeaders: Authorization\n/);
    assert.equal(asked(played, engine.listServer).length, 1);
  });

  it('is chosen by command where there are several, and needs no choice where there is one', async () => {
    const title = 'Start Server and List Tools';
    const played = await withServers([server('memory'), server('files')], {
      confirms: true,
      picks: { [title]: 'files' },
    });
    await listServer(played.around, {});
    assert.deepEqual(asked(played, engine.listServer), [{ ...target.source, path: '.mcp.json#files' }]);
    assert.equal(played.shown[0]?.[0]?.detail, 'npx -y server-memory');
    const none = await withServers([]);
    assert.equal(await listServer(none.around, {}), false);
    assert.deepEqual(none.said, ['No file in this workspace names an MCP server.']);
  });

  it('that fails says why', async () => {
    const fail = () => {
      throw new UserError('npx was not found.', 'Install Node.js.');
    };
    const played = await withServers([server('memory')], {
      confirms: true,
      engine: { [engine.listServer.method]: fail },
    });
    await assert.rejects(listServer(played.around, target), /npx was not found/);
  });

  it('stays as it is in Restricted Mode: nobody is even asked', async () => {
    const played = await withServers([server('memory')], { trusted: false, confirms: true });
    assert.equal(await listServer(played.around, target), false);
    assert.deepEqual(played.questions, []);
    assert.match(played.said[0] ?? '', /Restricted Mode/);
  });

  it('is asked about before a run goes on whose tools come from it', async () => {
    const rows = [server('memory', {}, 2), server('files', {}, 2)];
    const stopped = run('r', { status: 'stopped', tools: ['.mcp.json#memory#read_graph'] });
    for (const yes of [false, true]) {
      const played = await withServers(rows, yes ? { decides: ['Start'] } : {});
      played.around.workbench.hear([{ type: 'run', run: stopped }]);
      await resume(played.around, 'r');
      assert.deepEqual(played.questions, ['Start the MCP server memory?']);
      assert.equal(asked(played, engine.resume).length, yes ? 1 : 0);
    }
  });

  it('hides nothing of what would be started', async () => {
    for (const said of hostileTexts) {
      const played = await withServers([server('memory', { shown: said, given: [said] })]);
      await listServer(played.around, target);
      assert.doesNotMatch(played.details[0] ?? '', /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u, said);
    }
  });
});

describe('Exploring a tool of a server', () => {
  const found = tool('add', { id: '.mcp.json#memory#add' });

  it('asks before the server is started for the first time, and never again', async () => {
    const played = await withServers([server('memory', { status: 'remembered' }, 9)], {
      tools: [found],
      settings: { model: 'm' },
      decides: ['Start', 'Start', 'Start'],
    });
    await exploreTool(played.around, { toolId: found.id });
    assert.match(played.questions[1] ?? '', /Start the MCP server memory\?/);
    assert.equal(asked(played, engine.explore).length, 1);
    await exploreTool(played.around, { toolId: found.id });
    assert.equal(played.questions.length, 3);
    assert.equal(asked(played, engine.explore).length, 2);
  });

  it('does not begin where the server may not be started', async () => {
    const played = await withServers([server('memory', { status: 'remembered' }, 9)], {
      tools: [found],
      settings: { model: 'm' },
      decides: ['Start', 'no'],
    });
    await exploreTool(played.around, { toolId: found.id });
    assert.deepEqual(asked(played, engine.explore), []);
  });

  it('of which nothing is known yet starts it, and offers its tools', async () => {
    const played = await withServers([server('memory')], {
      tools: [found],
      confirms: true,
      settings: { model: 'm' },
      picks: { 'Explore Tool': 'add' },
    });
    await exploreTool(played.around, target);
    assert.equal(asked(played, engine.listServer).length, 1);
    assert.deepEqual(asked(played, engine.tools).at(-1), { limit: 100, source: target.source });
    assert.equal(asked(played, engine.explore).length, 1);
  });
});
