/**
 * Parameters and body of an operation as one object of arguments. A parameter is an argument of its own name; where two
 * places have a parameter of that name, each is `<place>_<name>`. The body is the argument `body`, whole, so that nothing in
 * it can collide with a parameter; a parameter that is called `body` beside one is `<place>_body`.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import type { OperationBody, OperationParameter } from './operation.ts';
import type { FoundParameter } from './parameters.ts';
import type { FoundBody } from './requestBody.ts';
import type { ConvertedSchema, Schemas } from './schemas.ts';

export interface OperationArguments {
  schema: JsonObject;
  parameters: OperationParameter[];
  body: OperationBody | null;
  /** What is told otherwise than the document has it. */
  notes: string[];
}

const bodyName = 'body';

/** One schema for all arguments, and which argument fills what. */
export function argumentsOf(
  parameters: readonly FoundParameter[],
  body: FoundBody | null,
  schemas: Schemas,
): OperationArguments {
  const names = argumentNames(parameters, body !== null);
  const needs: ConvertedSchema['needs'] = new Set();
  const convert = (place: FoundParameter['schema']): Json => {
    const converted = schemas.convert(place);
    for (const need of converted.needs) needs.add(need);
    return converted.schema;
  };
  const properties: [string, Json][] = parameters.map((parameter, index) => [
    names[index] as string,
    described(
      convert(parameter.schema),
      parameterText(parameter, names[index] as string),
      parameter.examples,
    ),
  ]);
  if (body) {
    const schema = body.schema
      ? convert(body.schema)
      : body.mediaType.includes('json')
        ? {}
        : { type: 'string' };
    properties.push([bodyName, described(schema, bodyText(body), body.examples)]);
  }
  const required = [
    ...names.filter((_, index) => parameters[index]?.required),
    ...(body?.required ? [bodyName] : []),
  ];
  const { definitions, open } = schemas.definitions(needs);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length > 0 ? { required } : {}),
      ...(Object.keys(definitions).length > 0 ? { $defs: definitions } : {}),
    },
    parameters: parameters.map(({ name, in: place, style, explode, allowReserved, content }, index) => ({
      argument: names[index] as string,
      name,
      in: place,
      style,
      explode,
      allowReserved,
      content,
    })),
    body: body && { argument: bodyName, mediaType: body.mediaType, fields: body.fields },
    notes: [
      ...parameters.flatMap(({ name, in: place }, index) =>
        names[index] === name ? [] : [`The ${place} parameter "${name}" is the argument "${names[index]}".`],
      ),
      ...(open.length > 0
        ? [
            `The schema is too large to be told whole: ${open.slice(0, 5).join(', ')}${open.length > 5 ? ' and others' : ''} may be anything.`,
          ]
        : []),
    ],
  };
}

/** Names that every provider takes as names of arguments, one each. */
function argumentNames(parameters: readonly FoundParameter[], hasBody: boolean): string[] {
  const plain = parameters.map(({ name }) => legal(name));
  const taken = new Set(hasBody ? [bodyName] : []);
  const often = new Set(plain.filter((name, index) => plain.indexOf(name) !== index || taken.has(name)));
  return parameters.map(({ in: place }, index) => {
    const base = plain[index] as string;
    const wanted = often.has(base) ? legal(`${place}_${base}`) : base;
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted.slice(0, 60)}_${count}`;
    taken.add(name);
    return name;
  });
}

function legal(name: string): string {
  const plain = name
    .replace(/[^A-Za-z0-9_.-]+/g, '_')
    .replace(/^_+(?=.)|(?<=.)_+$/g, (underscores) => (name.includes(underscores) ? underscores : ''))
    .slice(0, 64);
  return plain === '__proto__' || plain === '' ? 'parameter' : plain;
}

function parameterText({ description, name, in: place }: FoundParameter, argument: string): string {
  return argument === name
    ? description
    : [description, `(The ${place} parameter "${name}".)`].filter(Boolean).join(' ');
}

function bodyText({ description, mediaType, fields }: FoundBody): string {
  const isFile = Object.values(fields).some(({ file }) => file);
  const form = isFile ? 'A file is its text, or a data: URL (data:image/png;base64,…).' : '';
  const raw = /json|form/.test(mediaType) ? '' : `Written as ${mediaType}.`;
  return [description, raw, form].filter(Boolean).join(' ');
}

/** What the parameter says counts more than what its schema does. */
function described(schema: Json, text: string, examples: Json[] | undefined): Json {
  const base: JsonObject =
    typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? schema : {};
  if (schema === false) return false;
  return {
    ...base,
    ...(text === '' ? {} : { description: text }),
    ...(examples ? { examples } : {}),
  };
}
