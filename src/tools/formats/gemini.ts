/** Functions as Gemini has them: in `functionDeclarations`, with the types of its schemas in capitals. */
import { isJsonObject } from '../../core/json.ts';
import { isParameterSchema, namedTool, noRunner, type ToolForm, textOf } from './toolForm.ts';

const lists = new Set(['functionDeclarations', 'function_declarations']);
/** What stands beside `functionDeclarations` and is run by the provider. */
const ofProvider =
  /^(?:google_?search(?:_?retrieval)?|code_?execution|url_?context|google_?maps|enterprise_?web_?search|retrieval|computer_?use)$/i;

export const gemini: ToolForm = {
  name: 'gemini',
  words: ['functionDeclarations', 'function_declarations', 'OBJECT', 'parametersJsonSchema'],
  sign: /\bfunction_?[dD]eclarations\b/,
  notRunnable: noRunner,
  match(entry) {
    const { value, list } = entry;
    const [key, second] = Object.keys(value);
    if (list === 'tools' && key !== undefined && second === undefined && ofProvider.test(key)) {
      return { kind: 'skipped', message: `"${key}" is run by the provider: it is not listed.` };
    }
    const { parameters, parametersJsonSchema } = value;
    const isDeclared = lists.has(list ?? '');
    const hasCapitals = isJsonObject(parameters) && parameters.type === 'OBJECT';
    const isOurs =
      isDeclared ||
      (value.type === undefined && hasCapitals) ||
      (value.type === undefined && isParameterSchema(parametersJsonSchema));
    if (!isOurs) return null;
    const plain = parameters === undefined && parametersJsonSchema !== undefined;
    const schema = parameters ?? parametersJsonSchema ?? null;
    return namedTool(entry, '', {
      description: textOf(value, 'description'),
      schema,
      schemaAt: schema === null ? '' : plain ? '/parametersJsonSchema' : '/parameters',
    });
  },
};
