import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { definitionsIn } from '../../../../src/engine/language/definition.ts';
import { readSource } from '../../../../src/tools/source.ts';

describe('Go to definition in a manifest', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'imaginarium-definition-'));
    mkdirSync(join(folder, 'tools'));
    writeFileSync(
      join(folder, 'tools/units.mjs'),
      '// Units.\n\nexport async function convert() {}\nexport default 1;\n',
    );
    writeFileSync(join(folder, 'tools.json'), toolsJson);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const toolsJson = JSON.stringify(
    [{ type: 'function', function: { name: 'get.pet', parameters: { type: 'object', properties: {} } } }],
    null,
    2,
  );

  /** Where the text at `|` is defined: `path:line:column` from 1, relative to the folder. */
  function define(text: string): string[] {
    const offset = text.indexOf('|');
    const written = text.slice(0, offset) + text.slice(offset + 1);
    const uri = new URL(`file://${folder}/imaginarium.yaml`).href;
    const document = TextDocument.create(uri, 'yaml', 1, written);
    const sources = [
      readSource(folder, 'imaginarium.yaml', written),
      readSource(folder, 'tools.json', toolsJson),
    ];
    const places = definitionsIn(document, document.positionAt(offset), { folder, sources });
    return places.map(({ uri: where, range: { start } }) => {
      return `${relative(folder, fileURLToPath(where))}:${start.line + 1}:${start.character + 1}`;
    });
  }

  it('leads from a runner to its file, and to the export', () => {
    assert.deepEqual(define('tools:\n  - name: x\n    run: { module: ./tools/un|its.mjs }\n'), [
      'tools/units.mjs:1:1',
    ]);
    assert.deepEqual(
      define('tools:\n  - name: x\n    run: { module: tools/un|its.mjs, export: convert }\n'),
      ['tools/units.mjs:3:1'],
    );
    assert.deepEqual(
      define('tools:\n  - name: x\n    run: { module: tools/units.mjs, export: conv|ert }\n'),
      ['tools/units.mjs:3:1'],
    );
    assert.deepEqual(
      define('tools:\n  - name: x\n    run: { module: tools/units.mjs, export: def|ault }\n'),
      ['tools/units.mjs:4:1'],
    );
    assert.deepEqual(define('tools:\n  - name: x\n    run: { command: ["${node}", tools/un|its.mjs] }\n'), [
      'tools/units.mjs:1:1',
    ]);
    assert.deepEqual(define('services:\n  s: { command: [node, tools/un|its.mjs], ready: { line: x } }\n'), [
      'tools/units.mjs:1:1',
    ]);
  });

  it('leads nowhere for what is no file, or lies outside of the folder', () => {
    for (const value of ['tools/none.mjs', '../x', '/etc/passwd', 'tools', '""', '-l']) {
      assert.deepEqual(define(`tools:\n  - name: x\n    run: { command: [a, |${value}] }\n`), [], value);
    }
    assert.deepEqual(define('tools:\n  - name: x|\n'), []);
    assert.deepEqual(define('|'), []);
    assert.deepEqual(define('tools: [|\n'), []);
  });

  it('leads from placeholders to the service or the parameter', () => {
    const text = (url: string): string => `tools:
  - name: x
    parameters:
      type: object
      properties:
        id: { type: string }
    run: { http: { url: "${url}" } }
services:
  trains: { command: [t], ready: { line: "(?<port>[0-9]+)" } }
`;
    assert.deepEqual(define(text('http://h:${service:tra|ins.port}/${id}')), ['imaginarium.yaml:9:3']);
    assert.deepEqual(define(text('http://h:${service:trains.port}/${i|d}')), ['imaginarium.yaml:6:9']);
    assert.deepEqual(define(text('http://h:${service:trains.port}/${no|ne}')), []);
    assert.deepEqual(define(text('http://h/${secret:K|EY}')), []);
  });

  it('leads from sources and tools that are named to where they are written', () => {
    assert.deepEqual(define('include:\n  - source: tools|.json\n'), ['tools.json:1:1']);
    assert.deepEqual(define('include:\n  - source: "*.js|on"\n'), ['tools.json:1:1']);
    assert.deepEqual(define('exclude: [tools|.json]\n'), ['tools.json:1:1']);
    if (readSource(folder, 'tools.json', toolsJson).tools.length === 0) return; // The format is not read yet.
    const [at] = define('include:\n  - source: tools.json\n    tools: { get.|pet: { risk: read } }\n');
    assert.match(at ?? '', /^tools\.json:5:\d+$/);
    assert.deepEqual(define('include:\n  - source: tools.json\n    only: [get_|pet]\n'), [at]);
  });
});
