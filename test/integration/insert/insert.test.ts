import assert from 'node:assert/strict';
import {
  commands,
  EndOfLine,
  env,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  Position,
  Selection,
  type TextEditor,
  Uri,
  window,
  workspace,
} from 'vscode';
import { parse } from 'yaml';
import type { Choice, Person, Search } from '../../../src/extension/surroundings.ts';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids } from '../../../src/protocol/contributions.ts';
import { marked } from '../../helpers/marked.ts';
import { eventually, fileIn, openListed } from '../window.ts';
import { hostileIds, keepExamples } from './kept.ts';

/** A file system with one file, and nothing to be written to. */
const refused = (uri: Uri): never => {
  throw FileSystemError.NoPermissions(uri);
};
const shownOnly: FileSystemProvider = {
  onDidChangeFile: () => ({ dispose() {} }),
  watch: () => ({ dispose() {} }),
  stat: () => ({ type: FileType.File, ctime: 0, mtime: 0, size: 4 }),
  readFile: () => new TextEncoder().encode('text'),
  readDirectory: () => [],
  createDirectory: refused,
  writeFile: refused,
  delete: refused,
  rename: refused,
};

describe('Insertion into real editors', () => {
  let api: TestApi;
  const said: string[] = [];
  let giveBack: (() => void) | undefined;

  function answer(answers: Partial<Person>): void {
    giveBack?.();
    giveBack = api.answer(answers);
  }

  /** Opens an untitled document with cursors where the marks are. */
  async function open(language: string, source: string, eol?: EndOfLine): Promise<TextEditor> {
    const { text, selections } = marked(source);
    const document = await workspace.openTextDocument({ language, content: text });
    const editor = await window.showTextDocument(document);
    if (eol !== undefined) await editor.edit((edit) => edit.setEndOfLine(eol));
    // Offsets of the marks are those of the text with `\n`.
    const at = (offset: number): Position => {
      const before = text.slice(0, offset).split('\n');
      return new Position(before.length - 1, before.at(-1)?.length ?? 0);
    };
    editor.selections = selections.map(({ start, end }) => new Selection(at(start), at(end)));
    return editor;
  }

  const insert = (...exampleIds: string[]) =>
    commands.executeCommand(
      ids.insertExamples,
      { exampleId: exampleIds[0] },
      exampleIds.map((exampleId) => ({ exampleId })),
    );

  before(async () => {
    api = await openListed(said);
    await keepExamples(api);
  });

  beforeEach(() => {
    said.length = 0;
  });

  afterEach(async () => {
    giveBack?.();
    giveBack = undefined;
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  const languages: [language: string, source: string, expected: RegExp][] = [
    ['markdown', 'Be kind.\n\n‸\n', /^Be kind\.\n\n### When is the invoice/],
    ['prompt', '---\nagent: agent\n---\n‸\n', /^---\nagent: agent\n---\n\n### When/],
    ['instructions', '‸', /^### When/],
    ['chatagent', '‸', /^### When/],
    ['skill', '‸', /^### When/],
    [
      'plaintext',
      'Thought: a\nAction: b\nAction Input: {}\n‸',
      /\nAction: add_days\nAction Input: \{"date":/,
    ],
    ['json', '{"messages": [‸]}', /"tool_call_id": "call_1"/],
    ['jsonc', '{"messages": [ // c\n‸]}', /"tool_call_id": "call_1"/],
    ['jsonl', '‸', /^\{"query":"When is .*\}\n$/],
    ['yaml', 'messages:‸\n', /^messages:\n {2}- role: user\n/],
    ['python', 'messages = [‸]\n', /^messages = \[\n\s+\{\s*"role": "user"/],
    ['typescript', 'const messages = [‸];\n', /^const messages = \[\n\s+\{/],
    ['javascript', 'const p = `You are‸`;\n', /^const p = `You are\n\n### When/],
    ['typescriptreact', 'f(‸);\n', /^f\(\[\n\s+\{/],
  ];
  for (const [language, source, expected] of languages) {
    it(`${language}: in the form that it needs, and Undo takes it back in one step`, async () => {
      const editor = await open(language, source);
      assert.equal(editor.document.languageId, language);
      const before = editor.document.getText();
      await insert('invoice');
      assert.deepEqual(said, []);
      const after = editor.document.getText();
      assert.match(after, expected);
      if (language === 'json') JSON.parse(after);
      if (language === 'yaml') parse(after);
      await commands.executeCommand('undo');
      assert.equal(editor.document.getText(), before);
      await commands.executeCommand('redo');
      assert.equal(editor.document.getText(), after);
    });
  }

  it('at each of several cursors, with ids that are unique, in one step of Undo', async () => {
    const editor = await open(
      'json',
      '{\n  "a": { "messages": [‸] },\n  "b": { "messages": [\n    { "role": "system", "content": "x" }‸\n  ] }\n}\n',
    );
    const before = editor.document.getText();
    await insert('invoice', 'holiday');
    const { a, b } = JSON.parse(editor.document.getText());
    assert.deepEqual([a.messages.length, b.messages.length], [8, 9]);
    const calls = [...a.messages, ...b.messages].flatMap(({ tool_calls = [] }) => tool_calls);
    assert.equal(new Set(calls.map(({ id }) => id)).size, 4);
    assert.equal(editor.selections.length, 2);
    await commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
  });

  it('over a selection; with tabs; with the line ends of the document', async () => {
    const editor = await open(
      'json',
      '[\n\t{ "role": "system" },\n\t«{ "role": "user" }»\n]\n',
      EndOfLine.CRLF,
    );
    editor.options = { insertSpaces: false, tabSize: 4 };
    await insert('invoice');
    const text = editor.document.getText();
    assert.deepEqual(
      JSON.parse(text).map(({ role }: { role: string }) => role),
      ['system', 'user', 'assistant', 'tool', 'assistant'],
    );
    assert.doesNotMatch(text, /[^\r]\n|^ /m);
    assert.match(text, /\n\t\t"role": "user",\r\n/);
  });

  it('the cursor is behind what was inserted, and that is in sight', async () => {
    const editor = await open('markdown', `${'line\n'.repeat(300)}‸\n`);
    await insert('invoice');
    const { active } = editor.selection;
    assert.equal(editor.document.lineAt(active.line).text, 'Answer: The third of March.');
    await eventually('it is in sight', () => editor.visibleRanges.some((range) => range.end.line > 290));
  });

  it('from the dashboard, into the editor that it covers, where the cursor was', async () => {
    const editor = await open('markdown', 'first\n\n‸\n\nlast\n');
    const { document } = editor;
    await commands.executeCommand(ids.openDashboard);
    await eventually('the dashboard covers the editor', () => window.activeTextEditor === undefined);
    await insert('invoice');
    assert.match(document.getText(), /^first\n\n### When [\s\S]*\n\nlast\n$/);
    assert.equal(window.activeTextEditor?.document, document);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('from a view, past a trial that a click there has opened', async () => {
    const { document } = await open('markdown', 'first\n\n‸\n');
    const provider = workspace.registerFileSystemProvider('shown-only', shownOnly, { isReadonly: true });
    try {
      await window.showTextDocument(Uri.parse('shown-only:/trial.md'));
      await commands.executeCommand(ids.insertExamples);
      assert.match(said[0] ?? '', /trial\.md cannot be written to/);
      await insert('invoice');
      assert.match(document.getText(), /^first\n\n### When/);
    } finally {
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await commands.executeCommand('workbench.action.closeAllEditors');
      provider.dispose();
    }
  });

  it('cells of notebooks', async () => {
    const data = new NotebookData([new NotebookCellData(NotebookCellKind.Code, 'messages = []\n', 'python')]);
    const notebook = await workspace.openNotebookDocument('jupyter-notebook', data);
    await window.showNotebookDocument(notebook);
    await commands.executeCommand('notebook.cell.edit');
    const editor = await eventually('the cell has the focus', () => {
      const active = window.activeTextEditor;
      return active?.document.uri.scheme === 'vscode-notebook-cell' && active;
    });
    editor.selection = new Selection(0, 12, 0, 12);
    await insert('invoice');
    assert.match(notebook.cellAt(0).document.getText(), /^messages = \[\n\s+\{\s*"role": "user"/);
  });

  it('says why nothing fits, changes nothing, and copies where that is wanted', async () => {
    const editor = await open('json', '{"tools": [‸]}');
    answer({
      tell: async (_severity, text, ...answers) => {
        said.push(text);
        return answers[0];
      },
    });
    await insert('invoice');
    assert.match(said[0] ?? '', /^Nothing was inserted\. The cursor is in none of the places/);
    assert.equal(editor.document.getText(), '{"tools": []}');
    assert.match(await env.clipboard.readText(), /"When is the invoice/);
  });

  it('says that a document cannot be written to', async () => {
    const provider = workspace.registerTextDocumentContentProvider('only-read', {
      provideTextDocumentContent: () => 'text',
    });
    try {
      const document = await workspace.openTextDocument(Uri.parse('only-read:/a.md'));
      await window.showTextDocument(document);
      await insert('invoice');
      assert.match(said[0] ?? '', /a\.md cannot be written to/);
      assert.equal(document.getText(), 'text');
    } finally {
      provider.dispose();
    }
  });

  it('says that there is no editor', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await insert('invoice');
    assert.match(said[0] ?? '', /There is no text editor/);
  });

  it('asks which, the nearest to the text first, and searches as somebody types', async () => {
    const editor = await open('markdown', 'Our guests ask about the holiday.\n‸\n');
    const found: string[][] = [];
    answer({
      async searchMany<T extends string>(search: Search<T>): Promise<T[] | undefined> {
        const look = async (text: string): Promise<Choice<T>[]> => {
          const choices = await search.find(text, new AbortController().signal);
          found.push(choices.map(({ value }) => value));
          return choices;
        };
        await look('');
        return (await look('invoice')).slice(0, 1).map(({ value }) => value);
      },
    });
    await commands.executeCommand(ids.insertExamples);
    assert.equal(found[0]?.[0], 'holiday');
    assert.ok(found[0]?.includes('invoice'));
    assert.ok(!found.flat().includes('invented'));
    assert.equal(found[1]?.[0], 'invoice');
    assert.match(editor.document.getText(), /^Our guests .*\n\n### When is the invoice/);
  });

  it('copies in a form', async () => {
    answer({
      pick: async <T>(_title: string, _placeholder: string, choices: Choice<T>[]) =>
        choices.find(({ label }) => label === 'ReAct (Thought and Action)')?.value,
    });
    await commands.executeCommand(ids.copyExampleAs, { exampleId: 'invoice' });
    assert.match(await env.clipboard.readText(), /^User Query: When .*\nThought: /);
  });

  describe('what tools and models said does nothing', () => {
    const places: [language: string, source: string, check: (text: string) => unknown][] = [
      ['json', '{"messages": [‸], "after": 1}', (text) => assert.equal(JSON.parse(text).after, 1)],
      [
        'yaml',
        'prompt: |\n  a‸\n  b\nafter: 1\n',
        (text) => assert.deepEqual(Object.keys(parse(text)), ['prompt', 'after']),
      ],
      [
        'yaml',
        'messages:‸\nafter: 1\n',
        (text) => assert.equal(parse(text).messages.length, hostileIds.length * 4),
      ],
      [
        'jsonl',
        '‸',
        (text) =>
          text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line)),
      ],
      ['markdown', 'a\n‸', (text) => assert.equal(text.match(/^### /gm)?.length, hostileIds.length + 0)],
      [
        'javascript',
        'const p = `a‸`;\nconst after = 1;\n',
        (text) => assert.equal(new Function(`${text}; return after`)(), 1),
      ],
      ['python', 'p = """a‸"""\nafter = 1\n', (text) => assert.match(text, /"""\nafter = 1\n$/)],
    ];
    for (const [language, source, check] of places) {
      it(language, async () => {
        const editor = await open(language, source);
        const before = editor.document.getText();
        await insert(...hostileIds);
        assert.deepEqual(said, []);
        const text = editor.document.getText();
        assert.notEqual(text, before);
        check(text);
        // The editor itself would ask what to do about these line ends.
        assert.doesNotMatch(text, /[\u2028\u2029]/);
        await commands.executeCommand('undo');
        assert.equal(editor.document.getText(), before);
      });
    }
  });

  it('files on disk and buffers without a name alike', async () => {
    const uri = fileIn('prompts/new.prompt.md');
    await workspace.fs.writeFile(uri, new TextEncoder().encode('---\nagent: agent\n---\n'));
    const editor = await window.showTextDocument(uri);
    assert.equal(editor.document.languageId, 'prompt');
    await insert('invoice');
    assert.match(editor.document.getText(), /^---\nagent: agent\n---\n\n### When/);
    assert.equal(editor.document.isDirty, true);
  });
});
