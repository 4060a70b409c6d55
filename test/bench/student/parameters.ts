/** What a parameter is likely to be for, by its name and its description: that much the documentation of every tool tells. */
import { isJsonObject, type JsonObject } from '../../../src/core/json.ts';
import type { Kind } from './kinds.ts';
import * as open from './openThings.ts';
import * as things from './things.ts';

/** A tool as the student is told of it. */
export interface Documentation {
  name: string;
  description: string;
  parameters: JsonObject;
}

export interface Parameter {
  /** Names from the outside in: `passenger`, `name`. */
  path: readonly string[];
  schema: JsonObject;
  required: boolean;
  /** Null for a statement: see `statements.ts`. */
  kind: Kind | null;
}

const kinds: Readonly<Record<string, Kind>> = {
  value: open.quantity,
  amount: open.quantity,
  number: open.wholeNumber,
  base: open.base,
  unit: things.units,
  locale: things.languages,
  answer_in: things.languages,
  currency: things.currencies,
  zone: things.zones,
  moment: open.moment,
  code: open.code,
  kind: things.codeKinds,
  text: open.quotedText,
  key: open.quotedKey,
  format: things.looks,
  algorithm: things.digests,
  encoding: things.encodings,
  revision: things.revisions,
  since: open.day,
  dates: things.dateStyles,
  station: things.stations,
  time: open.clock,
  train: open.train,
  date: open.day,
  class: things.classes,
  seat: open.seat,
  'passenger.name': open.person,
  'passenger.age': open.age,
};

/** The parameters of a tool that the student can make something of, nested ones included. */
export function parametersOf(
  { description, parameters }: Pick<Documentation, 'description' | 'parameters'>,
  within: readonly string[] = [],
): Parameter[] {
  const { properties, required } = parameters;
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (!isJsonObject(schema)) return [];
    const path = [...within, name];
    const needed = Array.isArray(required) && required.includes(name);
    if (schema.type === 'object') return parametersOf({ description, parameters: schema }, path);
    const kind = kindOf(path.join('.'), schema, description);
    return kind === undefined ? [] : [{ path, schema, required: needed, kind }];
  });
}

function kindOf(name: string, schema: JsonObject, description: string): Kind | null | undefined {
  if (name === 'sql') return null;
  // A limit of a list, or the end of a range.
  if (name === 'limit') return /list|next|shows/i.test(description) ? open.howMany : open.upTo;
  return schema.type === 'object' ? undefined : kinds[name];
}
