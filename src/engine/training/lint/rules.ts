/** What each format asks of a row. Where a rule is documented stands in the format's own file, `../formats`. */

import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { parseShallow } from '../../../core/nesting.ts';
import { lintBfcl, lintBfclAnswer, lintDspy } from './foreignRules.ts';
import {
  anyTools,
  axolotlMessages,
  functions,
  mistralMessages,
  onlyMembers,
  openaiMessages,
  type RowRule,
  trlMessages,
} from './forms.ts';
import { lintLlamaFactory } from './llamaFactory.ts';
import { lintMessages } from './messages.ts';
import { dpo, openaiDpo } from './pairRules.ts';
import { isNoText, kindOfValue, type Report } from './report.ts';
import { declaredTools } from './tools.ts';

const openai: RowRule = (row, report) => {
  onlyMembers(row, ['messages', 'tools', 'parallel_tool_calls', 'functions', 'response_format'], '', report);
  const declared = declaredTools(row.tools, 'tools', functions, report);
  lintMessages(row.messages, 'messages', openaiMessages, declared, report);
  someLearned(row.messages, 'weight', (value) => value !== 0, report);
};

const trl: RowRule = (row, report) => {
  const declared = declaredTools(row.tools, 'tools', anyTools, report);
  lintMessages(row.messages, 'messages', trlMessages, declared, report);
};

const axolotl: RowRule = (row, report) => {
  const declared = declaredTools(row.tools, 'tools', anyTools, report);
  lintMessages(row.messages, 'messages', axolotlMessages, declared, report);
  someLearned(row.messages, 'train', (value) => value !== false, report);
};

const mistral: RowRule = (row, report) => {
  const declared = declaredTools(row.tools, 'tools', { ...functions, described: true }, report);
  lintMessages(row.messages, 'messages', mistralMessages, declared, report);
  const last = Array.isArray(row.messages) ? row.messages.at(-1) : undefined;
  if (declared && isJsonObject(last) && last.weight === 0)
    report.error(
      `messages[${(row.messages as Json[]).length - 1}].weight`,
      'only the last message is learned where there are tools, write 1',
    );
};

const paper: RowRule = (row, report) => {
  isNoText(row.prompt, 'prompt', 'the query', report);
  if (isNoText(row.completion, 'completion', 'the call or the answer', report)) return;
  const text = row.completion as unknown as string;
  const call = /^Action: (.+)\nAction Input: ([\s\S]*)$/.exec(text);
  if (call === null) {
    if (!text.startsWith('Final Answer:'))
      report.error(
        'completion',
        'it is neither a call nor an answer, begin with "Action: " or "Final Answer: "',
      );
    return;
  }
  try {
    if (!isJsonObject(parseShallow(call[2] ?? '')))
      report.error('completion', 'write an object after "Action Input: "');
  } catch {
    report.error('completion', 'what stands after "Action Input: " is no JSON, write an object');
  }
};

/** Prompt and completion, as texts or as messages. */
const promptCompletion: RowRule = (row, report) => {
  const { prompt, completion, tools } = row;
  if (!Array.isArray(prompt) && !Array.isArray(completion)) {
    isNoText(prompt, 'prompt', 'what comes before', report);
    isNoText(completion, 'completion', 'what is learned', report);
    return;
  }
  for (const name of ['prompt', 'completion'])
    if (!Array.isArray(row[name]))
      report.error(name, `it is ${kindOfValue(row[name])}, write a list of messages as in the other`);
  const both = [prompt, completion].flatMap((part) => (Array.isArray(part) ? part : []));
  const declared = declaredTools(tools, 'tools', anyTools, report);
  lintMessages(both, 'prompt+completion', trlMessages, declared, report);
};

/** By the names of the formats; those that are no rows are not among them. */
export const rowRules: Readonly<Record<string, RowRule>> = {
  openai,
  trl,
  axolotl,
  'llama-factory': lintLlamaFactory,
  mistral,
  paper,
  'prompt-completion': promptCompletion,
  dpo,
  'openai-dpo': openaiDpo,
  bfcl: lintBfcl,
  'bfcl-answers': lintBfclAnswer,
  dspy: lintDspy,
};

function someLearned(
  messages: Json | undefined,
  name: string,
  learned: (value: Json | undefined) => boolean,
  report: Report,
): void {
  if (!Array.isArray(messages)) return;
  const said = messages.filter((one): one is JsonObject => isJsonObject(one) && one.role === 'assistant');
  if (said.length > 0 && !said.some((one) => learned(one[name])))
    report.error(
      'messages',
      `nothing of this row is learned, leave it out or change the ${name} of a message`,
    );
}
