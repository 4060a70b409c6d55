import { extname } from 'node:path';
import { Document, visit } from 'yaml';
import { harmlessJson, withEscapes } from '../../../core/harmless.ts';
import { functionTools } from './chatMessages.ts';
import type { DataFormat, Row } from './format.ts';

/**
 * A configuration of promptfoo ("Reference", "Test cases", "Javascript assertions", "Tool calling"): `prompts`, `providers` with the
 * tools in OpenAI's form, which promptfoo turns into that of each provider, and a test an example, whose assertion looks at the
 * calls that were made. JSON where the file is called so, YAML otherwise. The calls that count as right are a variable of the
 * test, as JSON text: a list there would be one test an item. Texts that promptfoo would take for a template or for the name of
 * a file are kept from being either.
 */
export const promptfoo: DataFormat = {
  label: 'promptfoo',
  takesMore: true,
  rows({ conversation }) {
    const { query, calls, kind } = conversation;
    // A model answers a query with its first call: what follows depends on what the tool says.
    const expected = calls.slice(0, 1).map(({ tool: name, arguments: args }) => ({ name, arguments: args }));
    return [
      {
        description: `${kind === 'call' ? '' : 'No call: '}${headline(query)}`,
        vars: { query: asText(query), expected_calls: withoutTemplates(JSON.stringify(expected)) },
      },
    ];
  },
  async files(rows, path, { tools }) {
    const head = {
      description: 'Examples learned by Imaginarium',
      prompts: ['{{query}}'],
      providers: [
        { id: 'openai:chat:gpt-5-mini', config: { tools: functionTools(tools), tool_choice: 'auto' } },
      ],
      defaultTest: { assert: [{ type: 'javascript', value: assertion }] },
    };
    const text = extname(path) === '.json' ? jsonText(head, rows) : yamlText(head, rows);
    return [{ path, text, rows: rows.length, lint: 'promptfoo' }];
  },
};

function jsonText(head: object, rows: readonly Row[]): string[] {
  return [`${harmlessJson({ ...head, tests: rows.map(testOf) }, 2)}\n`];
}

/** Test by test: a document of thousands of them is not made in one go. */
function yamlText(head: object, rows: readonly Row[]): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      yield `${yaml(head)}tests:\n`;
      for (const row of rows) yield yaml([testOf(row)]);
    },
  };
}

/** Texts stand in double quotes, where what cannot be seen can be written as an escape; our own code stands as it is. */
function yaml(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (node.value === assertion) node.type = 'BLOCK_LITERAL';
    },
  });
  const styles = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 } as const;
  return withEscapes(document.toString(styles));
}

function testOf({ imaginarium, ...test }: Row): Row {
  return imaginarium === undefined ? test : { ...test, metadata: { imaginarium } };
}

/** A text that is neither a template of Nunjucks nor the address of something that is read. */
function asText(text: string): string {
  if (!/\{[{%#]|^\s*\w+:/.test(text)) return text;
  return `{% raw %}${text.replaceAll('endraw', 'end raw')}{% endraw %}`;
}

/** The beginning of a query on one line, with nothing that begins a template. */
function headline(query: string): string {
  return query
    .replace(/\s+/g, ' ')
    .slice(0, 200)
    .replace(/\{(?=[{%#])/g, '{ ');
}

/** JSON that says the same and in which nothing begins a template: outside of its texts it has no such thing. */
function withoutTemplates(json: string): string {
  return json.replace(/\{(?=[{%#])/g, '\\u007b');
}

/**
 * True when the first call is the expected one, or when none was expected and none was made. It reads the calls of OpenAI's two
 * APIs, of Anthropic and of Google as promptfoo hands them out. It must hold nothing that begins a template.
 */
const assertion = `const found = [];
const read = (value) => {
  if (typeof value === 'string') {
    for (const part of [value, ...value.split('\\n')]) {
      try { const parsed = JSON.parse(part); if (parsed && typeof parsed === 'object') { read(parsed); if (part === value) return; } }
      catch { continue; }
    }
  } else if (Array.isArray(value)) value.forEach(read);
  else if (value && typeof value === 'object') {
    const call = value.function || value.functionCall || value;
    const args = call.arguments || call.input || call.args;
    if (typeof call.name === 'string' && (args !== undefined || call !== value)) {
      found.push([call.name, typeof args === 'string' ? JSON.parse(args) : args || Object()]);
    } else [value.tool_calls, value.content, value.output].forEach((part) => part && read(part));
  }
};
const sorted = (value) => Array.isArray(value) ? value.map(sorted)
  : value && typeof value === 'object' ? Object.keys(value).sort().map((key) => [key, sorted(value[key])]) : value;
read(output);
const expected = JSON.parse(context.vars.expected_calls).map((call) => [call.name, call.arguments]);
const ok = JSON.stringify(sorted(found.slice(0, 1))) === JSON.stringify(sorted(expected));
const reason = ok ? 'As expected' : 'Expected ' + JSON.stringify(expected) + ', got ' + JSON.stringify(found);
return { pass: ok, score: ok ? 1 : 0, reason };`;
