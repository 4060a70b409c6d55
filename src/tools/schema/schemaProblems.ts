/**
 * Whether a JSON Schema is one. Only the (trusted) meta-schema is run here; the schema itself, whose patterns may hang a
 * process, is compiled and run in a worker alone (`argumentCheck.ts`).
 */
import type { ErrorObject } from 'ajv';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { pointerOf, valueAt } from '../../core/jsonPointer.ts';
import { didYouMean } from '../suggest.ts';
import { type AnyAjv, isDraft07, newAjv } from './ajv.ts';
import { endlessReferences } from './endlessReferences.ts';

export interface SchemaProblem {
  /** JSON Pointer into the schema. */
  pointer: string;
  severity: 'error' | 'warning';
  message: string;
}

const typeNames = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const validators = new Map<boolean, AnyAjv>();

/** What is wrong with a schema for arguments; none when it can be used. */
export function schemaProblems(schema: Json): SchemaProblem[] {
  if (!isJsonObject(schema))
    return [problem('', 'The parameters must be a JSON Schema: a mapping with `type: object`.')];
  if (schema.type !== 'object') {
    const found = schema.type === undefined ? 'has no type' : `has the type ${JSON.stringify(schema.type)}`;
    const pointer = schema.type === undefined ? '' : '/type';
    return [problem(pointer, `The parameters must be a schema with \`type: object\`; this one ${found}.`)];
  }
  const wrong = metaSchemaProblems(schema);
  return wrong.length > 0 ? wrong : [...referenceProblems(schema), ...requiredProblems(schema)];
}

function metaSchemaProblems(schema: JsonObject): SchemaProblem[] {
  const dialect = typeof schema.$schema === 'string' ? schema.$schema : '';
  const ajv = validators.get(isDraft07(dialect)) ?? newAjv(dialect);
  validators.set(isDraft07(dialect), ajv);
  try {
    if (ajv.validateSchema(schema)) return [];
  } catch (error) {
    return [problem('', `The parameters are no JSON Schema: ${(error as Error).message}.`)];
  }
  const deepestFirst = [...(ajv.errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length);
  const byPlace = new Map<string, ErrorObject>();
  for (const error of deepestFirst) {
    const covered = [...byPlace.keys()].some((place) => place.startsWith(error.instancePath));
    if (!covered) byPlace.set(error.instancePath, error);
  }
  return [...byPlace.values()].map((error) => problem(error.instancePath, metaMessage(schema, error)));
}

function metaMessage(schema: JsonObject, error: ErrorObject): string {
  const value = valueAt(schema, error.instancePath);
  const key = error.instancePath.split('/').at(-1) ?? '';
  const written = JSON.stringify(value)?.slice(0, 60);
  if (key === 'type' || typeNames.some((name) => error.params.allowedValues?.includes(name))) {
    const hint = typeof value === 'string' ? didYouMean(value, typeNames) : '';
    return `${written} is no type: write one of ${typeNames.join(', ')}.${hint}`;
  }
  return `"${key}" of a JSON Schema ${error.message ?? 'is wrong'}; it is ${written}.`;
}

function referenceProblems(schema: JsonObject): SchemaProblem[] {
  const found: SchemaProblem[] = patternProblems(schema);
  const anchors = new Set<string>();
  walk(schema, (key, value) => {
    if ((key === '$anchor' || key === '$dynamicAnchor') && typeof value === 'string')
      anchors.add(`#${value}`);
  });
  walk(schema, (key, value, pointer) => {
    if (key !== '$ref' || typeof value !== 'string') return;
    if (anchors.has(value)) return;
    if (!value.startsWith('#')) {
      found.push(
        problem(pointer, `"${value}" points outside of the file: write the schema here, under $defs.`),
      );
    } else if (value !== '#' && valueAt(schema, decodeURI(value.slice(1))) === undefined) {
      found.push(problem(pointer, `"${value}" points to nothing.`));
    }
  });
  for (const { schema: circle, pointer } of found.length > 0 ? [] : endlessReferences(schema)) {
    found.push(
      problem(pointer, `"${circle.$ref}" leads back to itself: no value is ever checked against it.`),
    );
  }
  return found;
}

/** The meta-schema leaves formats, and so regular expressions, unchecked. */
function patternProblems(schema: JsonObject): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  walk(schema, (key, value, pointer) => {
    const patterns = key === 'pattern' && typeof value === 'string' ? [value] : [];
    if (key === 'patternProperties' && isJsonObject(value)) patterns.push(...Object.keys(value));
    for (const pattern of patterns) {
      try {
        new RegExp(pattern, 'u');
      } catch {
        found.push(problem(pointer, `${JSON.stringify(pattern)} is no regular expression.`));
      }
    }
  });
  return found;
}

function requiredProblems(schema: JsonObject): SchemaProblem[] {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const names = Array.isArray(schema.required) ? schema.required : [];
  return names.flatMap((name, index) => {
    if (typeof name !== 'string' || Object.hasOwn(properties, name)) return [];
    const message = `"required" names "${name}", which is not among the properties.${didYouMean(name, Object.keys(properties))}`;
    return [{ pointer: `/required/${index}`, severity: 'warning' as const, message }];
  });
}

/** Keywords whose values are data, not schemas. */
const data = new Set(['enum', 'const', 'default', 'examples']);

function walk(value: Json, visit: (key: string, value: Json, pointer: string) => void, pointer = ''): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, visit, `${pointer}/${index}`);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const at = pointer + pointerOf(key);
      visit(key, item, at);
      if (!data.has(key)) walk(item, visit, at);
    }
  }
}

function problem(pointer: string, message: string): SchemaProblem {
  return { pointer, severity: 'error', message };
}
