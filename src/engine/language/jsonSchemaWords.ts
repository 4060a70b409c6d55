/** Words of JSON Schema, for `parameters`: with what is said of them while they are typed. */
import type { Path } from './manifestPlace.ts';

/** Keywords of a schema. */
export const schemaKeywords: readonly [keyword: string, text: string, nested?: 'nested'][] = [
  ['type', 'What kind of value it is: string, integer, number, boolean, array, object or null.'],
  ['description', 'What it means, for the model that fills it in.'],
  ['properties', 'The parameters by name, each with a schema.', 'nested'],
  ['required', 'Names of the parameters without which there can be no call.'],
  ['enum', 'The only values it can have.'],
  ['const', 'The one value it can have.'],
  ['default', 'The value where none is given. It is told to the model; nobody fills it in.'],
  ['examples', 'Values that show what is meant.'],
  ['format', 'What a text looks like: date, date-time, email, uri, uuid …'],
  ['pattern', 'A regular expression that a text matches.'],
  ['minLength', 'Characters of a text at least.'],
  ['maxLength', 'Characters of a text at most.'],
  ['minimum', 'The least a number can be.'],
  ['maximum', 'The most a number can be.'],
  ['exclusiveMinimum', 'A number is above this.'],
  ['exclusiveMaximum', 'A number is below this.'],
  ['multipleOf', 'A number is a multiple of this.'],
  ['items', 'The schema of each item of a list.', 'nested'],
  ['minItems', 'Items of a list at least.'],
  ['maxItems', 'Items of a list at most.'],
  ['uniqueItems', 'Whether no two items of a list are equal.'],
  ['additionalProperties', 'Whether there may be parameters that are not named; or their schema.'],
  ['patternProperties', 'Schemas of parameters whose names match a regular expression.', 'nested'],
  ['anyOf', 'Schemas of which at least one holds.', 'nested'],
  ['oneOf', 'Schemas of which exactly one holds.', 'nested'],
  ['allOf', 'Schemas that all hold.', 'nested'],
  ['not', 'A schema that must not hold.', 'nested'],
];

/** Values of keywords that have few. */
export const keywordValues: Readonly<Record<string, readonly string[]>> = {
  type: ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'],
  format: [
    'date',
    'date-time',
    'time',
    'duration',
    'email',
    'hostname',
    'ipv4',
    'ipv6',
    'uri',
    'uuid',
    'regex',
  ],
  uniqueItems: ['true', 'false'],
  additionalProperties: ['false', 'true'],
};

const toSchema = new Set([
  'items',
  'not',
  'additionalProperties',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
]);
const toNames = new Set(['properties', 'patternProperties', '$defs', 'definitions']);
const toList = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);

/** Whether what stands at a path within a schema is a schema itself. */
export function isSchemaAt(path: Path): boolean {
  let state: 'schema' | 'names' | 'list' | 'other' = 'schema';
  for (const key of path) {
    if (state === 'names') state = 'schema';
    else if (state === 'list') state = typeof key === 'number' ? 'schema' : 'other';
    else if (state === 'schema') {
      const word = String(key);
      state = toSchema.has(word)
        ? 'schema'
        : toNames.has(word)
          ? 'names'
          : toList.has(word)
            ? 'list'
            : 'other';
    } else return false;
  }
  return state === 'schema';
}
