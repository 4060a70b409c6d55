import assert from 'node:assert/strict';
import {
  type CodeAction,
  type CodeLens,
  ConfigurationTarget,
  commands,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  languages,
  type MarkdownString,
  Position,
  TabInputTextDiff,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids, languages as languageIds, settings } from '../../../src/protocol/contributions.ts';
import { engine } from '../../../src/protocol/engine.ts';
import { proposalScheme } from '../../../src/protocol/language.ts';
import { ended, eventually, fileIn, nextRun, note, openListed, setting, toolNode } from '../window.ts';

describe('Specs in the editor', () => {
  let api: TestApi;
  const said: string[] = [];
  const manifest = (): Uri => fileIn('imaginarium.yaml');
  const functions = (): Uri => fileIn('functions.json');

  const open = async (uri: Uri): Promise<TextDocument> => {
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    return document;
  };

  async function lenses(uri: Uri): Promise<CodeLens[]> {
    const found = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
    return found.filter(({ command }) => command?.command.startsWith('imaginarium.'));
  }

  const titles = async (uri: Uri): Promise<string[]> =>
    (await lenses(uri)).map(({ command }) => command?.title ?? '');

  async function click(uri: Uri, title: RegExp): Promise<void> {
    const lens = (await lenses(uri)).find(({ command }) => title.test(command?.title ?? ''));
    assert.ok(lens?.command, `no lens ${title} among ${(await titles(uri)).join(', ')}`);
    await commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
  }

  async function hoverAt(document: TextDocument, text: string): Promise<string> {
    const place = document.positionAt(document.getText().indexOf(text) + 2);
    const found = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, place);
    const contents = found.flatMap((hover) => hover.contents as MarkdownString[]);
    return contents.map(({ value }) => value.replaceAll('\\', '')).join('\n');
  }

  const learned = (uri: Uri): Diagnostic[] =>
    languages
      .getDiagnostics(uri)
      .filter(({ source, code }) => source === 'Imaginarium' && code === 'learned');

  const problemWith = (uri: Uri, word: string): Promise<Diagnostic> =>
    eventually(`a problem with ${word}`, () => learned(uri).find(({ message }) => message.includes(word)));

  async function actionsAt(uri: Uri, { range }: Diagnostic): Promise<CodeAction[]> {
    const found = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', uri, range);
    return found.filter(({ command }) => command?.command.startsWith('imaginarium.'));
  }

  async function act(uri: Uri, problem: Diagnostic, title: RegExp): Promise<void> {
    const actions = await actionsAt(uri, problem);
    const action = actions.find((one) => title.test(one.title));
    assert.ok(action?.command, `no action ${title} among ${actions.map((one) => one.title).join(', ')}`);
    await commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }

  const shownInput = (): unknown => window.tabGroups.activeTabGroup.activeTab?.input;

  before(async () => {
    api = await openListed(said);
  });

  beforeEach(() => {
    said.length = 0;
  });

  it('offer to explore each tool, in a manifest and in OpenAI functions, and to start each server', async () => {
    for (const uri of [manifest(), functions()]) {
      await open(uri);
      await eventually('a lens', async () => (await titles(uri)).length > 0);
      assert.deepEqual(await titles(uri), ['Explore'], uri.path);
    }
    const servers = fileIn('.mcp.json');
    await open(servers);
    await eventually('a lens', async () => (await titles(servers)).length > 0);
    assert.deepEqual(await titles(servers), ['Start Server and List Tools']);
    const [lens] = await lenses(servers);
    assert.equal(lens?.range.start.line, 2);
  });

  it('are explored by a click, and the counts above the tool follow', async function () {
    this.timeout(40_000);
    await open(functions());
    const run = await nextRun(api, () => click(functions(), /^Explore$/));
    assert.deepEqual(run.tools, ['functions.json#opening_hours']);
    await ended(api, run.id);
    const shown = await eventually('examples are counted', async () => {
      const all = await titles(functions());
      return all.some((title) => /^\d+ examples?$/.test(title)) && all;
    });
    assert.equal(shown[0], 'Explore');

    await click(functions(), /^\d+ examples?$/);
    const [row] = await eventually('the row is chosen', () => {
      const { selection } = api.tree.view;
      return selection.length === 1 && selection;
    });
    assert.equal(row?.id, 'functions.json#opening_hours/examples');
    const tool = await toolNode(api, 'opening_hours');
    assert.equal(
      shown[1],
      `${tool.data.counts.examples} example${tool.data.counts.examples === 1 ? '' : 's'}`,
    );
  });

  it('find a tool in the view also where a filter hides it', async () => {
    api.views.filterTools({ text: 'free_tables' });
    await click(functions(), /^\d+ examples?$/);
    await eventually('its row is chosen', () => {
      const [row] = api.tree.view.selection;
      return row?.id === 'functions.json#opening_hours/examples';
    });
    assert.equal(api.views.toolsFilter, null);
  });

  it('have no lenses where the person wants none', async () => {
    const restore = await setting(settings.codeLens, false, ConfigurationTarget.Workspace);
    assert.deepEqual(await titles(functions()), []);
    await restore();
    await eventually('they are back', async () => (await titles(functions())).length > 0);
  });

  it("tell over a tool's name what a model sees and what was learned, and nothing elsewhere", async () => {
    const document = await open(functions());
    const shown = await hoverAt(document, '"opening_hours"');
    assert.match(shown, /\*\*opening_hours\*\* · read · \d+ examples?/);
    assert.match(shown, /Tells when the restaurant is open\./);
    assert.match(shown, /"season"/);
    assert.ok(!(await hoverAt(document, '"Tells when')).includes('opening_hours'));
    assert.match(await hoverAt(await open(manifest()), 'free_tables'), /\*\*free_tables\*\*/);
  });

  it('have an outline of tools and their parameters', async () => {
    const document = await open(manifest());
    const symbols = await eventually('an outline', async () => {
      const found = await commands.executeCommand<DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return found?.some(({ name }) => name === 'free_tables') && found;
    });
    const tool = symbols.find(({ name }) => name === 'free_tables');
    assert.deepEqual(
      tool?.children.map(({ name }) => name),
      ['date', 'guests'],
    );
  });

  describe('after many trials', () => {
    before(async function () {
      this.timeout(60_000);
      const params = {
        tools: [],
        model: 'offline',
        settings: { episodes: 6, trials: 3, stopRule: false },
        seed: 4,
      };
      const { runId } = await api.link.request(engine.explore, params);
      await ended(api, runId, 50_000);
    });

    it('show where the tool refuses what they allow, at the parameter, with the trials', async () => {
      const document = await open(functions());
      const problem = await problemWith(functions(), '"season"');
      assert.equal(document.getText(problem.range), '"season"');
      assert.match(
        problem.message,
        /The tool takes only "summer" and "winter" for "season".+Seen in trials? \d+\.\d+/,
      );
      const [first] = problem.relatedInformation ?? [];
      assert.equal(first?.location.uri.scheme, languageIds.trial);
      const trial = await workspace.openTextDocument(first.location.uri);
      assert.match(trial.getText(), /opening_hours/);

      await act(functions(), problem, /^Open Trial /);
      await eventually(
        'the trial opens',
        () => window.activeTextEditor?.document.languageId === languageIds.trial,
      );
    });

    it('propose a change as a comparison; applied it can be undone, and the problem is gone', async () => {
      const document = await open(functions());
      const before = document.getText();
      const problem = await problemWith(functions(), '"season"');
      await act(functions(), problem, /^Propose a Change of the Spec$/);
      const input = await eventually('a comparison', () => {
        const shown = window.tabGroups.activeTabGroup.activeTab?.input;
        return shown instanceof TabInputTextDiff && shown;
      });
      assert.equal(input.original.toString(), functions().toString());
      assert.equal(input.modified.scheme, proposalScheme);
      const proposal = await workspace.openTextDocument(input.modified);
      const described = '"Part of the year"';
      const listed = `${described},\n            "enum": ["summer", "winter"]`;
      assert.equal(proposal.getText(), before.replace(described, listed));
      assert.equal(document.getText(), before, 'nothing is changed yet');

      await commands.executeCommand(ids.applySpecChange);
      await eventually('it is applied', () => document.getText() === proposal.getText());
      assert.ok(document.isDirty, 'the person saves');
      assert.ok(!(shownInput() instanceof TabInputTextDiff));
      await eventually('the problem is gone', () => learned(functions()).length === 0);

      await window.showTextDocument(document);
      await commands.executeCommand('undo');
      await eventually('it is undone', () => document.getText() === before);
      await problemWith(functions(), '"season"');
    });

    it('are compared anew where the spec was changed after the proposal', async () => {
      const document = await open(functions());
      const before = document.getText();
      const problem = await problemWith(functions(), '"season"');
      await act(functions(), problem, /^Propose/);
      assert.equal(said.join(), '', 'a change is proposed');
      await eventually('a comparison', () => shownInput() instanceof TabInputTextDiff);
      const edit = new WorkspaceEdit();
      edit.insert(document.uri, new Position(0, 0), '\n');
      await workspace.applyEdit(edit);
      await commands.executeCommand(ids.applySpecChange);
      await eventually('it is said', () => said.some((text) => text.includes('changed meanwhile')));
      assert.equal(document.getText(), `\n${before}`);
      // Looked at again, it can be applied.
      await commands.executeCommand(ids.applySpecChange);
      await eventually('it is applied', () => document.getText().includes('"enum": ["summer", "winter"]'));
      await window.showTextDocument(document);
      await commands.executeCommand('workbench.action.files.revert');
      await eventually('it is as it was', () => document.getText() === before);
      await problemWith(functions(), '"season"');
    });

    it('are dismissed for good: also for an engine that starts anew', async () => {
      await open(manifest());
      const problem = await problemWith(manifest(), '"guests"');
      await act(manifest(), problem, /^Dismiss for Good$/);
      await eventually('it is gone', () => learned(manifest()).length === 0);
      const kept = await workspace.fs.readFile(fileIn('.imaginarium/dismissed.jsonl'));
      assert.match(new TextDecoder().decode(kept), /"argument":"\/guests"/);

      const { pid } = api.link;
      assert.ok(pid);
      process.kill(pid, 'SIGKILL');
      await eventually('another engine', () => api.link.pid !== pid && api.link.state === 'ready', 30_000);
      const began = performance.now();
      // The other problem is shown again: the engine has looked at every tool that is open.
      await open(functions());
      await problemWith(functions(), '"season"');
      note(`learned problems after a restart: ${(performance.now() - began).toFixed(0)} ms`);
      await open(manifest());
      await eventually('lenses are back', async () => (await titles(manifest())).length > 0);
      assert.deepEqual(learned(manifest()), []);
    });
  });
});
