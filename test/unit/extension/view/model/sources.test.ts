import assert from 'node:assert/strict';
import { readSnapshot, snapshotOf } from '../../../../../src/extension/state/snapshot.ts';
import { targetOf } from '../../../../../src/extension/target.ts';
import {
  engine,
  type FormatName,
  type ServerState,
  type SourceRow,
} from '../../../../../src/protocol/engine.ts';
import { hostileTexts } from '../../../../helpers/hostileTexts.ts';
import { source, sources, tool } from '../../fakes.ts';
import { drawn, engineState, opened, playedLink, toolsModel, workbench } from './played.ts';

const folder = '/home/me/trains';

function shown(tools: ReturnType<typeof tool>[], ...rows: SourceRow[]) {
  const link = playedLink({ [engine.tools.method]: () => ({ rows: tools, next: null }) });
  const bench = workbench();
  bench.setEngine(engineState, sources(...rows));
  return { link, bench, ...toolsModel(link, bench) };
}

function server(tools: number, changes: Partial<ServerState> = {}): SourceRow {
  const state: ServerState = {
    name: 'memory',
    transport: 'stdio',
    shown: 'npx -y server-memory',
    status: 'unlisted',
    problem: null,
    at: { path: '.mcp.json', line: 4, column: 5 },
    ...changes,
  };
  return source(tools, { path: '.mcp.json#memory', file: '.mcp.json', format: 'mcpServers', server: state });
}

const editor = (tools: number): SourceRow =>
  source(tools, { path: 'editor', file: null, format: 'editorTools' });

describe('Sources in the view Tools', () => {
  const formats: [FormatName, string, string, RegExp][] = [
    ['manifest', '3 tools', 'file-code', /^A tool manifest\./],
    ['openapi', 'OpenAPI · 3 tools', 'globe', /^An OpenAPI document\./],
    ['openai', 'OpenAI · 3 tools', 'json', /^Function definitions in the form of OpenAI\./],
    ['anthropic', 'Anthropic · 3 tools', 'json', /^Tool definitions in the form of Anthropic\./],
    ['gemini', 'Gemini · 3 tools', 'json', /^Function declarations in the form of Gemini\./],
    ['mcpTools', 'MCP · 3 tools', 'json', /^The saved list of tools of an MCP server\./],
    ['editorTools', 'VS Code · 3 tools', 'extensions', /^Tools that an extension contributes to VS Code\./],
    ['toolbench', 'ToolBench · 3 tools', 'database', /^API documentation in the form of ToolBench\./],
    ['bfcl', 'BFCL · 3 tools', 'database', /^Function documentation in the form of BFCL\./],
  ];
  for (const [format, description, icon, sentence] of formats) {
    it(`say what they are: ${format}`, async () => {
      const [node] = await shown([], source(3, { path: 'x.json', format })).model.roots();
      assert.deepEqual(
        [node?.row.label, node?.row.description, node?.row.icon],
        ['x.json', description, icon],
      );
      assert.match(node?.row.tooltip ?? '', sentence);
      assert.match(node?.row.tooltip ?? '', /\n\/home\/me\/trains\/x\.json$/);
      assert.equal(node?.row.spoken, ['x.json', ...description.split(' · ')].join(', '));
    });
  }

  it('are called by their file, and name its folder last', async () => {
    const [node] = await shown(
      [],
      source(3, { path: 'services/a/openapi.yaml', format: 'openapi' }),
    ).model.roots();
    assert.deepEqual(
      [node?.row.label, node?.row.description],
      ['openapi.yaml', 'OpenAPI · 3 tools · services/a'],
    );
  });

  it('that are servers say how it goes with them, and open where they are written', async () => {
    const states: [Partial<ServerState>, number, string, string][] = [
      [{}, 0, 'MCP · not started', 'server-process'],
      [{ transport: 'http' }, 0, 'MCP · not started', 'server'],
      [{ status: 'starting' }, 0, 'MCP · starting', 'loading~spin'],
      [{ status: 'listed' }, 9, 'MCP · 9 tools', 'server-process'],
      [{ status: 'listed' }, 0, 'MCP · 0 tools', 'server-process'],
      [{ status: 'remembered' }, 9, 'MCP · 9 tools · remembered', 'server-process'],
      [{ status: 'failed', problem: 'npx was not found.' }, 0, 'MCP · failed', 'warning'],
    ];
    for (const [changes, tools, description, icon] of states) {
      const [node] = await shown([], server(tools, changes)).model.roots();
      assert.deepEqual(
        [node?.row.label, node?.row.description, node?.row.icon],
        ['memory', description, icon],
      );
      assert.equal(node?.row.context, `source.server.${changes.status ?? 'unlisted'}`);
      assert.match(
        node?.row.tooltip ?? '',
        /^An MCP server\.\n\/home\/me\/trains\/\.mcp\.json\nnpx -y server-memory\n/,
      );
      assert.deepEqual(node?.target, {
        source: { folder, path: '.mcp.json#memory' },
        place: { path: `${folder}/.mcp.json`, line: 4, column: 5 },
      });
    }
  });

  it('that nobody has started have a row that does it, by keyboard, too', async () => {
    const [node] = await shown([], server(0)).model.roots();
    assert.equal(node?.row.opens, 'open');
    const [start, ...others] = (await node?.children()) ?? [];
    assert.deepEqual(
      [start?.row.label, start?.row.click, others.length],
      ['Start server and list its tools', 'listServer', 0],
    );
    assert.deepEqual(targetOf(start).source, { folder, path: '.mcp.json#memory' });
  });

  it('that have failed say why in words, aloud as well, and can be started again', async () => {
    const [node] = await shown(
      [],
      server(0, { status: 'failed', problem: 'npx was not found.' }),
    ).model.roots();
    assert.deepEqual(drawn((await node?.children()) ?? []), ['npx was not found.', 'Try again']);
    assert.equal(node?.row.spoken, 'memory, MCP, failed, npx was not found.');
  });

  it('that have failed or are switched off lead to their entry, and only the former can be tried again', async () => {
    const named = 'The MCP server "memory" (.mcp.json, line 4) is not started: no input.';
    for (const [changes, rows] of [
      [{ status: 'failed', problem: named }, ['Is not started: no input.', 'Try again']],
      [{ status: 'failed', problem: 'The MCP server "memory": No answer.' }, ['No answer.', 'Try again']],
      [{ problem: 'It is switched off.' }, ['It is switched off.']],
    ] as const) {
      const [node] = await shown([], server(0, changes)).model.roots();
      const notes = (await node?.children()) ?? [];
      assert.deepEqual(drawn(notes), rows);
      assert.equal(notes[0]?.row.click, 'openSpec');
      assert.equal(targetOf(notes[0]).place?.line, 4);
    }
    const [off] = await shown([], server(0, { problem: 'It is switched off.' })).model.roots();
    assert.equal(off?.row.context, 'source.server.off');
    assert.match(off?.row.description ?? '', /^MCP · switched off/);
  });

  it('that have failed keep the tools that they told before', async () => {
    const failed = server(1, { status: 'failed', problem: 'It died.' });
    const { model } = shown([tool('add')], failed);
    assert.deepEqual(drawn(await opened(await model.roots(), 'memory')), ['add']);
  });

  it('of the editor are closed, stand for no file, and mark tools of MCP servers', async () => {
    const { model } = shown([tool('read_file'), tool('mcp_git_log')], source(2), editor(2));
    const roots = await model.roots();
    const last = roots.at(-1);
    assert.deepEqual(
      [last?.row.label, last?.row.description, last?.row.opens],
      ['Editor', '2 tools', 'closed'],
    );
    assert.deepEqual(
      [last?.row.context, last?.target],
      ['source.editor', { source: { folder, path: 'editor' } }],
    );
    const rows = await opened(roots, 'Editor');
    assert.deepEqual(drawn(rows), ['read_file', 'mcp_git_log | MCP']);
    assert.deepEqual(rows[0]?.target, { toolId: 'imaginarium.yaml#read_file' });
    assert.equal(rows[1]?.row.spoken, 'mcp_git_log, MCP, only reads');
  });

  it('of the editor alone are explained, with what can be done: the workspace has none', async () => {
    const { model } = shown([], editor(26));
    const roots = await model.roots();
    assert.match(model.message, /^No tools in this workspace yet\./);
    assert.deepEqual(roots.map(({ row }) => [row.label, row.click]).slice(0, 2), [
      ['Create Tool Manifest', 'createToolManifest'],
      ['Add Source…', 'addSource'],
    ]);
    assert.equal(shown([], source(2), editor(26)).model.message, '');
  });

  it('have tools that are simulated, or cannot be run, and say so aloud', async () => {
    const { model } = shown(
      [
        tool('played', { simulated: true }),
        tool('stuck', { runnable: false, notRunnable: 'It has no server.' }),
      ],
      source(2),
    );
    const [played, stuck] = await opened(await model.roots(), 'imaginarium.yaml');
    assert.deepEqual([played?.row.description, played?.row.icon], ['simulated', 'mirror']);
    assert.match(played?.row.tooltip ?? '', /A model plays this tool/);
    assert.match(stuck?.row.spoken ?? '', /cannot be run, It has no server$/);
  });

  it('have tools that say where their risk comes from', async () => {
    const reason = 'The method is POST.';
    const { model } = shown([tool('add', { risk: 'write', riskReason: reason })], source(1));
    const [add] = await opened(await model.roots(), 'imaginarium.yaml');
    assert.match(add?.row.tooltip ?? '', /This tool may change things\. The method is POST\./);
  });

  it('hide nothing, whatever servers and files are called', async () => {
    for (const said of hostileTexts) {
      const row = {
        ...server(0, { name: said, shown: said, problem: said, status: 'failed', given: [said] }),
        path: said,
      };
      const [node] = await shown([], row).model.roots();
      const rows = [node, ...((await node?.children()) ?? [])].map((one) => one?.row);
      for (const one of rows) {
        for (const text of [one?.label, one?.description, one?.spoken]) {
          assert.doesNotMatch(text ?? '', /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u, said);
        }
        assert.doesNotMatch(one?.tooltip ?? '', /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u, said);
      }
    }
  });

  it('are kept for the next window, in which no server runs any more', () => {
    const kept = snapshotOf(
      sources(
        server(9, { status: 'listed' }),
        server(0, { status: 'starting' }),
        editor(3),
        server(0, { status: 'failed', problem: 'No.' }),
      ),
    );
    const back = readSnapshot({ get: () => JSON.parse(JSON.stringify(kept)), update: async () => {} }, [
      folder,
    ]);
    assert.deepEqual(
      back?.sources.map(({ server: state }) => state?.status),
      ['remembered', 'unlisted', undefined, 'failed'],
    );
  });
});
