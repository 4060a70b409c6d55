/** A small right spec in each format, with a place for a schema and for a name: what hostile things are put into. */
import type { Json, JsonObject } from '../../../../src/core/json.ts';

export interface Carrier {
  format: string;
  path: string;
  /** What a text of it that is spoilt must still have for a person to be told. */
  sign: RegExp;
  /** The text of a spec with these parts; the default ones are right. */
  text(parts?: { name?: Json; description?: Json; schema?: Json }): string;
  /** Whether it has no parameters to spoil. */
  hasSchema: boolean;
}

interface Parts {
  name: Json;
  description: Json;
  schema: Json;
}

const right: Parts = {
  name: 'get_weather',
  description: 'The weather of a city.',
  schema: {
    type: 'object',
    properties: { city: { type: 'string', description: 'Where' }, days: { type: 'integer', default: 3 } },
    required: ['city'],
  },
};

function carrier(
  format: string,
  path: string,
  sign: RegExp,
  make: (parts: Parts) => Json,
  hasSchema = true,
): Carrier {
  return { format, path, sign, hasSchema, text: (parts = {}) => jsonText(make({ ...right, ...parts })) };
}

/** JSON with the numbers that JavaScript cannot hold: `"1e999"` marked by `#` is written without quotes. */
function jsonText(value: Json): string {
  return JSON.stringify(value, null, 1).replace(/"#(-?[\d.e+]+)"/g, '$1');
}

function operation({ name, description, schema }: Parts): JsonObject {
  return {
    openapi: '3.0.3',
    info: { title: 'Weather', version: '1' },
    servers: [{ url: 'http://127.0.0.1:1/' }],
    paths: {
      '/weather': {
        post: {
          operationId: name,
          description,
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { 200: { description: 'ok' } },
        },
      },
    },
  };
}

export const carriers: readonly Carrier[] = [
  carrier('openai', 'functions.json', /"type": "function"/, ({ name, description, schema }) => ({
    tools: [{ type: 'function', function: { name, description, parameters: schema } }],
  })),
  carrier('anthropic', 'claude.json', /"input_schema":/, ({ name, description, schema }) => [
    { name, description, input_schema: schema },
  ]),
  carrier('gemini', 'gemini.json', /"functionDeclarations":/, ({ name, description, schema }) => ({
    functionDeclarations: [{ name, description, parameters: schema }],
  })),
  carrier('mcpTools', 'listed.json', /"inputSchema":/, ({ name, description, schema }) => ({
    jsonrpc: '2.0',
    id: 1,
    result: { tools: [{ name, description, inputSchema: schema }] },
  })),
  carrier('editorTools', 'ext/package.json', /"languageModelTools":/, ({ name, description, schema }) => ({
    name: 'x',
    contributes: { languageModelTools: [{ name, modelDescription: description, inputSchema: schema }] },
  })),
  carrier('toolbench', 'apis.json', /"required_parameters":/, ({ name, description, schema }) => ({
    api_list: [
      {
        name,
        description,
        required_parameters: [{ name: 'body', description: '', default: '', ...(schema as JsonObject) }],
        optional_parameters: [],
      },
    ],
  })),
  carrier('bfcl', 'docs.json', /"type": "dict"/, ({ name, description, schema }) => [
    { name, description, parameters: { type: 'dict', properties: { body: schema } } },
  ]),
  carrier('openapi', 'service.json', /"openapi": "3/, operation),
  // JSON is YAML, except that a tab may not be at the beginning of a line, and there is none.
  carrier('openapi', 'service.yaml', /"openapi": "3/, operation),
  carrier('manifest', 'imaginarium.yaml', /^/, ({ name, description, schema }) => ({
    tools: [{ name, description, parameters: schema, run: { command: ['true'] } }],
  })),
  carrier(
    'mcpServers',
    '.mcp.json',
    /"mcpServers"/,
    ({ name, description }) => ({
      mcpServers: {
        [typeof name === 'string' ? name : 'x']: { command: 'true', args: [description], env: { A: name } },
      },
    }),
    false,
  ),
];
