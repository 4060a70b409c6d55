/** What ajv says about arguments, as failures that a person and a model understand, the gravest first. */
import type { ErrorObject } from 'ajv';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { keysOf, pointerOf, valueAt } from '../../core/jsonPointer.ts';
import type { Failure, FailureType } from '../../core/trial.ts';

const gravity: readonly FailureType[] = [
  'missing_argument',
  'unexpected_argument',
  'wrong_type',
  'invalid_value',
];

/** Keywords that only say that something below them failed. */
const summaries = new Set(['if', 'allOf', '$ref', '$dynamicRef', 'propertyNames']);
const choices = new Set(['anyOf', 'oneOf']);

export function failuresOf(schema: JsonObject, args: JsonObject, errors: readonly ErrorObject[]): Failure[] {
  const told = withoutNoise(errors).map((error) => failureOf(error, args));
  const all = [...told, ...unexpectedArguments(schema, args, told)];
  const seen = new Set<string>();
  return all
    .filter(({ type, argument, message }) => {
      const key = `${type} ${argument} ${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => gravity.indexOf(a.type) - gravity.indexOf(b.type));
}

/** Of a choice between schemas, what each of them lacks says nothing: the choice itself is the failure. */
function withoutNoise(errors: readonly ErrorObject[]): ErrorObject[] {
  const choosing = errors.filter(({ keyword }) => choices.has(keyword));
  return errors.filter(
    (error) =>
      !summaries.has(error.keyword) &&
      !choosing.some(
        (choice) =>
          choice !== error &&
          error.schemaPath.startsWith(`${choice.schemaPath}/`) &&
          error.instancePath.startsWith(choice.instancePath),
      ),
  );
}

function failureOf(error: ErrorObject, args: JsonObject): Failure {
  const { keyword, params, instancePath } = error;
  const place = nameOf(instancePath);
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
    case 'dependencies':
      return failure(
        'missing_argument',
        instancePath + pointerOf(String(params.missingProperty)),
        (name) => `${name} is missing.`,
      );
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const extra = params.additionalProperty ?? params.unevaluatedProperty;
      return failure(
        'unexpected_argument',
        instancePath + pointerOf(String(extra)),
        (name) => `${name} is no parameter.`,
      );
    }
    case 'type': {
      const wanted = Array.isArray(params.type) ? params.type.join(' or ') : String(params.type);
      const message = `${place} must be ${article(wanted)}, not ${sayJson(valueAt(args, instancePath))}.`;
      return { type: 'wrong_type', message, argument: instancePath };
    }
    default:
      return { type: 'invalid_value', message: valueMessage(error, args, place), argument: instancePath };
  }
}

function valueMessage(
  { keyword, params, message, instancePath }: ErrorObject,
  args: JsonObject,
  place: string,
): string {
  const value = sayJson(valueAt(args, instancePath));
  switch (keyword) {
    case 'enum':
      return `${place} must be one of ${params.allowedValues.slice(0, 30).map(sayJson).join(', ')}, not ${value}.`;
    case 'const':
      return `${place} must be ${sayJson(params.allowedValue)}, not ${value}.`;
    case 'anyOf':
    case 'oneOf':
      return `${place} fits ${keyword === 'oneOf' && params.passingSchemas ? 'more than one' : 'none'} of the forms it may have; it is ${value}.`;
    case 'format':
      return `${place} must have the format ${params.format}; it is ${value}.`;
    case 'pattern':
      return `${place} must match ${params.pattern}; it is ${value}.`;
    default:
      return `${place} ${message ?? 'is not valid'}; it is ${value}.`;
  }
}

/** A name that the schema does not know is a mistake, also where the schema forgets to forbid it. */
function unexpectedArguments(schema: JsonObject, args: JsonObject, told: readonly Failure[]): Failure[] {
  const { properties } = schema;
  if (!isJsonObject(properties)) return [];
  const openers = [
    'patternProperties',
    'additionalProperties',
    'unevaluatedProperties',
    '$ref',
    'allOf',
    'anyOf',
    'oneOf',
    'if',
  ];
  if (openers.some((keyword) => keyword in schema)) return [];
  const known = new Set(told.map(({ argument }) => argument));
  return Object.keys(args)
    .filter((name) => !Object.hasOwn(properties, name) && !known.has(pointerOf(name)))
    .map((name) => failure('unexpected_argument', pointerOf(name), (it) => `${it} is no parameter.`));
}

function failure(type: FailureType, argument: string, say: (name: string) => string): Failure {
  return { type, message: say(nameOf(argument)), argument };
}

/** `/passenger/name` as `"passenger.name"`. */
function nameOf(pointer: string): string {
  const keys = keysOf(pointer);
  return keys.length === 0 ? 'The arguments' : `"${keys.join('.')}"`;
}

function article(type: string): string {
  return type === 'null' ? type : `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
}

function sayJson(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
