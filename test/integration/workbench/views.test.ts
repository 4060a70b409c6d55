import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ConfigurationTarget, commands, DataTransfer, window } from 'vscode';
import type { Person } from '../../../src/extension/surroundings.ts';
import type { TestApi } from '../../../src/extension/testApi.ts';
import type { TreeNode } from '../../../src/extension/view/model/treeNode.ts';
import { dragExamples } from '../../../src/extension/view/modelTree.ts';
import { commands as ids, languages, settings, views } from '../../../src/protocol/contributions.ts';
import { dragTypes } from '../../../src/protocol/dragTypes.ts';
import { ended, eventually, fileIn, listed, nextRun, openExtension, setting, toolNode } from '../window.ts';

describe('The views', () => {
  let api: TestApi;
  let giveBack: (() => void) | undefined;

  function answer(answers: Partial<Person> = {}): void {
    giveBack?.();
    giveBack = api.answer({ tell: async () => undefined, ...answers });
  }

  /** The row below `node` whose label matches. */
  async function below(node: TreeNode | undefined, label: RegExp): Promise<TreeNode> {
    const rows = await (node === undefined ? api.tree.getChildren() : api.tree.getChildren(node));
    const found = rows.find(({ row }) => label.test(row.label));
    assert.ok(found, `no row ${label} among ${rows.map(({ row }) => row.label).join(', ')}`);
    return found;
  }

  async function click(node: TreeNode): Promise<void> {
    const { command } = api.tree.getTreeItem(node);
    await commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
  }

  const examples = async () => below(await toolNode(api, 'add_days'), /^Learned examples$/);

  before(async () => {
    api = await openExtension();
    await listed(api);
    answer();
    const { id } = await nextRun(api, async () =>
      commands.executeCommand(ids.exploreTool, await toolNode(api, 'add_days')),
    );
    await ended(api, id);
    await eventually('the tree counts examples', async () =>
      /example/.test((await toolNode(api, 'add_days')).row.description),
    );
  });

  beforeEach(() => answer());
  afterEach(() => {
    giveBack?.();
    api.views.filterTools(null);
    api.views.filterTrials(null);
  });

  it('show below a tool what was learned of it; a click opens the trial behind a row', async () => {
    const rows = await eventually('the count is that of the rows', async () => {
      const group = await examples();
      const found = await api.tree.getChildren(group);
      return group.row.description === String(found.length) && found;
    });
    const [example] = rows;
    assert.ok(example);
    assert.equal(example.row.context, 'example.demonstration');
    assert.match(example.row.description, /^demonstration · (?:date|days): /);
    await click(example);
    const editor = await eventually('a trial opens', () => {
      const active = window.activeTextEditor;
      return active?.document.languageId === languages.trial && active;
    });
    assert.match(editor.document.getText(), /add_days/);
  });

  it('show failed calls by type, with what the tool said', async () => {
    const tools = await Promise.all(
      ['add_days', 'write_note', 'wipe_notes'].map((name) => toolNode(api, name)),
    );
    const tool = tools.find(({ data }) => data.counts.failures > 0);
    assert.ok(tool, 'a tool with failed calls');
    const [type] = await api.tree.getChildren(await below(tool, /^Failed calls$/));
    assert.match(type?.row.spoken ?? '', /: \d+ failed calls?$/);
    const [call] = await api.tree.getChildren(type);
    assert.equal(call?.row.context, 'failedCall');
    assert.ok(call?.target.trialId);
    const facts = (await api.tree.getChildren(call)).map(({ row }) => row.label);
    assert.ok(facts.includes('Arguments'), facts.join());
    assert.ok(facts.includes(type?.row.label ?? ''), facts.join());
  });

  it('hand over the ids of examples that are dragged, and nothing for other rows', async () => {
    const group = await examples();
    const rows = await api.tree.getChildren(group);
    const data = new DataTransfer();
    dragExamples([group, ...rows.slice(0, 2)], data);
    const given: unknown = JSON.parse(await (data.get(dragTypes.examples)?.asString() ?? ''));
    assert.deepEqual(
      given,
      rows.slice(0, 2).map(({ target }) => target.exampleId),
    );
    const none = new DataTransfer();
    dragExamples([group], none);
    assert.equal(none.get(dragTypes.examples), undefined);
  });

  it('open an example in its file, and delete it there', async () => {
    const [example] = await api.tree.getChildren(await examples());
    const id = example?.target.exampleId ?? '';
    await commands.executeCommand(ids.openExampleFile, example);
    const editor = await eventually('the file opens', () => {
      const active = window.activeTextEditor;
      return active?.document.uri.path.endsWith('.jsonl') && active;
    });
    assert.ok(editor.document.lineAt(editor.selection.active.line).text.includes(id));
    const path = editor.document.uri.fsPath;
    await commands.executeCommand('workbench.action.closeActiveEditor');

    const asked: string[] = [];
    answer({
      confirm: async (question) => {
        asked.push(question);
        return true;
      },
    });
    await commands.executeCommand(ids.deleteExample, example);
    assert.deepEqual(asked, ['Delete this example of add_days?']);
    await eventually('it is gone from the tree', async () => {
      const rows = await api.tree.getChildren(await examples());
      return rows.every(({ target }) => target.exampleId !== id);
    });
    assert.ok(path.startsWith(fileIn('.imaginarium').fsPath));
    assert.ok(!readFileSync(path, 'utf8').includes(id));
  });

  it('filter the tools, say so, and show all again', async () => {
    answer({
      pick: async (_title, _placeholder, choices) => choices.find(({ label }) => label === 'By Text…')?.value,
      type: async () => 'colour',
    });
    await commands.executeCommand(ids.filterTools);
    const source = await below(undefined, /imaginarium\.yaml/);
    assert.equal(source.row.description, '1 of 5 tools');
    assert.deepEqual(
      (await api.tree.getChildren(source)).map(({ row }) => row.label),
      ['colour_name'],
    );
    assert.equal(api.tree.view.message, 'Showing tools with “colour” (1 of 5).');
    api.views.filterTools({ text: 'no such tool' });
    const [note] = await api.tree.getChildren();
    assert.equal(note?.row.label, 'No tool fits the filter.');
    await click(note as TreeNode);
    assert.equal(api.tree.view.message || '', '');
    assert.equal((await below(undefined, /imaginarium\.yaml/)).row.description, '5 tools');
  });

  it('list runs, the newest first, with live trials; Stop on a row stops that run', async () => {
    await commands.executeCommand(`${views.runs}.focus`);
    const back = await setting(settings.episodes, 20, ConfigurationTarget.Workspace);
    const { id } = await nextRun(api, async () =>
      commands.executeCommand(ids.exploreTool, await toolNode(api, 'slow_echo')),
    );
    await back();
    const node = await eventually('it stands at the top', async () => {
      const [first] = await api.runs.getChildren();
      return first?.target.runId === id && first;
    });
    assert.deepEqual([node.row.label, node.row.context], ['slow_echo', 'run.running']);
    assert.match(node.row.description, /^\d+ of \d+ trials/);
    await api.runs.getChildren(node);
    const trials = async () =>
      (await api.runs.getChildren(node)).filter(({ row }) => row.context === 'trial');
    await eventually('trials come', async () => (await trials()).length >= 2);
    const [newest] = await trials();
    assert.match(newest?.row.description ?? '', /^slow_echo · /);
    await commands.executeCommand(ids.stop, node);
    assert.equal((await ended(api, id)).status, 'stopped');
    await eventually('the row says so', () => node.row.context === 'run.resumable');
    assert.match(node.row.description, /^stopped · just now · /);
    const roots = await api.runs.getChildren();
    assert.ok(roots.length > 1 && roots[1]?.row.context === 'run.ended');
  });

  it('filter the trials of all runs by outcome, and by text', async () => {
    answer({
      pick: async (_title, _placeholder, choices) =>
        choices.find(({ label }) => label === 'Fulfilled')?.value,
    });
    await commands.executeCommand(ids.filterRuns);
    const rows = await api.runs.getChildren();
    assert.ok(rows.length > 0 && rows.every(({ row }) => row.description.includes(' · fulfilled')));
    assert.equal(api.runs.view.message, 'Showing trials of all runs: fulfilled.');
    api.views.filterTrials({ text: 'zebra crossing' });
    assert.deepEqual(
      (await api.runs.getChildren()).map(({ row }) => row.label),
      ['No trial fits the filter.'],
    );
    await commands.executeCommand(ids.clearRunsFilter);
    assert.ok((await api.runs.getChildren()).every(({ row }) => row.context.startsWith('run.')));
  });
});
