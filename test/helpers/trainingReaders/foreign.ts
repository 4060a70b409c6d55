/** What other tools make of their files, by their documentation. */
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { demand, type Fields, lines, list, object, text } from './reading.ts';

export interface ReadQuestion {
  query: string;
  functions: string[];
  /** For each argument the values that count; null where no function is right. */
  truth: { name: string; arguments: Record<string, unknown[]> }[] | null;
}

/** BFCL: questions and accepted answers, joined by id. */
export function readBfcl(questions: string, answers: string): ReadQuestion[] {
  const truths = new Map(
    lines(answers).map((row) => [text(row.id, 'id'), list(row.ground_truth, 'ground_truth')]),
  );
  const read = lines(questions).map((row) => {
    const id = text(row.id, 'id');
    const [turn, ...turns] = list(row.question, 'question');
    const [message, ...more] = list(turn, 'a turn').map((one) => object(one, 'a message'));
    demand(turns.length === 0 && more.length === 0 && message?.role === 'user', 'one message of the user');
    const functions = list(row.function, 'function').map((one) => {
      const { name, description, parameters } = object(one, 'a function');
      text(description, 'description');
      pythonTypes(parameters);
      return text(name, 'name');
    });
    const truth = truths.get(id);
    demand((truth === undefined) === id.startsWith('irrelevance'), 'answers for what can be answered');
    return {
      query: text(message.content, 'content'),
      functions,
      truth:
        truth?.map((one) => {
          const [[name, accepted], ...others] = Object.entries(object(one, 'a call')) as [[string, unknown]];
          demand(others.length === 0 && functions.includes(name), 'one function of the question');
          const entries = Object.entries(object(accepted, 'arguments'));
          return {
            name,
            arguments: Object.fromEntries(entries.map(([key, values]) => [key, list(values, key)])),
          };
        }) ?? null,
    };
  });
  demand(read.filter(({ truth }) => truth !== null).length === truths.size, 'an answer without a question');
  return read;
}

function pythonTypes(value: unknown): void {
  const schema = object(value, 'a schema');
  const known = ['dict', 'float', 'array', 'string', 'integer', 'boolean', 'tuple', 'any'];
  demand(known.includes(text(schema.type, 'type')), `type ${schema.type}`);
  for (const part of Object.values((schema.properties as Fields | undefined) ?? {})) pythonTypes(part);
  if (schema.items !== undefined) pythonTypes(schema.items);
}

export interface PromptfooTest {
  query: string;
  /** What the assertion says to an output. */
  passes(output: unknown): boolean;
}

/**
 * promptfoo: prompts and variables are Nunjucks templates, a text that begins with `file://` is read from a file, lists among
 * the variables make several tests; an assertion of several lines is the body of a function of `output` and `context`.
 */
export function readPromptfoo(file: string): { tests: PromptfooTest[]; tools: string[] } {
  const config = object(parse(file), 'the configuration');
  const [prompt] = list(config.prompts, 'prompts');
  const [provider] = list(config.providers, 'providers').map((one) => object(one, 'a provider'));
  const [assertion] = list(object(config.defaultTest, 'defaultTest').assert, 'assert').map((one) =>
    object(one, 'an assertion'),
  );
  demand(provider && assertion?.type === 'javascript', 'a provider and an assertion');
  text(provider.id, 'id');
  const tools = list(object(provider.config, 'config').tools, 'tools').map((one) =>
    text(object(object(one, 'a tool').function, 'function').name, 'name'),
  );
  const code = text(assertion.value, 'value');
  demand(!/\{[{%#]/.test(code) && code.includes('\n'), 'code that is no template');
  const judge = new Function('output', 'context', code) as (
    output: unknown,
    context: object,
  ) => { pass: boolean };
  const tests = list(config.tests, 'tests').map((one): PromptfooTest => {
    const vars = Object.entries(object(object(one, 'a test').vars, 'vars')).map(([key, value]) => [
      key,
      rendered(value),
    ]);
    const read = Object.fromEntries(vars) as Record<string, string>;
    return {
      query: text(prompt, 'prompt').replace('{{query}}', () => read.query ?? ''),
      passes: (output) => judge(output, { vars: read }).pass,
    };
  });
  return { tests, tools };
}

/** A variable after Nunjucks: raw parts as they are, templates outside of them are none of ours. */
function rendered(value: unknown): string {
  const template = text(value, 'a variable');
  demand(!/^\s*(?:file|package|exec):/.test(template), 'something that is read from a file');
  const raw = /^\{% raw %\}([\s\S]*)\{% endraw %\}$/.exec(template);
  if (raw) {
    demand(!raw[1]?.includes('endraw'), 'the raw part ends early');
    return raw[1] ?? '';
  }
  demand(!/\{[{%#]/.test(template), 'a template');
  return template;
}

export interface DspyExample {
  inputs: Fields;
  labels: Fields;
}

/** DSPy: `dspy.Example(**row).with_inputs("question", "tools")`; `dspy.ToolCalls` has `tool_calls` of `name` and `args`. */
export function readDspy(file: string): DspyExample[] {
  return lines(file).map(({ question, tools, ...labels }) => {
    text(question, 'question');
    const { tool_calls: calls } = object(labels.tool_calls, 'tool_calls');
    for (const call of list(calls, 'tool_calls').map((one) => object(one, 'a call'))) {
      text(call.name, 'name');
      object(call.args, 'args');
    }
    return { inputs: { question, tools }, labels };
  });
}

/** Anthropic: the API refuses an example that does not fit its schema. */
export function readAnthropic(file: string): Map<string, Fields[]> {
  const ajv = new Ajv({ strict: false });
  return new Map(
    list(JSON.parse(file), 'the list').map((one) => {
      const tool = object(one, 'a tool');
      for (const key of Object.keys(tool))
        demand(
          ['name', 'description', 'input_schema', 'input_examples'].includes(key),
          `unknown member ${key}`,
        );
      demand(/^[a-zA-Z0-9_-]{1,64}$/.test(text(tool.name, 'name')), 'name');
      const check = ajv.compile(object(tool.input_schema, 'input_schema'));
      const examples = list(tool.input_examples, 'input_examples').map((input) => {
        demand(check(input), `an example that does not fit: ${JSON.stringify(input)}`);
        return input as Fields;
      });
      return [tool.name as string, examples];
    }),
  );
}
