import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { readSource } from '../../../../src/tools/source.ts';
import { checkTool } from '../../../helpers/readSpecText.ts';
import { sharedData } from '../../../helpers/sharedData.ts';

/** A made-up description and row each, for where the data is absent. */
const api = {
  description: 'Scores of a day.',
  required_parameters: [{ name: 'day', type: 'DATE (YYYY-MM-DD)', description: '', default: '' }],
  optional_parameters: [{ name: 'limit', type: 'NUMBER', description: '', default: '10' }],
};
const doc = {
  name: 'a.b',
  description: '',
  parameters: { type: 'dict', properties: { x: { type: 'tuple' } } },
};
const made = {
  ste: JSON.stringify({
    'Soccer%%Day': JSON.stringify(api),
    search: 'Searches. (args json schema): {{"q" : string, }}',
  }),
  bfcl: `${JSON.stringify({ id: 'a', function: [doc] })}\n${JSON.stringify({ id: 'b', function: [doc] })}\n`,
};

function textOf(path: string, instead: string): { text: string; from: string } {
  const file = sharedData(path);
  if (file === null) return { text: instead, from: 'made up: the data is absent' };
  return { text: readFileSync(file, 'utf8'), from: path };
}

function docsOf(row: Json): JsonObject[] {
  if (!isJsonObject(row)) return [];
  return Array.isArray(row.function) ? row.function.filter(isJsonObject) : [row];
}

describe('The data of the papers', () => {
  it('all descriptions of STE become tools whose schemas compile', () => {
    const { text, from } = textOf('ste/API_descriptions.json', made.ste);
    const { format, tools, problems } = readSource('/data', 'API_descriptions.json', text);
    for (const bound of tools) checkTool(bound);
    assert.equal(format, 'toolbench');
    const descriptions = JSON.parse(text) as Record<string, string>;
    const names = Object.keys(descriptions);
    assert.deepEqual(
      tools.map(({ tool, written }) => written?.name ?? tool.name),
      names,
    );
    assert.equal(new Set(tools.map(({ tool }) => tool.name)).size, names.length);
    const prose = tools.filter(({ written }) => written?.notes.some((note) => /prose/.test(note))).length;
    assert.equal(prose, Object.values(descriptions).filter((one) => !one.startsWith('{')).length);
    // One has the default "2" for a list.
    assert.ok(problems.length <= 1);
    console.log(`      ${names.length} descriptions, ${tools.length} tools, ${prose} of prose (${from})`);
  }).timeout(60_000);

  for (const name of ['simple_python.jsonl', 'gorilla_file_system.docs.jsonl']) {
    it(`all function docs of BFCL's ${name} become tools whose schemas compile`, () => {
      const { text, from } = textOf(`bfcl/${name}`, made.bfcl);
      const { format, tools } = readSource('/data', name, text);
      for (const bound of tools) checkTool(bound);
      assert.equal(format, 'bfcl');
      const lines = text.split('\n').filter(Boolean);
      const docs = lines.flatMap((line) => docsOf(JSON.parse(line) as Json));
      for (const { name: written, parameters } of docs) {
        const same = tools.filter((one) => (one.written?.name ?? one.tool.name) === written);
        const schemas = same.map((one) => one.written?.schema ?? one.tool.parameters);
        assert.ok(
          schemas.some((schema) => isDeepStrictEqual(schema, parameters)),
          String(written),
        );
      }
      console.log(`      ${docs.length} docs, ${tools.length} tools that differ (${from})`);
    }).timeout(60_000);
  }
});
