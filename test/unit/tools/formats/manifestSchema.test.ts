import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { readSource } from '../../../../src/tools/source.ts';

const root = join(import.meta.dirname, '../../../..');
const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(join(root, 'media/manifest.schema.json'), 'utf8')));

/** The shape that the manifest was designed with. */
const sample = `
tools:
  - name: add_date
    description: Adds a number of days to a date.
    risk: read                       # read | write | destructive; unknown if left out
    parameters: { type: object, properties: { date: { type: string }, days: { type: integer } }, required: [date, days] }
    run: { command: ["\${node}", tools/addDate.mjs, "\${date}", "\${days}"] }
  - name: convert_units
    run: { module: ./tools/units.mjs, export: convert }
  - name: station_board
    run: { http: { method: GET, url: "http://127.0.0.1:\${service:trains.port}/board/\${station}", query: { at: "\${time}" } } }
  - name: book_seat
    risk: write
    run: { http: { method: POST, url: "http://127.0.0.1:\${service:trains.port}/seats", body: json } }
  - name: oracle
    run: { simulate: true }
include:
  - source: specs/petstore.yaml
    only: [getPet*, addPet]
    server: "http://127.0.0.1:\${service:trains.port}/v3"
    auth: { api_key: "\${secret:PETSTORE}" }
    risk: write
    timeout: 5
    tools:
      getPetById: { risk: read, outputLimit: 2000 }
      deletePet: { run: { simulate: true } }
  - source: .mcp.json#github
    env: { TOKEN: "\${secret:GITHUB}" }
exclude: ["old/**", "{a,b}/x.json"]
services:
  trains: { command: ["\${node}", tools/trains.mjs], ready: { line: "listening on (?<port>[0-9]+)" } }
`;

const broken = [
  'tool: []',
  'tools: {}',
  'tools: [7]',
  'tools: [{ description: x }]',
  'tools: [{ name: "a b" }]',
  'tools: [{ name: 7 }]',
  'tools: [{ name: __proto__ }]',
  'tools: [{ name: x, description: [] }]',
  'tools: [{ name: x, risk: high }]',
  'tools: [{ name: x, tmeout: 3 }]',
  'tools: [{ name: x, timeout: 0 }]',
  'tools: [{ name: x, timeout: "3" }]',
  'tools: [{ name: x, outputLimit: 1e9 }]',
  'tools: [{ name: x, parameters: 3 }]',
  'tools: [{ name: x, parameters: {} }]',
  'tools: [{ name: x, parameters: { type: array } }]',
  'tools: [{ name: x, parameters: { type: object, required: x } }]',
  'tools: [{ name: x, parameters: { type: object, properties: { a: { type: sting } } } }]',
  'tools: [{ name: x, run: {} }]',
  'tools: [{ name: x, run: { command: "echo hello" } }]',
  'tools: [{ name: x, run: { command: [] } }]',
  'tools: [{ name: x, run: { command: [a], module: b } }]',
  'tools: [{ name: x, run: { simulate: yes } }]',
  'tools: [{ name: x, run: { command: [a], stdin: yaml } }]',
  'tools: [{ name: x, run: { command: [a], export: b } }]',
  'tools: [{ name: x, run: { module: "https://x/y.mjs" } }]',
  'tools: [{ name: x, run: { http: { method: get, url: "http://h/" } } }]',
  'tools: [{ name: x, run: { http: { method: GET } } }]',
  'tools: [{ name: x, run: { http: { url: "ftp://h/" } } }]',
  'tools: [{ name: x, run: { http: { url: "http://h/", body: json } } }]',
  'tools: [{ name: x, run: { command: [a], env: { TMPDIR: /x } } }]',
  'tools: [{ name: x, run: { simulate: false } }]',
  'tools: [{ name: x, run: { simulate: true, command: [a] } }]',
  'tools: [{ name: x, run: { simulate: true, env: { A: b } } }]',
  'include: {}',
  'include: []',
  'include: [x]',
  'include: [{ only: [x] }]',
  'include: [{ source: 7 }]',
  'include: [{ source: " " }]',
  'include: [{ source: ./x }]',
  'include: [{ source: ../x }]',
  'include: [{ source: /x }]',
  'include: [{ source: "a\\\\b" }]',
  'include: [{ source: x, only: y }]',
  'include: [{ source: x, server: "ftp://h" }]',
  'include: [{ source: x, server: "http://h/?a=b" }]',
  'include: [{ source: x, auth: [] }]',
  'include: [{ source: x, env: { "a b": c } }]',
  'include: [{ source: x, risk: safe }]',
  'include: [{ source: x, run: {} }]',
  'include: [{ source: x, tools: [] }]',
  'include: [{ source: x, tools: { a: { risk: safe } } }]',
  'include: [{ source: x, tools: { a: { name: b } } }]',
  'include: [{ source: x, tool: { a: {} } }]',
  'exclude: x',
  'exclude: [/x]',
  'exclude: [[]]',
  'services: []',
  'services: { "a b": { command: [x], ready: { line: x } } }',
  'services: { a: { command: [x] } }',
  'services: { a: { command: [x], ready: { line: "(" } } }',
  'budget: { usd: -1 }',
  'budget: { dollars: 1 }',
];

describe('The JSON Schema of the manifest', () => {
  it('accepts the sample, and so does the loader', () => {
    assert.equal(validate(parse(sample)), true, JSON.stringify(validate.errors));
    const { tools, problems } = readSource('/w', 'imaginarium.yaml', sample);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      tools.map(({ tool }) => [tool.name, tool.runnable]),
      [
        ['add_date', true],
        ['convert_units', true],
        ['station_board', true],
        ['book_seat', true],
        ['oracle', true],
      ],
    );
    assert.deepEqual(tools.at(-1)?.runner, { kind: 'simulate' });
  });

  const path = join(root, 'examples/imaginarium.yaml');
  if (existsSync(path)) {
    it('accepts the sample workspace, and so does the loader', () => {
      const text = readFileSync(path, 'utf8');
      assert.equal(validate(parse(text)), true, JSON.stringify(validate.errors));
      assert.deepEqual(readSource('/w', 'imaginarium.yaml', text).problems, []);
    });
  }

  for (const text of broken) {
    it(`refuses, as the loader does: ${text}`, () => {
      assert.equal(validate(parse(text)), false);
      assert.notDeepEqual(readSource('/w', 'imaginarium.yaml', text).problems, []);
    });
  }
});
