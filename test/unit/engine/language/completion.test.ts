import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { completionsIn } from '../../../../src/engine/language/completion.ts';
import type { SourceResult } from '../../../../src/tools/boundTool.ts';
import { readSource } from '../../../../src/tools/source.ts';

/** Another source of the folder, with tools that a model knows by other names. */
const others: SourceResult[] = [
  readSource(
    '/w',
    'tools.json',
    JSON.stringify([
      {
        type: 'function',
        function: {
          name: 'get.pet',
          description: 'Gets a pet.',
          parameters: { type: 'object', properties: { id: { type: 'string', description: 'Its number.' } } },
        },
      },
      { type: 'function', function: { name: 'add', parameters: { type: 'object', properties: {} } } },
    ]),
  ),
];

interface Completed {
  labels: string[];
  /** The text after the item of this label was taken. */
  take(label: string): string;
  about(label: string): string;
}

/** Completes where `|` stands. */
function complete(text: string): Completed {
  const offset = text.indexOf('|');
  const before = text.slice(0, offset) + text.slice(offset + 1);
  const document = TextDocument.create('file:///w/imaginarium.yaml', 'yaml', 1, before);
  const own = readSource('/w', 'imaginarium.yaml', before);
  const list = completionsIn(document, document.positionAt(offset), {
    folder: '/w',
    sources: [own, ...others],
  });
  const items = list?.items ?? [];
  const found = (label: string) => {
    const item = items.find((one) => one.label === label);
    assert.ok(item, `${label} is not offered, but ${items.map((one) => one.label).join(', ')}`);
    return item;
  };
  return {
    labels: items.map(({ label }) => label),
    take(label) {
      const { textEdit } = found(label);
      assert.ok(textEdit && 'range' in textEdit);
      const from = document.offsetAt(textEdit.range.start);
      const to = document.offsetAt(textEdit.range.end);
      return before.slice(0, from) + textEdit.newText + before.slice(to);
    },
    about: (label) => String(found(label).documentation ?? ''),
  };
}

const service = 'services:\n  trains: { command: [t], ready: { line: "on (?<port>[0-9]+) (?<host>.*)" } }\n';

describe('Completion in a manifest', () => {
  it('offers the keys of each level, with what they mean, and none that is there', () => {
    assert.deepEqual(complete('|').labels, ['tools', 'services', 'include', 'exclude', 'model', 'budget']);
    assert.deepEqual(complete('tools: []\nbud|').labels.includes('tools'), false);
    assert.equal(complete('tools: []\nbud|').take('budget'), 'tools: []\nbudget:');
    const tool = complete('tools:\n  - name: x\n    ri|\n');
    assert.deepEqual(tool.labels, ['description', 'risk', 'parameters', 'run', 'timeout', 'outputLimit']);
    assert.match(tool.about('risk'), /What a call may do to the world/);
    assert.equal(tool.take('risk'), 'tools:\n  - name: x\n    risk: \n');
    assert.equal(tool.take('run'), 'tools:\n  - name: x\n    run:\n');
    assert.deepEqual(complete('tools:\n  - |').labels.slice(0, 2), ['name', 'description']);
    const run = complete('tools:\n  - name: x\n    run:\n      |');
    assert.deepEqual(run.labels, ['command', 'stdin', 'module', 'export', 'http', 'simulate', 'env']);
    assert.deepEqual(complete('tools:\n  - name: x\n    run: { http: { | } }').labels, [
      'method',
      'url',
      'query',
      'headers',
      'body',
    ]);
    assert.deepEqual(complete('services:\n  trains:\n    ready:\n      |').labels, ['line', 'timeout']);
    assert.ok(complete('include:\n  - source: tools.json\n    |').labels.includes('only'));
    assert.deepEqual(complete('include:\n  - source: tools.json\n    tools:\n      add:\n        |').labels, [
      'risk',
      'run',
      'timeout',
      'outputLimit',
    ]);
  });

  it('changes the key under the cursor and leaves its colon', () => {
    assert.equal(
      complete('tools:\n  - name: x\n    ri|sk: read\n').take('timeout'),
      'tools:\n  - name: x\n    timeout: read\n',
    );
  });

  it('offers values, each with its own meaning', () => {
    const risk = complete('tools:\n  - name: x\n    risk: re|');
    assert.deepEqual(risk.labels, ['read', 'write', 'destructive', 'unknown']);
    assert.equal(risk.about('read'), 'read: runs at once.');
    assert.equal(risk.about('destructive'), 'destructive: asked for every call.');
    assert.equal(risk.take('destructive'), 'tools:\n  - name: x\n    risk: destructive');
    assert.deepEqual(complete('tools: [{ name: x, risk: |').labels, [
      'read',
      'write',
      'destructive',
      'unknown',
    ]);
    assert.ok(complete('tools:\n  - name: x\n    run: { http: { method: | } }').labels.includes('DELETE'));
    assert.deepEqual(complete('tools:\n  - name: x\n    run:\n      simulate: |').labels, ['true']);
    assert.deepEqual(complete('tools:\n  - name: |').labels, []);
  });

  it('offers placeholders of the kinds that can stand there, arguments first', () => {
    const text = (run: string): string => `tools:
  - name: x
    parameters: { type: object, properties: { id: { type: string, description: Its number. } } }
    run: ${run}
${service}`;
    const command = complete(text('{ command: ["a", "${|"] }'));
    assert.deepEqual(command.labels, [
      '${id}',
      '${service:trains.port}',
      '${service:trains.host}',
      '${secret:NAME}',
      '${env:NAME}',
      '${node}',
    ]);
    assert.equal(command.about('${id}'), 'Its number.');
    assert.equal(command.take('${id}'), text('{ command: ["a", "${id}"] }'));
    const url = complete(text('{ http: { url: "http://127.0.0.1:${serv|}/" } }'));
    assert.equal(
      url.take('${service:trains.port}'),
      text('{ http: { url: "http://127.0.0.1:${service:trains.port}/" } }'),
    );
    assert.ok(!url.labels.includes('${node}'));
    assert.deepEqual(complete(text('{ module: "${|" }')).labels, []);
    assert.deepEqual(complete(`include:\n  - source: a\n    server: "http://h:$|"\n${service}`).labels, [
      '${service:trains.port}',
      '${service:trains.host}',
      '${env:NAME}',
    ]);
    const auth = complete('include:\n  - source: a\n    auth: { a: "${secret:KEY}", b: "${|" }\n');
    assert.deepEqual(auth.labels.slice(0, 2), ['${secret:KEY}', '${secret:NAME}']);
    // Two dollars mean one that is meant literally.
    assert.deepEqual(complete(text('{ command: ["$${|"] }')).labels, []);
  });

  it('offers sources and their tools, quoted where YAML needs it', () => {
    const listed = others[0]?.tools.length ?? 0;
    if (listed === 0) return; // The format is not read yet.
    const source = complete('include:\n  - source: |');
    assert.deepEqual(source.labels, ['tools.json']);
    assert.match(source.about('tools.json'), /^Tools: get_pet, add\.$/);
    assert.deepEqual(complete('exclude:\n  - |').labels, ['tools.json']);
    assert.equal(complete('exclude:\n  - t|').take('tools.json'), 'exclude:\n  - tools.json');
    const tools = complete('include:\n  - source: tools.json\n    tools:\n      |');
    assert.deepEqual(tools.labels, ['get.pet', 'add']);
    assert.equal(tools.about('get.pet'), 'Gets a pet.');
    assert.equal(tools.take('get.pet'), 'include:\n  - source: tools.json\n    tools:\n      get.pet: ');
    assert.deepEqual(complete('include: [{ source: tools.json, only: [add, | ] }]').labels, ['get.pet']);
    const bound = complete(
      'include:\n  - source: tools.json\n    tools:\n      get.pet:\n        run: { command: ["${|"] }',
    );
    assert.equal(bound.labels[0], '${id}');
  });

  it('offers words of JSON Schema within parameters', () => {
    const head = 'tools:\n  - name: x\n    parameters:\n      type: object\n      properties:\n';
    const inner = complete(`${head}        id:\n          |`);
    assert.ok(['type', 'description', 'enum', 'format'].every((word) => inner.labels.includes(word)));
    assert.match(inner.about('format'), /date-time/);
    // The names of parameters are nobody's to guess.
    assert.deepEqual(complete(`${head}        |`).labels, []);
    assert.deepEqual(complete(`${head}        id:\n          type: |`).labels.slice(0, 3), [
      'string',
      'integer',
      'number',
    ]);
    assert.deepEqual(complete('tools:\n  - name: x\n    parameters:\n      type: |').labels, ['object']);
    const required = complete(
      `${head}        a: {}\n        b: {}\n      required:\n        - a\n        - |`,
    );
    assert.deepEqual(required.labels, ['b']);
    assert.deepEqual(complete(`${head}        a: {}\n        b: {}\n      required: [a, |]`).labels, ['b']);
  });

  it('says nothing in comments, in texts, and where YAML cannot be read', () => {
    assert.deepEqual(complete('tools: # na|').labels, []);
    assert.deepEqual(complete('tools:\n  - name: x\n    description: a b|').labels, []);
    for (const text of [
      '|',
      ': : |',
      '{{{|',
      '- - - |',
      '&a |',
      '*b |',
      'a: |\n\tb',
      '"|',
      '? |',
      '!!x |',
      '%|',
    ]) {
      complete(text.includes('|') ? text : `${text}|`);
    }
  });

  it('is quick in a long manifest, and gives up in an endless one', () => {
    const tools = Array.from(
      { length: 400 },
      (_, index) => `  - name: t${index}\n    description: ${'x'.repeat(200)}\n`,
    );
    const text = `tools:\n${tools.join('')}    |`;
    const began = performance.now();
    assert.ok(complete(text).labels.includes('risk'));
    assert.ok(performance.now() - began < 2000);
    assert.deepEqual(complete(`# ${'x'.repeat(300_000)}\n|`).labels, []);
  });
});
