import assert from 'node:assert/strict';
import type { SourceResult } from '../../../../src/tools/boundTool.ts';
import { readSource } from '../../../../src/tools/source.ts';

function read(text: string): SourceResult {
  return readSource('/w', 'imaginarium.yaml', text);
}

/** Problems as `line:column severity message`. */
function problems(text: string): string[] {
  return read(text).problems.map((one) => `${one.line}:${one.column} ${one.severity} ${one.message}`);
}

function names(text: string): string[] {
  return read(text).tools.map(({ tool }) => tool.name);
}

const schema = '{ type: object, properties: { a: { type: string } } }';

describe('The manifest', () => {
  it('reads the tools with everything that is needed to run them', () => {
    const { tools, problems, budget } = read(`tools:
  - name: add_date
    description: Adds days.
    risk: read
    parameters: { type: object, properties: { date: { type: string }, days: { type: integer } }, required: [date] }
    run: { command: ["\${node}", add.mjs, "\${date}", 7], env: { KEY: "\${env:KEY}", N: 1.50 } }
    timeout: 2.5
    outputLimit: 100
  - name: board
    risk: write
    run: { http: { method: POST, url: "http://127.0.0.1:\${service:trains.port}/\${station}", query: { at: "\${time}" }, body: json } }
services:
  trains: { command: ["\${node}", t.mjs], ready: { line: "on (?<port>[0-9]+)" } }
budget: { modelCalls: 100, usd: 1.5 }
`);
    assert.deepEqual(problems, []);
    assert.deepEqual(budget, { modelCalls: 100, usd: 1.5 });
    const [add, board] = tools;
    assert.ok(add && board);
    assert.equal(add.tool.id, 'imaginarium.yaml#add_date');
    const place = { line: 2, column: 5, endLine: 9, endColumn: 1 };
    assert.deepEqual(add.tool.source, { path: 'imaginarium.yaml', ...place });
    const name = { line: 2, column: 11, endLine: 2, endColumn: 19 };
    assert.deepEqual(add.spot, { at: '/tools/0', schemaAt: '/tools/0/parameters', name });
    assert.equal(add.tool.risk, 'read');
    assert.equal(add.tool.runnable, true);
    assert.match(add.tool.specHash, /^[0-9a-f]{16}$/);
    assert.deepEqual(add.runner, {
      kind: 'command',
      command: [`\${node}`, 'add.mjs', `\${date}`, '7'],
      stdin: null,
      env: { KEY: `\${env:KEY}`, N: '1.50' },
    });
    assert.deepEqual([add.timeoutMs, add.outputLimit], [2500, 100]);
    assert.equal(board.services[0]?.name, 'trains');
    // Parameters that are left out are the placeholders.
    assert.deepEqual(board.tool.parameters, { type: 'object', properties: { station: {}, time: {} } });
  });

  it('says in which tool a problem lies, and in none where no tool could be made', () => {
    const { problems } = read(`tools:
  - name: odd
    description: d
    risk: raed
    parameters: ${schema}
    run: { command: [echo] }
  - name: bad name
    description: d
    run: { command: [echo] }
`);
    assert.deepEqual(
      problems.map(({ line, tool }) => [line, tool ?? null]),
      [
        [4, 'imaginarium.yaml#odd'],
        [7, null],
      ],
    );
  });

  it('says where each problem is, and reads the tools that are right', () => {
    const text = `tools:
  - name: good
    parameters: ${schema}
    run: { command: [echo, "\${a}"] }
  - name: "bad name"
    run: { command: [echo, "\${b"] }
  - name: good
  - { name: other, risk: raed, tymeout: 3 }
  - description: 7
services: { s: { command: [] } }
`;
    assert.deepEqual(names(text), ['good', 'other']);
    assert.deepEqual(problems(text), [
      `5:11 error A tool's name has 1 to 64 letters, digits, "_" and "-", nothing else; this is "bad name".`,
      `6:28 error "\${b" has no closing brace.`,
      '7:11 error There is a tool "good" in line 2 already: give this one another name.',
      '8:26 error "risk" must be one of read, write, destructive, unknown, not "raed". Did you mean "read"?',
      '8:32 warning Tool 4 has no key "tymeout". Did you mean "timeout"?',
      '9:5 error A tool needs a "name".',
      '9:18 error "description" of tool 5 must be a text, not 7.',
      `10:16 error Service "s" needs "command": a list of program and arguments.`,
    ]);
    const other = read(text).tools[1];
    assert.equal(other?.tool.risk, 'unknown');
    assert.match(other?.notRunnable ?? '', /has errors/);
  });

  it('marks the whole of what is wrong', () => {
    const [problem] = read('tools:\n  - name: x\n    risk: wrong\n').problems;
    assert.deepEqual([problem?.line, problem?.column, problem?.endLine, problem?.endColumn], [3, 11, 3, 16]);
  });

  it('checks placeholders', () => {
    const of = (run: string, rest = ''): string[] =>
      problems(`tools:\n  - name: x\n    parameters: ${schema}\n    run: ${run}\n${rest}`);
    const service = 'services: { t: { command: [x], ready: { line: "(?<port>1)" } } }';
    assert.match(
      of(`{ command: [echo, "\${b}"] }`)[0] ?? '',
      /"\$\{b\}" is no parameter of this tool\. Did you mean "a"/,
    );
    assert.match(of(`{ command: ["\${a}"] }`)[0] ?? '', /cannot stand here/);
    assert.match(of(`{ command: [echo, "\${service:u.port}"] }`, service)[0] ?? '', /Did you mean "t"/);
    assert.match(
      of(`{ command: [echo, "\${service:t.prot}"] }`, service)[0] ?? '',
      /no group.*Did you mean "port"/,
    );
    assert.match(of(`{ command: [echo, "\${service:t}"] }`, service)[0] ?? '', /NAME\.GROUP/);
    assert.match(of(`{ command: [echo, "\${env:}"] }`)[0] ?? '', /cannot be read/);
    assert.deepEqual(
      of(`{ command: [echo, "\${a} \${env:X} \${secret:y} \${service:t.port} $\${literal}"] }`, service),
      [],
    );
    assert.match(of(`{ module: ./m.mjs, env: { A: "\${a}" } }`)[0] ?? '', /arguments of a call never do/);
    for (const part of [`http://\${a}/`, `http://h:\${a}/`, `\${a}://h/`, `http://\${secret:k}.h/`]) {
      assert.match(of(`{ http: { url: "${part}" } }`)[0] ?? '', /cannot fill scheme|must begin with http/);
    }
    assert.match(of('{ http: { url: "http://user:pw@h/" } }')[0] ?? '', /user name/);
    assert.match(
      of('{ http: { url: "http://h/", headers: { Host: evil } } }')[0] ?? '',
      /set by the connection/,
    );
  });

  it('refuses schemas that are none', () => {
    const of = (parameters: string): string[] =>
      problems(`tools:\n  - name: x\n    parameters: ${parameters}\n`);
    assert.match(of('[]')[0] ?? '', /must be a JSON Schema/);
    assert.match(of('{ properties: {} }')[0] ?? '', /has no type/);
    assert.match(of('{ type: string }')[0] ?? '', /3:25 error.*type: object/);
    assert.match(
      of('{ type: object, properties: { a: { type: sting } } }')[0] ?? '',
      /Did you mean "string"/,
    );
    assert.match(
      of('{ type: object, properties: { a: { pattern: "(" } } }')[0] ?? '',
      /no regular expression/,
    );
    assert.match(of('{ type: object, required: a }')[0] ?? '', /"required".*must be array/);
    assert.match(
      of('{ type: object, properties: { a: { $ref: "#/$defs/b" } } }')[0] ?? '',
      /points to nothing/,
    );
    assert.match(of('{ type: object, properties: { a: { $ref: "http://x/" } } }')[0] ?? '', /outside/);
    assert.match(
      of('{ type: object, properties: { a: {} }, required: [b] }')[0] ?? '',
      /warning "required" names "b"/,
    );
    assert.match(of('{ type: object, properties: { __proto__: {} } }')[0] ?? '', /"__proto__" cannot/);
    assert.match(
      of(`{ type: object, x: ${'['.repeat(60)}${']'.repeat(60)} }`)[0] ?? '',
      /nested more than 40/,
    );
    assert.match(of(`{ type: object, x: [${'1,'.repeat(6000)}] }`)[0] ?? '', /too large/);
    assert.deepEqual(
      of(
        '{ $schema: "http://json-schema.org/draft-07/schema#", type: object, properties: { a: { $ref: "#/definitions/b" } }, definitions: { b: {} } }',
      ),
      [],
    );
  });

  it('survives prototype pollution', () => {
    assert.match(problems('tools:\n  - name: __proto__\n')[0] ?? '', /"__proto__" cannot be used/);
    assert.match(
      problems('__proto__: { polluted: true }\ntools: []\n')[0] ?? '',
      /"__proto__" cannot be used/,
    );
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  });

  it('survives a YAML bomb', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level++) {
      lines.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    const found = problems(lines.join('\n'));
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /aliases.*unfold/);
  });

  it('survives what refers to itself', () => {
    const text = 'tools:\n  - name: x\n    parameters: &p { type: object, properties: { a: *p } }\n';
    assert.match(problems(text)[0] ?? '', /nested more than|cannot be read/);
  });

  it('reads anchors and aliases', () => {
    const text = `tools:\n  - { name: x, parameters: &p ${schema} }\n  - { name: y, parameters: *p }\n`;
    assert.deepEqual(problems(text), []);
    assert.deepEqual(read(text).tools[0]?.tool.parameters, read(text).tools[1]?.tool.parameters);
  });

  it('reads what editors on other systems write', () => {
    const text = `\uFEFFtools:\r\n  - name: x\r\n    risk: bad\r\n  - name: y\r\n`;
    assert.deepEqual(names(text), ['x', 'y']);
    assert.match(problems(text)[0] ?? '', /^3:11 error/);
  });

  it('says what is wrong with texts that are no manifest', () => {
    assert.match(problems('')[0] ?? '', /1:1 warning The manifest is empty/);
    assert.match(problems('# nothing\n')[0] ?? '', /empty/);
    assert.match(problems('just a text')[0] ?? '', /must be a mapping/);
    assert.match(problems('tools:\n')[0] ?? '', /"tools" is empty/);
    assert.match(problems('tools: {}\n')[0] ?? '', /must be a list/);
    assert.match(problems('tools: []\n---\ntools: []\n')[0] ?? '', /2:1 error A second document/);
    assert.match(problems('tools:\n  - 7\n')[0] ?? '', /2:5 error Tool 1 must be a mapping/);
    assert.match(problems('tools: []\ntools: []\n')[0] ?? '', /2:1 error "tools" stands twice/);
    assert.match(problems('\0\0\0')[0] ?? '', /error/);
    assert.match(problems('[1]: x\ntools: []\n')[0] ?? '', /plain text/);
  });

  it('reads the tools around a place that is no YAML', () => {
    const text = 'tools:\n  - name: x\n  - name: "y\n    z: [\n';
    assert.deepEqual(names(text), ['x']);
    assert.match(problems(text)[0] ?? '', /error This is no YAML/);
  });

  it('hashes what a model sees, and nothing else', () => {
    const hash = (text: string): string | undefined => read(`tools:\n  - ${text}\n`).tools[0]?.tool.specHash;
    const one = hash(`{ name: x, parameters: ${schema} }`);
    assert.equal(hash(`{ parameters: ${schema}, name: x, risk: read, run: { command: [a] } }`), one);
    assert.notEqual(hash(`{ name: x, parameters: ${schema}, description: y }`), one);
  });
});
