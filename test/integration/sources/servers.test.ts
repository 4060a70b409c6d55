import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { commands, extensions } from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids } from '../../../src/protocol/contributions.ts';
import { engine } from '../../../src/protocol/engine.ts';
import { ended, eventually, fileIn, nextRun, openListed, trialsOf } from '../window.ts';
import { type FakeModel, fakeModel } from './fakeModel.ts';
import { sourceNode, toolOf } from './rows.ts';

/** Command lines of all processes below this one's engine. */
function commandLines(pid: number): string[] {
  const below = (id: string): string[] =>
    readdirSync(`/proc/${id}/task`).flatMap((task) =>
      readFileSync(`/proc/${id}/task/${task}/children`, 'utf8')
        .trim()
        .split(' ')
        .filter(Boolean)
        .flatMap((child) => [child, ...below(child)]),
    );
  return below(String(pid)).map((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' '));
}

describe('An MCP server that a file of the workspace names', () => {
  let api: TestApi;
  let model: FakeModel;
  const said: string[] = [];
  const asked: { question: string; detail: string }[] = [];
  let yes = true;

  before(async () => {
    model = await fakeModel();
    api = await openListed(said);
    api.answer({
      decide: async (question, detail, answers) => {
        asked.push({ question, detail });
        return yes ? answers[0] : undefined;
      },
    });
    const root = extensions.getExtension('imaginarium.imaginarium')?.extensionPath ?? '';
    const server = `${root}/node_modules/@modelcontextprotocol/server-memory/dist/index.js`;
    const memory = {
      command: 'node',
      args: [server],
      env: { MEMORY_FILE_PATH: fileIn('memory.jsonl').fsPath },
    };
    writeFileSync(fileIn('.mcp.json').fsPath, JSON.stringify({ mcpServers: { memory } }, null, 2));
  });

  beforeEach(() => {
    asked.length = 0;
    said.length = 0;
    yes = true;
  });

  it('is a source that nobody has started, with a row that does it', async () => {
    const node = await sourceNode(api, 'memory');
    assert.equal(node.row.description, 'MCP · not started');
    assert.equal(node.row.context, 'source.server.unlisted');
    const [start] = await node.children();
    assert.equal(start?.row.click, 'listServer');
    assert.match(node.target.place?.path ?? '', /\/\.mcp\.json$/);
    assert.deepEqual([node.target.place?.line, node.target.source?.path], [3, '.mcp.json#memory']);
    if (process.platform === 'linux') {
      assert.ok(!commandLines(api.link.pid ?? 0).some((line) => line.includes('server-memory')));
    }
  });

  it('is not started where the person says no', async () => {
    yes = false;
    const node = await sourceNode(api, 'memory');
    await commands.executeCommand(ids.listServer, (await node.children())[0]);
    assert.match(asked[0]?.question ?? '', /Start the MCP server memory\?/);
    assert.match(
      asked[0]?.detail ?? '',
      /server-memory\/dist\/index\.js\nEnvironment: MEMORY_FILE_PATH\nNamed in \.mcp\.json/,
    );
    assert.equal(node.data.server?.status, 'unlisted');
  });

  it('is started by its row, and its tools appear', async () => {
    const node = await sourceNode(api, 'memory');
    await commands.executeCommand(ids.listServer, (await node.children())[0]);
    const tool = await toolOf(api, 'memory', 'create_entities');
    assert.equal(tool.data.runnable, true);
    assert.equal((await sourceNode(api, 'memory')).row.description, 'MCP · 9 tools');
    assert.match(tool.row.tooltip, /This tool may change things\. The server says/);
    assert.ok(said.includes('memory has 9 tools.'), said.join());
  });

  it('has its tools explored, after approval', async () => {
    const input = { entities: [{ name: 'Ada', entityType: 'person', observations: ['writes programs'] }] };
    model.play({ name: 'create_entities', input });
    const approvals: string[] = [];
    api.answer({
      approve: async ({ name, risk }) => {
        approvals.push(`${name} ${risk}`);
        return true;
      },
    });
    const tool = await toolOf(api, 'memory', 'create_entities');
    const { id } = await nextRun(api, async () => commands.executeCommand(ids.exploreTool, tool));
    assert.equal((await ended(api, id)).status, 'finished', said.join());
    assert.deepEqual(approvals, ['create_entities write']);
    assert.equal(asked.length, 1, 'about the run, and not about the server again');
    const [row] = await trialsOf(api, id);
    const trial = await api.link.request(engine.trial, { id: row?.id ?? '' });
    assert.equal(trial?.steps[0]?.observation.status, 'ok');
    assert.match(readFileSync(fileIn('memory.jsonl').fsPath, 'utf8'), /Ada/);
  });

  it('is remembered by the next engine, which does not start it', async () => {
    const { pid } = api.link;
    assert.ok(pid);
    process.kill(pid, 'SIGKILL');
    await eventually('another engine is there', () => api.link.state === 'ready' && api.link.pid !== pid);
    await eventually(
      'its tools are remembered',
      async () => (await sourceNode(api, 'memory')).row.description === 'MCP · 9 tools · remembered',
    );
    if (process.platform === 'linux') {
      assert.ok(!commandLines(api.link.pid ?? 0).some((line) => line.includes('server-memory')));
    }
  });

  it('that cannot be started says why, in a row of its own', async () => {
    const broken = { command: 'no-such-program', args: [] };
    writeFileSync(fileIn('.mcp.json').fsPath, JSON.stringify({ mcpServers: { broken } }));
    const node = await sourceNode(api, 'broken');
    await commands.executeCommand(ids.listServer, node);
    const failed = await eventually('it has failed', async () => {
      const now = await sourceNode(api, 'broken');
      return now.data.server?.status === 'failed' && now;
    });
    const [why, again] = await failed.children();
    assert.match(why?.row.label ?? '', /no-such-program/);
    assert.equal(again?.row.click, 'listServer');
    await eventually('the person is told', () => said.some((text) => text.includes('no-such-program')));
  });
});
