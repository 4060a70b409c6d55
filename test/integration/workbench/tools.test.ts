import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import {
  commands,
  DiagnosticSeverity,
  languages,
  Range,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { views } from '../../../src/protocol/contributions.ts';
import {
  eventually,
  fileIn,
  listed,
  note,
  openExtension,
  toolNames,
  toolNode,
  toolNodes,
} from '../window.ts';

describe('The view Tools', () => {
  let api: TestApi;

  before(async () => {
    api = await openExtension();
  });

  it('lists the tools of the manifest under it, in its order', async () => {
    await commands.executeCommand(`${views.tools}.focus`);
    await listed(api);
    await toolNodes(api);
    const [source] = api.tree.model.sources;
    assert.equal(source?.row.label, 'imaginarium.yaml');
    assert.equal(source?.row.description, '5 tools');
    await eventually('nothing turns any more', () =>
      source.tools.every(({ row }) => row.icon !== 'sync~spin'),
    );
    assert.deepEqual(
      source.tools.map(({ row }) => [row.label, row.icon]),
      [
        ['add_days', 'symbol-method'],
        ['colour_name', 'symbol-method'],
        ['slow_echo', 'symbol-method'],
        ['write_note', 'edit'],
        ['wipe_notes', 'flame'],
      ],
    );
  });

  it('opens a tool where it is written', async () => {
    const { command } = api.tree.getTreeItem(await toolNode(api, 'colour_name'));
    await commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
    const editor = await eventually('the spec opens', () => window.activeTextEditor);
    const line = editor.document.lineAt(editor.selection.active.line).text;
    assert.match(line, /- name: colour_name/);
  });

  it('shows in a hover what a model sees of a tool', async () => {
    const uri = fileIn('imaginarium.yaml');
    const document = await workspace.openTextDocument(uri);
    const at = document.positionAt(document.getText().indexOf('add_days') + 2);
    const hovers = await eventually('a hover', async () => {
      const found = await commands.executeCommand<{ contents: { value: string }[] }[]>(
        'vscode.executeHoverProvider',
        uri,
        at,
      );
      return found.length > 0 && found;
    });
    assert.match(hovers[0]?.contents[0]?.value ?? '', /add\\_days.* · read · \d+ examples?/);
  });

  it('follows unsaved edits, and so does Problems', async () => {
    const uri = fileIn('imaginarium.yaml');
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    const names = () => toolNames(api);
    // What trials have shown to be otherwise is a warning, and may stand there from the runs before.
    const problems = () =>
      languages
        .getDiagnostics(uri)
        .filter(({ source, severity }) => source === 'Imaginarium' && severity === DiagnosticSeverity.Error);
    const edit = async (from: string, to: string) => {
      const start = document.getText().indexOf(from);
      assert.ok(start >= 0, from);
      const change = new WorkspaceEdit();
      change.replace(
        uri,
        new Range(document.positionAt(start), document.positionAt(start + from.length)),
        to,
      );
      const began = performance.now();
      assert.ok(await workspace.applyEdit(change));
      return began;
    };
    let began = await edit('name: add_days', 'name: add_weeks');
    await eventually(
      'the new name is in the catalogue',
      async () => (await names()).includes('add_weeks'),
      2000,
    );
    note(`unsaved edit → catalogue in the window: ${(performance.now() - began).toFixed(0)} ms`);
    assert.ok(!(await names()).includes('add_days'));

    began = await edit('risk: destructive', 'risk: dreadful');
    const [problem] = await eventually('a problem', () => problems().length > 0 && problems(), 2000);
    note(`unsaved edit → Problems: ${(performance.now() - began).toFixed(0)} ms`);
    assert.match(document.lineAt(problem?.range.start.line ?? 0).text, /dreadful/);

    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await eventually('what is on disk counts again', async () => (await names()).includes('add_days'), 4000);
    await eventually('the problem is gone', () => problems().length === 0, 4000);
  });

  it('follows edits on disk, also of a file that no editor shows', async () => {
    const path = fileIn('more.tools.yaml').fsPath;
    const tool = (name: string) =>
      `tools:\n  - name: ${name}\n    description: d\n    parameters: {type: object}\n`;
    const names = () => toolNames(api);
    let began = performance.now();
    await writeFile(path, tool('one_more'));
    await eventually('the new file is read', async () => (await names()).includes('one_more'), 6000);
    note(`new file on disk → catalogue in the window: ${(performance.now() - began).toFixed(0)} ms`);
    began = performance.now();
    await writeFile(path, tool('another'));
    await eventually('the change is read', async () => (await names()).includes('another'), 6000);
    note(`saved edit → catalogue in the window: ${(performance.now() - began).toFixed(0)} ms`);
    await workspace.fs.delete(Uri.file(path));
    await eventually('its tools are gone', async () => !(await names()).includes('another'), 6000);
    assert.match(await readFile(fileIn('imaginarium.yaml').fsPath, 'utf8'), /add_days/);
  });
});
