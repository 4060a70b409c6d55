/** Schemas that are meant to do harm, or were never right. */
import type { Json, JsonObject } from '../../../../src/core/json.ts';

/** Where hostile references lead. */
export interface Targets {
  /** A file that lies outside of the workspace folder, absolute, and relative to a spec at its top. */
  canary: string;
  canaryRelative: string;
  /** A server that counts who asks. */
  origin: string;
}

export interface HostileSchema {
  what: string;
  schema: Json;
  /** Whether a person must be told of it: some harmful things are legal, and then the tool is there. */
  told: boolean;
  /** It is legal where nobody else's words are mapped: in the manifest. */
  isOurs?: boolean;
}

const of = (property: Json): JsonObject => ({ type: 'object', properties: { x: property } });

function nested(levels: number): Json {
  let schema: Json = { type: 'string' };
  for (let level = 0; level < levels; level++) schema = of(schema);
  return schema;
}

/** Each definition names the next one twice. */
function doubling(keyword: 'allOf' | 'anyOf', length: number): JsonObject {
  const definitions: JsonObject = {};
  for (let index = 0; index < length; index++) {
    const next = { $ref: `#/definitions/d${index + 1}` };
    definitions[`d${index}`] = { [keyword]: [next, next] };
  }
  definitions[`d${length}`] = { type: 'string' };
  return { type: 'object', properties: { x: { $ref: '#/definitions/d0' } }, definitions };
}

export function hostileSchemas({ canary, canaryRelative, origin }: Targets): HostileSchema[] {
  const told = (what: string, schema: Json): HostileSchema => ({ what, schema, told: true });
  const long = (what: string, schema: Json): HostileSchema => ({ what, schema, told: true, isOurs: true });
  const legal = (what: string, schema: Json): HostileSchema => ({ what, schema, told: false });
  return [
    told('60 levels deep', nested(60)),
    told('400 levels deep', nested(400)),
    legal('itself as its own property', { ...of({ $ref: '#' }) }),
    told('a reference to nothing but itself', {
      ...of({ $ref: '#/definitions/a' }),
      definitions: { a: { $ref: '#/definitions/a' } },
    }),
    told('a circle through allOf', {
      ...of({ $ref: '#/definitions/a' }),
      definitions: {
        a: { allOf: [{ $ref: '#/definitions/b' }] },
        b: { anyOf: [{ $ref: '#/definitions/a' }] },
      },
    }),
    legal('a tree of itself', {
      ...of({ $ref: '#/definitions/a' }),
      definitions: { a: { type: 'array', items: { $ref: '#/definitions/a' } } },
    }),
    told('a reference over HTTP', of({ $ref: `${origin}/schema.json` })),
    told('a reference to a file by its address', of({ $ref: `file://${canary}` })),
    told('a reference to an absolute path', of({ $ref: canary })),
    told('a reference out of the folder', of({ $ref: `${canaryRelative}#/secret` })),
    told('a reference out of the folder, escaped', of({ $ref: canaryRelative.replaceAll('..', '%2e%2e') })),
    told(
      'a reference out of the folder, with backslashes',
      of({ $ref: canaryRelative.replaceAll('/', '\\') }),
    ),
    told('a reference through a link', of({ $ref: './link.json#/secret' })),
    told('references into what every object has', {
      ...of({ $ref: '#/__proto__' }),
      allOf: [{ $ref: '#/constructor/prototype' }],
    }),
    legal('an address of its own and a dialect elsewhere', {
      $id: `${origin}/a`,
      $schema: `${origin}/dialect`,
      ...of({ type: 'string' }),
    }),
    told(
      'a giant enum',
      of({ type: 'string', enum: Array.from({ length: 40_000 }, (_, index) => `value ${index}`) }),
    ),
    told('6,000 parameters', {
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 6_000 }, (_, index) => [`p${index}`, { type: 'string' }]),
      ),
    }),
    legal('30,000 required names', {
      ...of({}),
      required: Array.from({ length: 30_000 }, (_, index) => `r${index}`),
    }),
    legal(
      'a pattern that takes for ever',
      of({ type: 'string', pattern: '^(a+)+$', examples: [`${'a'.repeat(40)}!`] }),
    ),
    legal('patterns of names that take for ever', {
      type: 'object',
      patternProperties: { '^(a|a)*$': { type: 'string' } },
    }),
    legal('a pattern that repeats a million times', of({ type: 'string', pattern: '(?:a{1000}){1000}' })),
    told('patterns that are none', {
      type: 'object',
      properties: { a: { type: 'string', pattern: '([' }, b: { type: 'string', pattern: '*' } },
      patternProperties: { '(': {} },
    }),
    long('a pattern of 100 KB', of({ type: 'string', pattern: '(a|b)'.repeat(20_000) })),
    told(
      'names of what every object has',
      JSON.parse(
        '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"},"toString":{"properties":{"__proto__":{"polluted":true}}},"hasOwnProperty":{"type":"string"}},"required":["__proto__","constructor"]}',
      ) as Json,
    ),
    told(
      'numbers that are none',
      of({ type: 'number', minimum: '#1e999', maximum: '#-1e999', default: '#1e400', enum: ['#1e999'] }),
    ),
    told('keywords of the wrong kind', {
      type: 'object',
      properties: {
        a: { type: 7 },
        b: { type: 'frobnicate' },
        c: { enum: {} },
        d: { items: 'x', minItems: -1 },
        e: 5,
        f: [],
      },
      required: { a: true },
      additionalProperties: 'no',
    }),
    told('a text for the properties', { type: 'object', properties: 'city, days' }),
    told('texts with control and direction characters', {
      type: 'object',
      properties: {
        'a\u0000b\u001b[2J': { type: 'str\u202eing', description: '\u202e\u0007\u0000' },
        'new\nline': { type: 'string', enum: ['\u2028', '\ud800'] },
      },
    }),
    long('half a megabyte of description', of({ type: 'string', description: 'x'.repeat(500_000) })),
    legal('definitions that double 40 times (allOf)', doubling('allOf', 40)),
    legal('definitions that double 40 times (anyOf)', doubling('anyOf', 40)),
    legal(
      'markup for names',
      of({ type: 'string', title: '<img src=x onerror=alert(1)>', default: '${secret:KEY}' }),
    ),
    told('a choice of no forms', { anyOf: [], oneOf: 'x', allOf: [7] }),
  ];
}
