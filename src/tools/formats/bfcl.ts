/**
 * Function docs of the Berkeley Function-Calling Leaderboard: rows with `function` beside a question, or the docs alone.
 * Their parameters are of the type `dict`, their types those of Python or Java, their names may have dots.
 */
import { isJsonObject } from '../../core/json.ts';
import { namedTool, noRunner, type ToolForm, textOf } from './toolForm.ts';

export const bfcl: ToolForm = {
  name: 'bfcl',
  words: ['dict"', 'type: dict'],
  sign: /["']?\btype["']?\s*:\s*["']?dict\b/,
  notRunnable: noRunner,
  match(entry) {
    const { value } = entry;
    const { parameters } = value;
    if (value.type !== undefined || !isJsonObject(parameters) || parameters.type !== 'dict') return null;
    return namedTool(
      entry,
      '',
      {
        description: textOf(value, 'description'),
        schema: parameters,
        schemaAt: '/parameters',
      },
      true,
    );
  },
};
