import type { Json } from '../../../core/json.ts';

/** JSON types a value can be asked to have. */
export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null';

/** Formats an error text can ask for by name. Dates and times are pictures instead. */
export type FormatName =
  | 'email'
  | 'uri'
  | 'uuid'
  | 'ipv4'
  | 'ipv6'
  | 'hostname'
  | 'e164'
  | 'hex'
  | 'base64'
  | 'duration'
  | 'code2'
  | 'code3'
  | 'locale'
  | 'zone';

/** One thing that an error text says about one argument. */
export type Finding = { pointer: string } & (
  | { kind: 'refused'; value: Json }
  /** Only these are taken. */
  | { kind: 'allowed'; values: string[] }
  | { kind: 'suggested'; value: string }
  /** Dates and times are to be written after this picture. */
  | { kind: 'picture'; picture: string }
  | { kind: 'format'; format: FormatName; length?: number }
  | { kind: 'pattern'; pattern: string }
  | { kind: 'range'; min?: number; max?: number; exclusive?: boolean }
  | { kind: 'length'; min?: number; max?: number }
  | { kind: 'type'; type: JsonType }
  | { kind: 'missing' }
  | { kind: 'unexpected' }
  /** Something inside the value is not known: a table, a column, a path. */
  | { kind: 'avoid'; word: string }
  /** The two arguments stand in the wrong order, for instance start and end. */
  | { kind: 'swap'; other: string }
  /** Not together with the other argument. */
  | { kind: 'alone'; other: string }
);
