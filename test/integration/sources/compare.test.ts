import assert from 'node:assert/strict';
import { commands, TabInputTextDiff, type Uri, window, workspace } from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids } from '../../../src/protocol/contributions.ts';
import { eventually, openListed } from '../window.ts';
import { toolOf } from './rows.ts';

/** Both sides of the comparison in the active tab. */
function sides(): { left: Uri; right: Uri; label: string } | undefined {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  if (!(tab?.input instanceof TabInputTextDiff)) return undefined;
  return { left: tab.input.original, right: tab.input.modified, label: tab.label };
}

describe('A spec beside what models see', () => {
  let api: TestApi;

  before(async () => {
    api = await openListed([]);
  });

  after(async () => commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens in the comparison of the editor, each side as a document of our language', async () => {
    const tool = await toolOf(api, 'library.openapi.yaml', 'get_book_by_isbn');
    await commands.executeCommand(ids.compareWithSpec, tool);
    const { left, right, label } = await eventually('a comparison is open', sides);
    assert.match(label, /^get_book_by_isbn: as written ↔ as models see it/);
    const [written, shown] = await Promise.all([left, right].map((uri) => workspace.openTextDocument(uri)));
    assert.match(written?.getText() ?? '', /^\/\/ library\.openapi\.yaml, line \d+ \(OpenAPI\)\n/);
    assert.match(written?.getText() ?? '', /"name": "get book\/by isbn"/);
    assert.match(shown?.getText() ?? '', /"name": "get_book_by_isbn"/);
    assert.deepEqual([written?.languageId, shown?.languageId], ['imaginarium-tool', 'imaginarium-tool']);
  });

  it('follows the spec while it is written', async () => {
    const { right } = sides() ?? assert.fail('no comparison');
    const document = await workspace.openTextDocument(right);
    const [file] = await workspace.findFiles('library.openapi.yaml');
    assert.ok(file);
    const text = new TextDecoder().decode(await workspace.fs.readFile(file));
    await workspace.fs.writeFile(file, new TextEncoder().encode(text.replace('One book,', 'A single book,')));
    await eventually('the description is the new one', () => document.getText().includes('A single book,'));
  });

  it('of a tool of the editor is opened in the place of a file that there is not', async () => {
    const tool = await toolOf(api, 'Editor', 'fake_colour');
    await commands.executeCommand(ids.openSpec, tool);
    const shown = await eventually('it is shown', () => {
      const document = window.activeTextEditor?.document;
      return document?.uri.scheme === 'imaginarium-tool' && document;
    });
    assert.match(shown.getText(), /"name": "fake_colour"/);
  });
});
