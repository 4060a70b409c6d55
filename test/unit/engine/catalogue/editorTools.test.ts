import assert from 'node:assert/strict';
import { bindToEditor, isOfEditor, sourceOfEditor } from '../../../../src/engine/catalogue/editorTools.ts';
import { chooseTools } from '../../../../src/engine/runs/chooseTools.ts';
import type { EditorTool } from '../../../../src/protocol/engine.ts';
import type { BoundTool, SourceResult } from '../../../../src/tools/boundTool.ts';

const inputSchema = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };

function tool(name: string): EditorTool {
  return { name, description: `What ${name} does.`, inputSchema };
}

function ofEditor(...names: string[]): SourceResult {
  return sourceOfEditor(names.map(tool), '/w', null) ?? assert.fail('no source');
}

describe('The tools of the running editor', () => {
  it('are a source in no file, of unknown risk with its reason', () => {
    const { path, file, format, tools } = ofEditor('read_file', 'mcp_git_log');
    assert.deepEqual([path, file, format], ['editor', null, 'editorTools']);
    assert.deepEqual(
      tools.map((bound) => [bound.tool.id, bound.tool.name, bound.runner, bound.tool.risk]),
      [
        ['editor#read_file', 'read_file', { kind: 'editor', name: 'read_file' }, 'unknown'],
        ['editor#mcp_git_log', 'mcp_git_log', { kind: 'editor', name: 'mcp_git_log' }, 'unknown'],
      ],
    );
    assert.match(tools[0]?.tool.riskReason ?? '', /An extension of the editor runs it/);
    assert.match(tools[1]?.tool.riskReason ?? '', /An MCP server that the editor knows runs it/);
    assert.deepEqual(tools[0]?.tool.parameters.required, ['path']);
  });

  it('are asked about call by call where their name says that they destroy', () => {
    const { tools } = ofEditor('search', 'delete_file', 'runInTerminal');
    assert.deepEqual(
      tools.map(({ tool: { risk } }) => risk),
      ['unknown', 'destructive', 'unknown'],
    );
  });

  it('are none where the editor has none but ours', () => {
    assert.equal(sourceOfEditor([], '/w', null), null);
    assert.equal(sourceOfEditor([tool('imaginarium_examples')], '/w', null), null);
  });

  it('have legal names, whatever the editor calls them, and are called by their own', () => {
    const [bound] = ofEditor('my tool/ä').tools;
    assert.match(bound?.tool.name ?? '', /^[a-zA-Z0-9_-]{1,64}$/);
    assert.deepEqual(bound?.runner, { kind: 'editor', name: 'my tool/ä' });
  });

  it('take what an editor without a schema can take: nothing', () => {
    const source = sourceOfEditor([{ name: 'x', description: '', inputSchema: null }], '/w', null);
    assert.equal(source?.tools[0]?.tool.parameters.type, 'object');
  });

  it('have time for the question that the editor may ask, unless the person has set a limit', () => {
    assert.equal(ofEditor('x').tools[0]?.timeoutMs, 120_000);
    assert.equal(sourceOfEditor([tool('x')], '/w', 5000)?.tools[0]?.timeoutMs, 5000);
  });

  it('are explored where they are named, and are no part of all', () => {
    const [own] = ofEditor('read_file').tools as [BoundTool];
    const theirs = {
      ...own,
      tool: { ...own.tool, id: 'a.json#x', name: 'x', source: { path: 'a.json', line: 1, column: 1 } },
    };
    assert.deepEqual([isOfEditor(own), isOfEditor(theirs)], [true, false]);
    const { tools, ofEditor: left } = chooseTools([], [theirs, own]);
    assert.deepEqual([tools.map(({ name }) => name), left], [['x'], 1]);
    assert.deepEqual(chooseTools(['read_file'], [theirs, own]).tools, [own.tool]);
    assert.throws(() => chooseTools([], [own]), /explored one by one/);
  });
});

describe('A spec of an editor tool in the workspace', () => {
  const [spec] = ofEditor('read_file', 'gone').tools as [BoundTool];
  const written: SourceResult = {
    path: 'package.json',
    format: 'editorTools',
    folder: '/w',
    tools: ['read_file', 'gone'].map((name) => ({
      ...spec,
      runner: null,
      notRunnable: 'Only an editor runs it.',
      tool: { ...spec.tool, name, id: `package.json#${name}`, runnable: false },
    })),
    problems: [],
    budget: {},
  };

  it('is run by the tool of the same name that the editor has, else by nobody', () => {
    const [source] = bindToEditor([written], [tool('read_file')]);
    assert.deepEqual(
      source?.tools.map(({ tool: { name, runnable, risk }, runner }) => [name, runnable, risk, runner?.kind]),
      [
        ['read_file', true, 'unknown', 'editor'],
        ['gone', false, 'unknown', undefined],
      ],
    );
    assert.match(source?.tools[1]?.notRunnable ?? '', /no tool of this name/);
  });

  it('stays as it was read where no editor was asked', () => {
    assert.deepEqual(bindToEditor([written], null), [written]);
  });

  it('is nothing in another format, whatever its name', () => {
    const other = { ...written, format: 'openai' as const };
    assert.deepEqual(bindToEditor([other], [tool('read_file')]), [other]);
  });
});
