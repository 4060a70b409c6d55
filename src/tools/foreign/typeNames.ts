/** What specs call types (Python's, Java's, those of Gemini and of ToolBench), in the words of JSON Schema. */
import type { JsonObject } from '../../core/json.ts';

const groups: [names: string, schema: JsonObject][] = [
  ['string str text char character varchar enum symbol', { type: 'string' }],
  ['number float double decimal numeric real float32 float64 bigdecimal', { type: 'number' }],
  [
    'integer int long short byte bigint biginteger int8 int16 int32 int64 uint uint8 uint16 uint32 uint64',
    { type: 'integer' },
  ],
  ['boolean bool', { type: 'boolean' }],
  [
    'array list tuple arraylist linkedlist sequence vector queue stack iterable collection',
    { type: 'array' },
  ],
  ['set hashset treeset frozenset', { type: 'array', uniqueItems: true }],
  ['object dict dictionary map hashmap treemap hashtable mapping json struct record', { type: 'object' }],
  ['null none nonetype nil void', { type: 'null' }],
  ['any mixed unknown type_unspecified', {}],
  ['file binary bytes blob', { type: 'string', format: 'binary' }],
  ['date', { type: 'string', format: 'date' }],
  ['datetime date-time timestamp', { type: 'string', format: 'date-time' }],
  ['time', { type: 'string', format: 'time' }],
  ['uuid', { type: 'string', format: 'uuid' }],
  ['email', { type: 'string', format: 'email' }],
  ['url uri', { type: 'string', format: 'uri' }],
];

const known = new Map(
  groups.flatMap(([names, schema]) => names.split(' ').map((name) => [name, schema] as const)),
);

/** Longer texts are no names of types. */
const longest = 200;

/** The schema that a name of a type stands for; null for one that nobody knows. */
export function schemaOfType(written: string): JsonObject | null {
  const name = written.trim();
  const plain = known.get(name.toLowerCase());
  if (plain) return { ...plain };
  if (name.length > longest) return null;
  return dateOf(name) ?? unionOf(name) ?? genericOf(name);
}

/** `DATE (YYYY-MM-DD)` */
function dateOf(name: string): JsonObject | null {
  const [, inner] = /^date ?\((.*)\)$/i.exec(name) ?? [];
  if (inner === undefined) return null;
  return inner.toUpperCase() === 'YYYY-MM-DD' ? { type: 'string', format: 'date' } : { type: 'string' };
}

/** `string | null`, `int or float`, `Union[int, str]`, `Optional[str]` */
function unionOf(name: string): JsonObject | null {
  const [, optional] = /^(?:optional|nullable)[[<(](.*)[\])>]$/i.exec(name) ?? [];
  if (optional !== undefined) return union([optional, 'null']);
  const [, union1] = /^union[[<(](.*)[\])>]$/i.exec(name) ?? [];
  if (union1 !== undefined) return union(splitOutside(union1, ','));
  const parts = splitOutside(name.replaceAll(/\s+or\s+/gi, '|'), '|');
  return parts.length > 1 ? union(parts) : null;
}

function union(names: string[]): JsonObject | null {
  const schemas = names.map(schemaOfType);
  if (!schemas.every((schema) => schema !== null)) return null;
  const isPlain = schemas.every(
    (schema) => typeof schema.type === 'string' && Object.keys(schema).length === 1,
  );
  if (!isPlain) return { anyOf: schemas };
  const types = [...new Set(schemas.map(({ type }) => type as string))];
  return { type: types.length === 1 ? (types[0] as string) : types };
}

/** `List[str]`, `string[]`, `list of strings`, `Dict[str, int]`, `Map<String, Object>` */
function genericOf(name: string): JsonObject | null {
  const [, of] = /^(?:list|array|sequence)\s+of\s+(.+?)$/i.exec(name) ?? [];
  const [, suffixed] = /^(.+)\[\]$/.exec(name) ?? [];
  const item = of ?? suffixed;
  if (item !== undefined) {
    const items = schemaOfType(item) ?? schemaOfType(item.replace(/s$/, ''));
    return items && { type: 'array', items };
  }
  const [, outer, inner] = /^([a-z]+)\s*[[<(](.*)[\])>]$/i.exec(name) ?? [];
  const container = outer === undefined ? undefined : known.get(outer.toLowerCase());
  if (!container || inner === undefined) return null;
  const parts = splitOutside(inner, ',');
  if (container.type === 'array') {
    const items = parts.length === 1 ? schemaOfType(parts[0] as string) : null;
    return items ? { ...container, items } : { ...container };
  }
  if (container.type !== 'object') return { ...container };
  const values = schemaOfType(parts.at(-1) as string);
  return values && parts.length === 2 ? { ...container, additionalProperties: values } : { ...container };
}

/** Splits where no bracket is open. */
function splitOutside(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('[<('.includes(character)) depth++;
    else if ('])>'.includes(character)) depth--;
    if (character === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}
