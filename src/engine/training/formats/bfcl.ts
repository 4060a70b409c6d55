import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Conversation } from '../conversation.ts';
import type { DataFormat } from './format.ts';
import { jsonLinesFile, pathBeside } from './jsonLines.ts';

/**
 * Rows of the Berkeley Function-Calling Leaderboard (its README and `bfcl_eval/data`): questions in one file, accepted answers in
 * another (`.answers` before the ending), by `id`. A question is a list of conversations of messages; functions have Python's
 * names for types; an answer names for each argument the list of the values that count as right, `""` in it where it may be left
 * out. A question that no function answers has no answer row there (`irrelevance`). One call a question: where the second call
 * follows from what the first one found, this form cannot say so.
 */
export const bfcl: DataFormat = {
  label: 'BFCL',
  takesMore: false,
  noRow: 'they need several calls one after another, which a question of this form cannot say',
  rows({ conversation }) {
    const { calls, query, tools } = conversation;
    if (calls.length > 1) return [];
    const question = {
      question: [[{ role: 'user', content: query }]],
      function: tools.map(({ name, description, parameters }) => ({
        name,
        description,
        parameters: pythonTypes(parameters, name === calls[0]?.tool ? calls[0].arguments : {}),
      })),
    };
    return [{ question, answer: calls.map((call) => accepted(call, conversation)) }];
  },
  async files(rows, path) {
    const counts = { simple: 0, irrelevance: 0 };
    const questions: JsonObject[] = [];
    const answers: JsonObject[] = [];
    for (const { question, answer } of rows as unknown as { question: JsonObject; answer: Json[] }[]) {
      const category = answer.length > 0 ? 'simple' : 'irrelevance';
      const id = `${category}_${counts[category]}`;
      counts[category] += 1;
      questions.push({ id, ...question });
      if (answer.length > 0) answers.push({ id, ground_truth: answer });
    }
    return [
      jsonLinesFile(questions, path, 'bfcl'),
      jsonLinesFile(answers, pathBeside(path, '.answers.jsonl'), 'bfcl-answers'),
    ];
  },
};

const pythonNames: Record<string, string> = {
  object: 'dict',
  number: 'float',
  array: 'array',
  string: 'string',
  integer: 'integer',
  boolean: 'boolean',
};

/**
 * A schema with Python's names for its types, at every depth. What may be of several types, or of any, has the type of the value
 * that is right: `any` means a text there.
 */
function pythonTypes(schema: JsonObject, value?: Json): JsonObject {
  const { type, properties, items } = schema;
  const one = Array.isArray(type) ? type.filter((name) => name !== 'null') : [type];
  const named = one.length === 1 && typeof one[0] === 'string' ? pythonNames[one[0]] : undefined;
  const members = isJsonObject(value) ? value : {};
  const first = Array.isArray(value) ? value[0] : undefined;
  return {
    ...schema,
    type: named ?? typeOfValue(value),
    ...(isJsonObject(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, part]) => [name, partTypes(part, members[name])]),
          ),
        }
      : {}),
    ...(items === undefined ? {} : { items: partTypes(items, first) }),
  };
}

function partTypes(part: Json, value: Json | undefined): Json {
  return pythonTypes(isJsonObject(part) ? part : {}, value);
}

function typeOfValue(value: Json | undefined): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'array';
  return isJsonObject(value) ? 'dict' : 'any';
}

/** The arguments that worked, and what may stand for those that were left out. */
function accepted(call: Conversation['calls'][number], { tools }: Conversation): JsonObject {
  const parameters = tools.find(({ name }) => name === call.tool)?.parameters ?? {};
  const properties = isJsonObject(parameters.properties) ? parameters.properties : {};
  const required = Array.isArray(parameters.required) ? parameters.required : [];
  const given = Object.entries(call.arguments).map(([name, value]): [string, Json] => {
    const schema = properties[name];
    const isDefault = isJsonObject(schema) && !required.includes(name) && equal(schema.default, value);
    return [name, isDefault ? [accept(value), ''] : [accept(value)]];
  });
  const left = Object.entries(properties).flatMap(([name, schema]): [string, Json][] => {
    if (Object.hasOwn(call.arguments, name) || required.includes(name)) return [];
    return isJsonObject(schema) && schema.default !== undefined ? [[name, ['', accept(schema.default)]]] : [];
  });
  return { [call.tool]: Object.fromEntries([...given, ...left]) };
}

/**
 * A right value. The members of an object, and of the objects of a list, have lists of right values; what lies deeper is compared
 * as it is.
 */
function accept(value: Json): Json {
  return Array.isArray(value) ? value.map(acceptMembers) : acceptMembers(value);
}

function acceptMembers(value: Json): Json {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, [part]]));
}

function equal(a: Json | undefined, b: Json): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
