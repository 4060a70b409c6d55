import { isJsonObject, type JsonObject } from '../../json.ts';
import type { PythonType } from '../python/values.ts';

/** What a schema says of a value, in Python's types. */
export interface ExpectedType {
  /** Null: whatever. */
  type: PythonType | null;
  /** A whole number is as good as a fractional one. */
  widens: boolean;
  /** Type of the elements, of lists whose elements are looked at. */
  elements: PythonType | null;
  /** The name in the schema, for messages. */
  name: string;
}

/** The type names of the leaderboard's Python questions and of JSON Schema. `any` is a text to the leaderboard. */
const pythonTypes: Readonly<Record<string, PythonType>> = {
  string: 'str',
  integer: 'int',
  float: 'float',
  boolean: 'bool',
  array: 'list',
  tuple: 'list',
  dict: 'dict',
  any: 'str',
  number: 'float',
  object: 'dict',
  bool: 'bool',
  list: 'list',
  null: 'NoneType',
};

const javaTypes: Readonly<Record<string, PythonType>> = {
  byte: 'int',
  short: 'int',
  integer: 'int',
  float: 'float',
  double: 'float',
  long: 'int',
  boolean: 'bool',
  char: 'str',
  Array: 'list',
  ArrayList: 'list',
  HashMap: 'dict',
  Hashtable: 'dict',
  Queue: 'list',
  Stack: 'list',
  String: 'str',
  any: 'str',
};

const javascriptTypes: Readonly<Record<string, PythonType>> = {
  String: 'str',
  integer: 'int',
  float: 'float',
  Bigint: 'int',
  Boolean: 'bool',
  dict: 'dict',
  array: 'list',
  any: 'str',
};

const tables = { python: pythonTypes, java: javaTypes, javascript: javascriptTypes };
const listNames: ReadonlySet<string> = new Set(['array', 'tuple', 'list', 'Array', 'ArrayList']);

export type Language = keyof typeof tables;

/** What the schema of an argument expects. A schema of several types, or of none that is known, expects nothing. */
export function expectedType(schema: JsonObject, language: Language): ExpectedType {
  const name = typeof schema.type === 'string' ? schema.type : '';
  const type = pythonType(name, language);
  const { items } = schema;
  const elements =
    listNames.has(name) && isJsonObject(items) && typeof items.type === 'string'
      ? pythonType(items.type, language)
      : null;
  return { type, widens: language === 'python' && (name === 'float' || name === 'number'), elements, name };
}

/** Name of the type of a list's elements; absent where the schema does not say it. */
export function elementName(schema: JsonObject): string | undefined {
  const { items } = schema;
  return isJsonObject(items) && typeof items.type === 'string' ? items.type : undefined;
}

function pythonType(name: string, language: Language): PythonType | null {
  const table = tables[language];
  return Object.hasOwn(table, name) ? (table[name] as PythonType) : null;
}
