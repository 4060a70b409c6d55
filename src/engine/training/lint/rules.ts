/** What each format asks of a row. Where a rule is documented stands in the format's own file, `../formats`. */
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { lintBfcl, lintBfclAnswer, lintDspy } from './foreignRules.ts';
import { lintLlamaFactory } from './llamaFactory.ts';
import { lintMessages, type MessageForm } from './messages.ts';
import { type ArgumentsToCheck, isNoText, kindOfValue, type Report } from './report.ts';
import { declaredTools, type ToolForm } from './tools.ts';

/** What is held against one row. */
export type RowRule = (row: JsonObject, report: Report) => void;

const functions: ToolForm = { form: 'function', text: 'never', described: false };
const anyId = { shape: /^.{1,64}$/su, words: '1 to 64 characters' };
const zeroOrOne = { name: 'weight', values: [0, 1], words: '0 or 1' };

const openaiMessages: MessageForm = {
  arguments: 'text',
  id: anyId,
  weight: zeroOrOne,
  members: new Set([
    'role',
    'content',
    'name',
    'tool_calls',
    'tool_call_id',
    'weight',
    'refusal',
    'function_call',
  ]),
};
const mistralMessages: MessageForm = {
  arguments: 'text',
  id: { shape: /^[a-zA-Z0-9]{9}$/, words: 'exactly nine letters and digits' },
  contentOrCalls: true,
  weight: zeroOrOne,
};
const trlMessages: MessageForm = { arguments: 'object', toolName: true };
const axolotlMessages: MessageForm = {
  arguments: 'either',
  weight: { name: 'train', values: [true, false], words: 'true or false' },
};

const openai: RowRule = (row, report) => {
  onlyMembers(row, ['messages', 'tools', 'parallel_tool_calls', 'functions', 'response_format'], '', report);
  const declared = declaredTools(row.tools, 'tools', functions, report);
  lintMessages(row.messages, 'messages', openaiMessages, declared, report);
  someLearned(row.messages, 'weight', (value) => value !== 0, report);
};

const trl: RowRule = (row, report) => {
  const declared = declaredTools(
    row.tools,
    'tools',
    { form: 'either', text: 'allowed', described: false },
    report,
  );
  lintMessages(row.messages, 'messages', trlMessages, declared, report);
};

const axolotl: RowRule = (row, report) => {
  const declared = declaredTools(
    row.tools,
    'tools',
    { form: 'either', text: 'allowed', described: false },
    report,
  );
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
    if (!isJsonObject(JSON.parse(call[2] ?? '') as Json))
      report.error('completion', 'write an object after "Action Input: "');
  } catch {
    report.error('completion', 'what stands after "Action Input: " is no JSON, write an object');
  }
};

/** A prompt with two continuations, of which one is better. */
const pair =
  (
    names: { chosen: string; rejected: string },
    messages: MessageForm,
    where: (row: JsonObject) => PairParts,
  ): RowRule =>
  (row, report) => {
    const { prompt, promptField, tools, toolsField } = where(row);
    const declared = declaredTools(
      tools,
      toolsField,
      { form: 'either', text: 'allowed', described: false },
      report,
    );
    lintMessages(
      prompt,
      promptField,
      { ...messages, goesOn: true },
      null,
      ignoreMissingTools(report, declared !== null),
    );
    for (const name of [names.chosen, names.rejected]) {
      const said = row[name];
      if (!Array.isArray(said) || said.length === 0) {
        report.error(
          name,
          `it is ${Array.isArray(said) ? 'empty' : kindOfValue(said)}, write a list with the assistant’s message`,
        );
        continue;
      }
      // A continuation begins with the assistant; what was rejected may break any schema: that is why it was.
      const inside = new Continuation(report, name, name === names.rejected, toolsField);
      lintMessages([{ role: 'user', content: '…' }, ...said], name, messages, declared, inside);
    }
    if (canonicalJson(row[names.chosen] ?? null) === canonicalJson(row[names.rejected] ?? null))
      report.error(
        names.rejected,
        `it is the same as ${names.chosen}, write what is worse or leave the row out`,
      );
  };

interface PairParts {
  prompt: Json | undefined;
  promptField: string;
  tools: Json | undefined;
  toolsField: string;
}

const dpo = pair({ chosen: 'chosen', rejected: 'rejected' }, { ...trlMessages, toolName: true }, (row) => ({
  prompt: row.prompt,
  promptField: 'prompt',
  tools: row.tools,
  toolsField: 'tools',
}));

const openaiPair = pair(
  { chosen: 'preferred_output', rejected: 'non_preferred_output' },
  openaiMessages,
  (row) => {
    const input = isJsonObject(row.input) ? row.input : {};
    return {
      prompt: input.messages,
      promptField: 'input.messages',
      tools: input.tools,
      toolsField: 'input.tools',
    };
  },
);

const openaiDpo: RowRule = (row, report) => {
  onlyMembers(row, ['input', 'preferred_output', 'non_preferred_output'], '', report);
  if (isJsonObject(row.input))
    onlyMembers(row.input, ['messages', 'tools', 'parallel_tool_calls'], 'input.', report);
  openaiPair(row, report);
};

/** By the names of the formats; those that are no rows are not among them. */
export const rowRules: Readonly<Record<string, RowRule>> = {
  openai,
  trl,
  axolotl,
  'llama-factory': lintLlamaFactory,
  mistral,
  paper,
  dpo,
  'openai-dpo': openaiDpo,
  bfcl: lintBfcl,
  'bfcl-answers': lintBfclAnswer,
  dspy: lintDspy,
};

function onlyMembers(row: JsonObject, known: readonly string[], at: string, report: Report): void {
  for (const name of Object.keys(row))
    if (!known.includes(name))
      report.error(`${at}${name}`, 'this format has no such member and refuses it, leave it out');
}

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

/** A report for a part of a row whose tools are declared elsewhere. */
function ignoreMissingTools(report: Report, declared: boolean): Report {
  if (!declared) return report;
  return {
    error: (field, message) => field !== 'tools' && report.error(field, message),
    warn: (field, message) => report.warn(field, message),
    check: (check) => report.check(check),
  };
}

/** Findings of a continuation: the user's message that was put before it is not there. */
class Continuation implements Report {
  readonly #report: Report;
  readonly #name: string;
  readonly #rejected: boolean;
  readonly #toolsField: string;

  constructor(report: Report, name: string, rejected: boolean, toolsField: string) {
    this.#toolsField = toolsField;
    this.#report = report;
    this.#name = name;
    this.#rejected = rejected;
  }

  error(field: string, message: string): void {
    // That tools are missing is said once, not of both continuations.
    if (field === 'tools' && this.#rejected) return;
    this.#report.error(field === 'tools' ? this.#toolsField : this.#shifted(field), message);
  }

  warn(field: string, message: string): void {
    this.#report.warn(this.#shifted(field), message);
  }

  check(check: ArgumentsToCheck): void {
    if (!this.#rejected) this.#report.check({ ...check, field: this.#shifted(check.field) });
  }

  #shifted(field: string): string {
    const place = /^[^[]*\[(\d+)\]/.exec(field);
    if (place === null || !field.startsWith(`${this.#name}[`)) return field;
    return `${this.#name}[${Number(place[1]) - 1}]${field.slice(place[0].length)}`;
  }
}
