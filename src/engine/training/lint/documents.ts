/** Formats that are one document, not rows. */
import { isJsonObject, type Json } from '../../../core/json.ts';
import { kindOfValue, type Report } from './report.ts';
import { declaredTools } from './tools.ts';

/** Holds a whole document against its format; resolves to how many entries it has. */
export type DocumentRule = (document: Json, report: Report) => number;

/** Tool definitions with `input_examples`: the API refuses those that do not fit the schema. */
const anthropic: DocumentRule = (document, report) => {
  const list = isJsonObject(document) && Array.isArray(document.tools) ? document.tools : document;
  if (!Array.isArray(list)) {
    report.error('', `it is ${kindOfValue(document)}, write a list of tools`);
    return 0;
  }
  const declared = declaredTools(
    list,
    '',
    { form: 'flat', text: 'never', described: false, schema: 'input_schema' },
    report,
  );
  for (const [index, tool] of list.entries()) {
    if (!isJsonObject(tool) || tool.input_examples === undefined) continue;
    const at = `[${index}].input_examples`;
    if (!Array.isArray(tool.input_examples)) {
      report.error(at, `it is ${kindOfValue(tool.input_examples)}, write a list of arguments`);
      continue;
    }
    const schema = typeof tool.name === 'string' ? declared?.get(tool.name) : undefined;
    for (const [place, input] of tool.input_examples.entries()) {
      if (!isJsonObject(input))
        report.error(`${at}[${place}]`, `it is ${kindOfValue(input)}, write an object`);
      else if (schema)
        report.check({ field: `${at}[${place}]`, tool: String(tool.name), schema, arguments: input });
    }
  }
  return list.length;
};

/** What promptfoo needs to load a configuration, and what of it tests calls. */
const promptfoo: DocumentRule = (document, report) => {
  if (!isJsonObject(document)) {
    report.error('', `it is ${kindOfValue(document)}, write a configuration`);
    return 0;
  }
  for (const name of ['prompts', 'providers']) {
    const value = document[name];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0))
      report.error(name, 'it is missing, write at least one');
  }
  for (const [index, provider] of (Array.isArray(document.providers) ? document.providers : []).entries()) {
    const config = isJsonObject(provider) && isJsonObject(provider.config) ? provider.config : null;
    if (config && Array.isArray(config.tools))
      declaredTools(
        config.tools,
        `providers[${index}].config.tools`,
        { form: 'function', text: 'never', described: false },
        report,
      );
  }
  const { tests } = document;
  if (!Array.isArray(tests) || tests.length === 0) {
    if (typeof tests !== 'string') report.error('tests', 'there are none, write a list of tests');
    return 0;
  }
  const always = isJsonObject(document.defaultTest) && Array.isArray(document.defaultTest.assert);
  for (const [index, test] of tests.entries()) {
    const at = `tests[${index}]`;
    if (!isJsonObject(test)) report.error(at, `it is ${kindOfValue(test)}, write a test`);
    else {
      if (!isJsonObject(test.vars))
        report.error(`${at}.vars`, `it is ${kindOfValue(test.vars)}, write an object`);
      if (!always && !Array.isArray(test.assert))
        report.warn(at, 'nothing is asserted, so it always passes: add assert');
    }
  }
  return tests.length;
};

export const documentRules: Readonly<Record<string, DocumentRule>> = { anthropic, promptfoo };
