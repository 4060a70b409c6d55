import assert from 'node:assert/strict';
import { commands, languages, Range, WorkspaceEdit, workspace } from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids } from '../../../src/protocol/contributions.ts';
import { ended, eventually, fileIn, nextRun, note, openExtension, toolNodes } from '../window.ts';

describe('A window with several folders', () => {
  let api: TestApi;

  before(async () => {
    api = await openExtension();
    api.answer({ tell: async () => undefined });
    await eventually('both folders are listed', () => written(api).length === 2);
  });

  it('lists the tools of each, with the folder’s name', async () => {
    await toolNodes(api);
    assert.deepEqual(
      api.tree.model.sources
        .filter(({ data }) => data.file !== null)
        .map(({ row, tools }) => [row.label, row.description, tools.map((tool) => tool.row.label)]),
      [
        ['imaginarium.yaml', 'first · 1 tool', ['upper']],
        ['words.tools.yaml', 'second · 1 tool', ['lower']],
      ],
    );
  });

  it('follows unsaved edits in the second one, Problems included', async () => {
    const uri = fileIn('words.tools.yaml', 1);
    const document = await workspace.openTextDocument(uri);
    const from = document.positionAt(document.getText().indexOf('risk: read'));
    const change = new WorkspaceEdit();
    change.replace(uri, new Range(from, from.translate(0, 'risk: read'.length)), 'risk: none');
    const began = performance.now();
    await workspace.applyEdit(change);
    await eventually('a problem', () => languages.getDiagnostics(uri).length > 0, 2000);
    note(`unsaved edit in the second folder → Problems: ${(performance.now() - began).toFixed(0)} ms`);
    await document.save();
    const undo = new WorkspaceEdit();
    undo.replace(uri, new Range(from, from.translate(0, 'risk: none'.length)), 'risk: read');
    await workspace.applyEdit(undo);
    await document.save();
    await eventually('it is gone', () => languages.getDiagnostics(uri).length === 0, 4000);
  });

  it('explores the tools of both in one run', async () => {
    const { id } = await nextRun(api, () => commands.executeCommand(ids.exploreAllTools));
    const run = await ended(api, id);
    assert.equal(run.status, 'finished');
    assert.equal(run.tools.length, 2);
    assert.ok(run.counts.trials >= 2);
  });
});

/** Sources that are files: the editor has tools of its own. */
function written(api: TestApi): unknown[] {
  return (api.workbench.sources?.sources ?? []).filter(({ file }) => file !== null);
}
