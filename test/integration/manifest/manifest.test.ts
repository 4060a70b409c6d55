import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CompletionList,
  commands,
  type Location,
  type LocationLink,
  languages,
  type Position,
  type TextDocument,
  type Uri,
  type WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids } from '../../../src/protocol/contributions.ts';
import { engine } from '../../../src/protocol/engine.ts';
import { ended, eventually, fileIn, listed, nextRun, openExtension, toolNode, toolNodes } from '../window.ts';

describe('A manifest in the editor', () => {
  let api: TestApi;
  let uri: Uri;
  let document: TextDocument;

  before(async () => {
    api = await openExtension();
    await listed(api);
    uri = fileIn('imaginarium.yaml');
    document = await workspace.openTextDocument(uri);
  });

  /** The place before a text of the manifest. */
  function at(text: string, more = 0): Position {
    const offset = document.getText().indexOf(text);
    assert.ok(offset >= 0, text);
    return document.positionAt(offset + more);
  }

  async function examplesOf(tool: string): Promise<number> {
    return (await api.link.request(engine.examples, { tool, limit: 100 })).rows.length;
  }

  it('binds runners to the tools of another file', async () => {
    const tools = await eventually('all sources are read', async () => {
      const found = new Map((await toolNodes(api)).map(({ data }) => [data.name, data]));
      return found.has('old_one') && found.has('look_up') && found;
    });
    assert.equal(tools.get('look_up')?.runnable, true);
    assert.equal(tools.get('old_one')?.runnable, false);
    assert.equal((await api.link.request(engine.tool, { id: 'functions.json#greet_all' }))?.simulated, true);
    assert.deepEqual(
      languages.getDiagnostics(uri).filter(({ source }) => source === 'Imaginarium'),
      [],
    );
  });

  it('completes keys, values and placeholders, with what they mean', async () => {
    const complete = async (position: Position): Promise<CompletionList> =>
      commands.executeCommand('vscode.executeCompletionItemProvider', uri, position);
    const labels = ({ items }: CompletionList): string[] =>
      items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    const risks = await complete(at('risk: read', 'risk: '.length));
    assert.ok(['read', 'write', 'destructive', 'unknown'].every((risk) => labels(risks).includes(risk)));
    const read = risks.items.find(({ label }) => label === 'read');
    assert.equal(String(read?.documentation), 'read: runs at once.');
    const inText = await complete(at('${word}', 2));
    assert.equal(labels(inText)[0], '${word}');
    assert.ok(labels(inText).includes('${secret:NAME}'));
    assert.ok(labels(await complete(at('greet_all'))).includes('greet_all'));
  });

  it('leads from a runner to its export, and from a bound tool to its definition', async () => {
    const define = async (position: Position): Promise<[string, number]> => {
      const found = await commands.executeCommand<(Location | LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        uri,
        position,
      );
      const [first] = found;
      assert.ok(first);
      return 'uri' in first
        ? [workspace.asRelativePath(first.uri), first.range.start.line]
        : [workspace.asRelativePath(first.targetUri), first.targetRange.start.line];
    };
    assert.deepEqual(await define(at('./tools/greet.mjs', 4)), ['tools/greet.mjs', 2]);
    assert.deepEqual(await define(at('tools/lookUp.mjs', 4)), ['tools/lookUp.mjs', 0]);
    assert.deepEqual(await define(at('functions.json', 4)), ['functions.json', 0]);
    assert.deepEqual(await define(at('look_up:', 2)), ['functions.json', 4]);
  });

  it('renames a tool with its examples, and back again', async () => {
    const [from, to] = ['imaginarium.yaml#greet', 'imaginarium.yaml#say_hello'];
    const run = await nextRun(api, () => commands.executeCommand(ids.exploreTool, { toolId: from }));
    assert.equal((await ended(api, run.id)).status, 'finished');
    const learned = await examplesOf(from);
    assert.ok(learned > 0, 'nothing was learned');
    const edit = await commands.executeCommand<WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      uri,
      at('greet # says', 2),
      'say_hello',
    );
    await window.showTextDocument(document);
    assert.ok(await workspace.applyEdit(edit));
    assert.match(document.getText(), /- name: say_hello # says hello/);
    await eventually('the examples have the new name', async () => (await examplesOf(to)) === learned);
    assert.equal(await examplesOf(from), 0);
    const folder = join(fileIn('.imaginarium').fsPath, 'examples');
    await eventually(
      'one file',
      async () => (await readdir(folder)).join() === 'imaginarium.yaml#say_hello.jsonl',
    );
    const row = await eventually('the row', async () =>
      (await toolNodes(api)).find(
        ({ data }) => data.name === 'say_hello' && data.counts.examples === learned,
      ),
    );
    assert.equal(row.data.counts.examples, learned);
    await window.showTextDocument(document);
    await commands.executeCommand('undo');
    await eventually('the examples have the old name', async () => (await examplesOf(from)) === learned);
    await eventually(
      'one file',
      async () => (await readdir(folder)).join() === 'imaginarium.yaml#greet.jsonl',
    );
    assert.equal(document.isDirty, false);
  });

  it('does not rename a tool that another format names', async () => {
    const functions = await workspace.openTextDocument(fileIn('functions.json'));
    const position = functions.positionAt(functions.getText().indexOf('look_up') + 2);
    await assert.rejects(
      Promise.resolve(
        commands.executeCommand('vscode.executeDocumentRenameProvider', functions.uri, position, 'other'),
      ),
      /Only a tool of a manifest can be renamed with its examples/,
    );
  });

  it('gets a line when a source is excluded by its row, saved and undone', async () => {
    const [row] = (await toolNodes(api)).filter(({ data }) => data.name === 'old_one');
    assert.ok(row?.parent);
    await commands.executeCommand(ids.excludeSource, row.parent);
    assert.match(await readFile(uri.fsPath, 'utf8'), /\nexclude:\n {2}- old\.json\n$/);
    assert.equal(window.activeTextEditor?.document.uri.toString(), uri.toString());
    await eventually('the source is gone', async () =>
      (await toolNodes(api)).every(({ data }) => data.name !== 'old_one'),
    );
    await commands.executeCommand('undo');
    await eventually('the source is back', async () =>
      (await toolNodes(api)).some(({ data }) => data.name === 'old_one'),
    );
    await document.save();
    assert.doesNotMatch(await readFile(uri.fsPath, 'utf8'), /exclude/);
  });

  it('gets the risk of a tool that is set by its row, in its own entry or beside its runner', async () => {
    const restore = api.answer({
      pick: async (_title, _placeholder, choices) =>
        choices.find(({ label }) => label === 'May Destroy Things')?.value,
    });
    try {
      await commands.executeCommand(ids.setRisk, await toolNode(api, 'greet'));
      assert.match(document.getText(), /risk: destructive\n/);
      await commands.executeCommand(ids.setRisk, await toolNode(api, 'look_up'));
      assert.match(document.getText(), /look_up: \{ run: \{.*\}, risk: destructive \}/);
      await eventually('both are destructive', async () => {
        const rows = (await toolNodes(api)).filter(({ data }) => ['greet', 'look_up'].includes(data.name));
        return rows.length === 2 && rows.every(({ data }) => data.risk === 'destructive');
      });
    } finally {
      restore();
    }
  });
});
