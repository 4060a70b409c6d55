import assert from 'node:assert/strict';
import { commands, Position, type TextDocument, window, workspace } from 'vscode';
import { parse } from 'yaml';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { openListed } from '../window.ts';
import { keepExamples } from './kept.ts';

describe('Examples that are dropped into an editor', () => {
  let api: TestApi;
  const said: string[] = [];

  before(async () => {
    api = await openListed(said);
    await keepExamples(api);
  });

  afterEach(() => commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  async function open(language: string, content: string): Promise<TextDocument> {
    const document = await workspace.openTextDocument({ language, content });
    await window.showTextDocument(document);
    return document;
  }

  it('are inserted at the place, in one step', async () => {
    const document = await open('yaml', 'messages:\n  - role: system\n    content: x\n');
    const before = document.getText();
    const edit = await api.drop(JSON.stringify(['invoice']), document, new Position(2, 14));
    assert.ok(edit);
    assert.equal(await workspace.applyEdit(edit), true);
    assert.equal(parse(document.getText()).messages.length, 5);
    await commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('are not, where nothing fits: the drop ends at once, and the message waits for the person', async () => {
    const told = Promise.withResolvers<string>();
    const answered = Promise.withResolvers<undefined>();
    const giveBack = api.answer({
      tell: (_severity, text) => {
        told.resolve(text);
        return answered.promise;
      },
    });
    try {
      const document = await open('json', '{"a": 1}');
      assert.equal(await api.drop(JSON.stringify(['invoice']), document, new Position(0, 7)), undefined);
      assert.match(await told.promise, /^Nothing was inserted\. /);
    } finally {
      answered.resolve(undefined);
      giveBack();
    }
  });

  it('are nothing where the text is of another kind', async () => {
    const document = await open('markdown', 'a');
    assert.equal(await api.drop('no JSON', document, new Position(0, 0)), undefined);
    assert.equal(await api.drop('{"a": 1}', document, new Position(0, 0)), undefined);
    assert.deepEqual(said, []);
  });
});
