import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import type { Tool } from '../../../../src/core/tool.ts';
import { knowledgeOf } from '../../../../src/models/offline/knowledge.ts';
import { planArguments } from '../../../../src/models/offline/plan.ts';
import { newAjv } from '../../../../src/tools/schema/ajv.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';

const id = { type: 'string', format: 'uuid' };
const shapes: Record<string, JsonObject> = {
  'an object that may be left out, with what it needs': {
    properties: {
      body: { type: 'object', required: ['a', 'b'], properties: { a: id, b: { type: 'integer' } } },
    },
  },
  'lists of objects behind references': {
    properties: { lines: { type: 'array', minItems: 1, items: { $ref: '#/$defs/Line' } } },
    required: ['lines'],
    $defs: {
      Line: {
        type: 'object',
        required: ['sku', 'count'],
        properties: { sku: id, count: { type: 'integer', minimum: 1 } },
      },
    },
  },
  'a choice of objects': {
    properties: {
      source: {
        oneOf: [
          {
            type: 'object',
            required: ['card'],
            additionalProperties: false,
            properties: { card: { type: 'string', pattern: '^[0-9]{16}$' } },
          },
          {
            type: 'object',
            required: ['iban'],
            additionalProperties: false,
            properties: { iban: { type: 'string', minLength: 5 } },
          },
        ],
      },
    },
    required: ['source'],
  },
  'fields beside a choice': {
    properties: {
      pet: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { type: 'string' } },
        anyOf: [{ required: ['bark'], properties: { bark: { type: 'boolean' } } }],
      },
    },
    required: ['pet'],
  },
  'a thing or null': {
    properties: { when: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] } },
    required: ['when'],
  },
  'trees of themselves': {
    properties: { tree: { $ref: '#/$defs/Tree' } },
    required: ['tree'],
    $defs: {
      Tree: {
        type: 'object',
        required: ['name', 'branches'],
        properties: {
          name: { type: 'string' },
          branches: { type: 'array', items: { $ref: '#/$defs/Tree' } },
        },
      },
    },
  },
  'patterns too wild to be run': {
    properties: { branch: { type: 'string', pattern: '^(v{0,1})(stable|([0-9]+)(?:\\.([0-9]+))?)$' } },
    required: ['branch'],
  },
  'formats deep inside': {
    properties: {
      a: {
        type: 'object',
        required: ['b'],
        properties: {
          b: {
            type: 'object',
            required: ['mail', 'site', 'day'],
            properties: {
              mail: { type: 'string', format: 'email' },
              site: { type: 'string', format: 'uri' },
              day: { type: 'string', format: 'date' },
            },
          },
        },
      },
    },
    required: ['a'],
  },
};

describe('arguments of the offline sampler', () => {
  for (const [name, shape] of Object.entries(shapes)) {
    it(`fit schemas with ${name}`, () => {
      const parameters = { type: 'object', ...shape };
      const tool: Tool = sampleTool({ name: 'order', parameters });
      const check = newAjv('').compile(parameters);
      const knowledge = knowledgeOf(
        tool,
        { calls: [], fixes: [], queries: [], lessons: [], covered: [], newest: null },
        [],
      );
      for (let seed = 0; seed < 40; seed++) {
        const args = planArguments(tool, knowledge, [], seededRandom(seed));
        assert.ok(check(args), `${JSON.stringify(args)}: ${JSON.stringify(check.errors)}`);
      }
    });
  }
});
