import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../../../src/core/json.ts';
import { readSource, readSpec } from '../../../../src/tools/source.ts';
import { problemLines, readSpecText } from '../../../helpers/readSpecText.ts';

describe('Tools that an extension gives to the editor', () => {
  const inputSchema = { type: 'object', properties: { path: { type: 'string' } } };

  function extension(tools: Json): Json {
    return { name: 'x', engines: { vscode: '^1.100.0' }, contributes: { languageModelTools: tools } };
  }

  it('are read from its package.json, and are run nowhere but in the editor', () => {
    const source = readSpecText(
      'ext/package.json',
      extension([
        { name: 'count-tabs', displayName: 'Count', modelDescription: 'Counts tabs.', inputSchema },
      ]),
    );
    assert.equal(source.format, 'editorTools');
    const [bound] = source.tools;
    assert.equal(bound?.tool.id, 'ext/package.json#count-tabs');
    assert.equal(bound?.tool.description, 'Counts tabs.');
    assert.deepEqual(bound?.tool.parameters, inputSchema);
    assert.match(bound?.notRunnable ?? '', /the editor runs it/);
    assert.equal(bound?.tool.risk, 'unknown');
  });

  it('have a text that is written out, where there is one', () => {
    const { tools } = readSpecText(
      'package.json',
      extension([
        { name: 'a', modelDescription: '%a.model%', userDescription: 'Does a.' },
        { name: 'b', modelDescription: '%b.model%', displayName: '%b.name%' },
      ]),
    );
    assert.deepEqual(
      tools.map(({ tool }) => tool.description),
      ['Does a.', '%b.model%'],
    );
    assert.match(tools[0]?.written?.notes.join() ?? '', /%a\.model%.*package\.nls\.json/);
  });

  it('have the texts of package.nls.json beside it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nls-'));
    try {
      mkdirSync(join(folder, 'ext'));
      writeFileSync(
        join(folder, 'ext/package.nls.json'),
        JSON.stringify({ 'a.model': 'Counts tabs.', 'b.model': { message: 'Closes tabs.', comment: ['x'] } }),
      );
      const tools = ['a', 'b', 'c'].map((name) => ({ name, modelDescription: `%${name}.model%` }));
      const text = JSON.stringify(extension(tools));
      const { tools: found } = readSource(folder, 'ext/package.json', text);
      assert.deepEqual(
        found.map(({ tool }) => tool.description),
        ['Counts tabs.', 'Closes tabs.', '%c.model%'],
      );
      assert.equal(found[0]?.written, undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('say what is wrong with them', () => {
    const source = readSpecText('package.json', extension([{ modelDescription: 'x' }, 7, { name: 'ok' }]));
    assert.equal(source.tools.length, 1);
    assert.equal(problemLines(source).filter((line) => /needs a "name"/.test(line)).length, 2);
    assert.match(problemLines(readSpecText('package.json', extension({}))).join(), /must be a list/);
  });

  it('are not looked for in other files', () => {
    const text = JSON.stringify(extension([{ name: 'a' }]));
    assert.equal(readSpec('/f', 'other.json', text, { timeoutMs: 1 }), null);
    assert.equal(readSpec('/f', 'package.json', '{"name": "languageModelTools"}', { timeoutMs: 1 }), null);
  });
});
