import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids, views } from '../../../src/protocol/contributions.ts';
import { largeCatalogue, writeSpecs } from '../../helpers/largeCatalogue.ts';
import { eventually, note, openExtension } from '../window.ts';

/** Reading the specs is the engine's work; on a busy machine it takes its time. */
const reading = 90_000;

describe('A workspace with 16,000 tools', function () {
  this.timeout(reading);
  let api: TestApi;

  before(async () => {
    api = await openExtension();
    await commands.executeCommand(`${views.tools}.focus`);
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(folder);
    const began = performance.now();
    writeSpecs(folder, largeCatalogue(40, 400));
    await eventually('all tools are there', () => api.workbench.toolsTotal === 16_000, reading);
    note(`16,000 tools in 40 files: listed after ${(performance.now() - began).toFixed(0)} ms`);
  });

  it('lists the sources, closed, and no tool', async () => {
    const began = performance.now();
    const roots = await api.tree.getChildren();
    note(`first level: ${(performance.now() - began).toFixed(1)} ms`);
    assert.equal(roots.length, 40);
    assert.ok(roots.every(({ row }) => row.opens === 'closed' && row.description.startsWith('400 tools')));
    assert.ok(api.tree.model.sources.every(({ tools }) => tools.length === 0));
  });

  it('shows a source by pages; Show More adds one and keeps the rest', async () => {
    const [source] = api.tree.model.sources;
    assert.ok(source);
    const began = performance.now();
    const rows = await api.tree.getChildren(source);
    note(`a source of 400 tools opens in ${(performance.now() - began).toFixed(1)} ms`);
    assert.equal(rows.length, 201);
    const more = rows.at(-1);
    assert.equal(more?.row.context, 'more');
    const { command } = api.tree.getTreeItem(more as never);
    await commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
    const now = await api.tree.getChildren(source);
    assert.equal(now.length, 400);
    assert.deepEqual(now.slice(0, 200), rows.slice(0, 200));
    assert.equal(now[399]?.target.toolId, 'specs/part01.tools.yaml#part01_list_orders_400');
  });

  it('is searched by the engine, for the view and for the list of Explore Tool…', async () => {
    const began = performance.now();
    api.views.filterTools({ text: 'invoices department 17' });
    const roots = await api.tree.getChildren();
    note(`filtered in ${(performance.now() - began).toFixed(1)} ms`);
    assert.match(
      api.tree.view.message ?? '',
      /^Showing tools with “invoices department 17” \(\d+ of 16,000\)\.$/,
    );
    const [first] = roots;
    assert.ok(first);
    const tools = await api.tree.getChildren(first);
    assert.ok(tools.length > 0 && tools.every(({ row }) => row.label.includes('invoices')));
    await commands.executeCommand(ids.clearToolsFilter);
    assert.equal((await api.tree.getChildren()).length, 40);

    let found: string[] = [];
    const back = api.answer({
      async search({ find }) {
        found = (await find('part40 400', new AbortController().signal)).map(({ label }) => label);
        return undefined;
      },
    });
    await commands.executeCommand(ids.exploreTool);
    back();
    assert.deepEqual(found, ['part40_list_orders_400']);
  });
});
