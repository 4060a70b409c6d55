import assert from 'node:assert/strict';
import {
  commands,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  languages,
  TabInputTextDiff,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { EngineAway } from '../../../src/extension/link/engineErrors.ts';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { trialScheme } from '../../../src/extension/trial/trialAddress.ts';
import { commands as ids, languages as languageIds } from '../../../src/protocol/contributions.ts';
import type { TrialRow } from '../../../src/protocol/engine.ts';
import { ended, eventually, nextRun, note, openListed, trialsOf } from '../window.ts';

describe('A trial in the editor', () => {
  let api: TestApi;
  let rows: TrialRow[];
  const said: string[] = [];

  /** The active document, once it shows the trial. */
  const shown = (id: string, language: string = languageIds.trial) =>
    eventually(`${id} is shown`, () => {
      const document = window.activeTextEditor?.document;
      return document?.uri.query === id && document.languageId === language && document;
    });

  const open = async (id: string): Promise<TextDocument> => {
    await commands.executeCommand(ids.openTrial, { trialId: id });
    return shown(id);
  };

  const row = (at: number): TrialRow => {
    const found = rows[at];
    assert.ok(found, `no trial ${at}`);
    return found;
  };

  before(async () => {
    api = await openListed(said);
    const run = await nextRun(api, () =>
      commands.executeCommand(ids.exploreTool, { toolId: 'imaginarium.yaml#add_days' }),
    );
    await ended(api, run.id);
    rows = (await trialsOf(api, run.id)).sort((a, b) => a.episode - b.episode || a.trial - b.trial);
    assert.ok(rows.length >= 2);
  });

  beforeEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    said.length = 0;
  });

  it('opens as a read-only document of its own language, titled by tool, number and query', async () => {
    const began = performance.now();
    const document = await open(row(0).id);
    note(`open a trial: ${(performance.now() - began).toFixed(0)} ms`);
    assert.equal(document.uri.scheme, trialScheme);
    assert.match(document.uri.path, /^\/add_days · 1\.1 .+\.trial$/);
    assert.match(document.lineAt(0).text, /^add_days {2}1\.1 {2}[✓✗○] \w+$/);
    assert.ok(document.getText().includes(`    ${row(0).query}`));
    assert.equal(workspace.fs.isWritableFileSystem(trialScheme), false);
    await assert.rejects(async () => workspace.fs.writeFile(document.uri, new Uint8Array()));
    const label = window.tabGroups.activeTabGroup.activeTab;
    assert.equal(label?.isPreview, true);
  });

  it('has an outline: query, steps with their tools, reflection', async () => {
    const document = await open(row(0).id);
    const symbols = await eventually('an outline', async () => {
      const found = await commands.executeCommand<DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return found?.length > 0 && found;
    });
    const names = symbols.map(({ name }) => name);
    assert.equal(names[0], 'add_days');
    assert.ok(
      names.includes('Query') && names.includes('Reflection') && names.includes('Details'),
      String(names),
    );
    const step = symbols.find(({ name }) => name === 'Step 1 · add_days');
    assert.ok(step, String(names));
    assert.ok(step.children.some(({ name }) => name === 'Call'));
    assert.match(document.lineAt(step.range.start.line).text, /^Step 1 {2}add_days/);
  });

  it('folds by section and by part', async () => {
    const document = await open(row(0).id);
    const folds = await eventually('folds', async () => {
      const found = await commands.executeCommand<FoldingRange[]>(
        'vscode.executeFoldingRangeProvider',
        document.uri,
      );
      return found?.length > 0 && found;
    });
    const heads = folds.map(({ start }) => document.lineAt(start).text);
    assert.ok(
      heads.includes('Query') && heads.includes('  → Call') && heads.includes('Details'),
      String(heads),
    );
  });

  it('leads to spec, siblings, dashboard and messages by links of its own alone', async () => {
    const document = await open(row(0).id);
    const links = await eventually('links', async () => {
      const found = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', document.uri);
      return found?.some(({ target }) => target?.scheme === 'command') && found;
    });
    const to = links.map(({ range, target }) => [document.getText(range), target?.path]);
    assert.deepEqual(
      to.filter(([text]) => !/^\d/.test(String(text))).sort(),
      [
        // Of a trial that left an example.
        ...(/^Example/m.test(document.getText())
          ? [
              ['Accept', ids.acceptExample],
              ['Reject', ids.rejectExample],
            ]
          : []),
        ['Compare…', ids.compareTrials],
        ['Dashboard', ids.openDashboard],
        ['Raw messages', ids.openTrialMessages],
        ['next →', ids.openTrial],
        [to.map(([text]) => text).find((text) => text?.startsWith('imaginarium.yaml:')), ids.openSpec],
      ].sort(),
    );
    const next = links.find(({ range }) => document.getText(range) === 'next →')?.target;
    assert.ok(next);
    const sibling = rows.find(({ episode, trial }) => episode === row(0).episode && trial === 2);
    assert.deepEqual(JSON.parse(next.query), [{ trialId: sibling?.id }]);
    await commands.executeCommand(next.path, ...JSON.parse(next.query));
    await shown(sibling?.id ?? '');
  });

  it('shows raw messages as JSON beside it', async () => {
    await open(row(0).id);
    // From the title of the editor: the command gets the document's URI.
    await commands.executeCommand(ids.openTrialMessages, window.activeTextEditor?.document.uri);
    const document = await shown(row(0).id, 'json');
    const messages = JSON.parse(document.getText());
    assert.ok(messages.messages.length > 0 && messages.exchanges.length > 0);
    assert.equal(window.tabGroups.all.length, 2);
  });

  it('compares two selected trials in the diff editor, the earlier one at the left', async () => {
    const [one, two] = [{ trialId: row(0).id }, { trialId: row(1).id }];
    await commands.executeCommand(ids.compareTrials, two, [two, one]);
    const tab = await eventually('a comparison', () => {
      const active = window.tabGroups.activeTabGroup.activeTab;
      return active?.input instanceof TabInputTextDiff && active;
    });
    assert.equal(tab.label, `1.1 ↔ 1.2 add_days`);
    const { original, modified } = tab.input as TabInputTextDiff;
    assert.deepEqual([original.query, modified.query], [row(0).id, row(1).id]);
  });

  it('compares the trial of the active editor with one that is picked', async () => {
    const document = await open(row(1).id);
    let labels: string[] = [];
    const giveBack = api.answer({
      search: async ({ find }) => {
        const choices = await find('', new AbortController().signal);
        labels = choices.map(({ detail }) => detail ?? '');
        return choices.find(({ value }) => value === (row(0).id as unknown))?.value;
      },
    });
    await commands.executeCommand(ids.compareTrials, document.uri);
    giveBack();
    const tab = await eventually('a comparison', () => {
      const active = window.tabGroups.activeTabGroup.activeTab;
      return active?.input instanceof TabInputTextDiff && active;
    });
    assert.equal(tab.label, '1.1 ↔ 1.2 add_days');
    assert.equal(labels.length, rows.length - 1, 'the trial itself is not offered');
  });

  it('finds trials by words of the query, from the palette', async () => {
    const wanted = row(1);
    const giveBack = api.answer({
      search: async ({ find }) => {
        const found = await find(wanted.query, new AbortController().signal);
        return found.find(({ value }) => value === (wanted.id as unknown))?.value;
      },
    });
    await commands.executeCommand(ids.openTrial);
    giveBack();
    await shown(wanted.id);
  });

  it('of a log that is gone says so, in the document and by command', async () => {
    const uri = Uri.from({ scheme: trialScheme, path: '/add_days · 9.9.trial', query: 'no-such-trial' });
    const document = await workspace.openTextDocument(uri);
    assert.match(document.getText(), /not in the trial log of this workspace: no-such-trial/);
    await commands.executeCommand(ids.openTrial, { trialId: 'no-such-trial' });
    await eventually('it is said', () => said.some((text) => text.includes('not in the trial log')));
  });

  it('says in place of the text when the engine is away', async () => {
    const { request } = api.link;
    api.link.request = async () => {
      throw new EngineAway();
    };
    try {
      const uri = Uri.from({ scheme: trialScheme, path: '/add_days · 1.1.trial', query: 'away' });
      await assert.rejects(
        async () => workspace.openTextDocument(uri),
        /The engine of Imaginarium is not running\. Run "Imaginarium: Start Engine"/,
      );
    } finally {
      api.link.request = request;
    }
  });

  it('is a language of the editor', async () => {
    assert.ok((await languages.getLanguages()).includes(languageIds.trial));
  });
});
