import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isJsonObject, type Json } from '../../../../src/core/json.ts';
import { type Random, seededRandom } from '../../../../src/core/random.ts';
import { newAjv } from '../../../../src/tools/schema/ajv.ts';
import { readSource } from '../../../../src/tools/source.ts';

const { resolve } = createRequire(import.meta.url);
const documents: Record<string, Json> = {
  museum: parse(readFileSync(join(import.meta.dirname, '../../../fixtures/openapi/museum.yaml'), 'utf8')),
  petstore2: JSON.parse(readFileSync(resolve('@readme/oas-examples/2.0/json/petstore.json'), 'utf8')),
  petstore3: JSON.parse(readFileSync(resolve('@readme/oas-examples/3.0/json/petstore.json'), 'utf8')),
};
const oddities: Json[] = [
  null,
  true,
  0,
  -1e308,
  '',
  'text',
  '#/components/schemas/Pet',
  [],
  [null],
  {},
  { $ref: '#' },
  { $ref: '#/paths' },
  { $ref: '#/components/schemas/Pet' },
  { $ref: '../../../../etc/passwd' },
  { $ref: 'http://127.0.0.1:1/' },
  { allOf: [{ $ref: '#/definitions/Pet' }, { $ref: '#/components/schemas/Id' }] },
  JSON.parse('{"__proto__": {"get": {}}, "constructor": {"type": "object"}, "toString": 5}'),
];

/** A copy in which a few values stand for others. */
function mutated(document: Json, random: Random): Json {
  const copy = structuredClone(document);
  for (let count = 1 + random.below(6); count > 0; count--) {
    let at = copy;
    for (let depth = 0; ; depth++) {
      const keys = isJsonObject(at) || Array.isArray(at) ? Object.keys(at) : [];
      if (keys.length === 0) break;
      const key = random.pick(keys);
      const inner = (at as Record<string, Json>)[key] as Json;
      const isEnd = typeof inner !== 'object' || inner === null || (depth > 1 && random.next() < 0.2);
      if (isEnd) {
        if (random.next() < 0.2) delete (at as Record<string, Json>)[key];
        else (at as Record<string, Json>)[key] = structuredClone(random.pick(oddities));
        break;
      }
      at = inner;
    }
  }
  return copy;
}

describe('OpenAPI documents with anything in the place of anything', () => {
  for (const [name, document] of Object.entries(documents)) {
    it(`are read as far as that goes: ${name}`, () => {
      let tools = 0;
      const ajv = newAjv('');
      for (let seed = 0; seed < 150; seed++) {
        const text = JSON.stringify(mutated(document, seededRandom(seed)));
        const source = readSource('/nowhere', 'api.json', text);
        for (const { tool } of source?.tools ?? []) {
          assert.match(tool.name, /^[a-zA-Z0-9_-]{1,64}$/);
          if (seed < 30) ajv.compile(tool.parameters);
        }
        for (const { message, line } of source?.problems ?? []) assert.ok(message.length > 10 && line >= 1);
        tools += source?.tools.length ?? 0;
      }
      assert.ok(tools > 500, `${tools}`);
    });
  }
});
