/** The words of JSON Schema by what stands under them. */

export type KeywordKind =
  /** A schema. */
  | 'schema'
  /** A list of schemas. */
  | 'schemas'
  /** Schemas by name. */
  | 'byName'
  | 'text'
  | 'number'
  /** A whole number that is not negative. */
  | 'count'
  | 'flag'
  /** Each of these has a rule of its own. */
  | 'own';

const words: Record<KeywordKind, string> = {
  schema:
    'additionalProperties unevaluatedProperties unevaluatedItems contains propertyNames not if then else',
  schemas: 'allOf anyOf oneOf prefixItems',
  byName: 'dependentSchemas',
  text: 'title description contentEncoding contentMediaType',
  number: 'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf',
  count: 'minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains',
  flag: 'uniqueItems deprecated readOnly writeOnly',
  own: 'properties required items pattern format patternProperties dependentRequired dependencies',
};

export const keywordKinds: ReadonlyMap<string, KeywordKind> = new Map(
  (Object.keys(words) as KeywordKind[]).flatMap((kind) => words[kind].split(' ').map((word) => [word, kind])),
);

/** Read elsewhere, or nothing that a model needs. */
const silent = new Set(
  (
    'type enum const default examples example nullable discriminator $ref $dynamicRef $recursiveRef $schema $id id ' +
    '$anchor $dynamicAnchor $recursiveAnchor $comment $vocabulary $defs definitions components additionalItems xml ' +
    'externalDocs propertyOrdering optional strict'
  ).split(' '),
);

/** Whether a word can be left out without a word. */
export function leftOut(keyword: string): boolean {
  return silent.has(keyword) || /^x-/i.test(keyword) || keyword.startsWith('$');
}
