/** Examples of a parameter, a body or a schema. */
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { memberOf } from './references.ts';

const mostExamples = 5;

/** `example`, and `examples` of both forms: a list, and named ones with their values. Each once; undefined for none. */
export function examplesOf(value: JsonObject): Json[] | undefined {
  const { example, examples } = value;
  const found: Json[] = Array.isArray(examples)
    ? examples
    : isJsonObject(examples)
      ? Object.values(examples).flatMap((one) => memberOf(one, 'value') ?? [])
      : [];
  const all = example === undefined ? found : [example, ...found];
  const distinct = new Map(all.slice(0, mostExamples).map((one) => [canonicalJson(one), one]));
  return distinct.size > 0 ? [...distinct.values()] : undefined;
}
