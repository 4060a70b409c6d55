/** What is asked of preference pairs. */
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { anyTools, onlyMembers, openaiMessages, type RowRule, trlMessages } from './forms.ts';
import { lintMessages, type MessageForm } from './messages.ts';
import { type ArgumentsToCheck, isNoText, kindOfValue, type Report } from './report.ts';
import { declaredTools } from './tools.ts';

/** A prompt with two continuations, of which one is better. */
const pair =
  (
    names: { chosen: string; rejected: string },
    messages: MessageForm,
    where: (row: JsonObject) => PairParts,
  ): RowRule =>
  (row, report) => {
    const { prompt, promptField, tools, toolsField } = where(row);
    const declared = declaredTools(tools, toolsField, anyTools, report);
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
      report.error(names.rejected, sameAs(names.chosen));
  };

interface PairParts {
  prompt: Json | undefined;
  promptField: string;
  tools: Json | undefined;
  toolsField: string;
}

const trlPair = pair({ chosen: 'chosen', rejected: 'rejected' }, trlMessages, (row) => ({
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

/** TRL's: as texts, as messages, or with the prompt in both of them. */
export const dpo: RowRule = (row, report) => {
  const { prompt, chosen, rejected } = row;
  if (typeof chosen === 'string' || typeof rejected === 'string') {
    for (const name of ['prompt', 'chosen', 'rejected']) {
      if (row[name] !== undefined || name !== 'prompt') isNoText(row[name], name, 'what is said', report);
    }
    if (chosen === rejected) report.error('rejected', sameAs('chosen'));
  } else if (prompt === undefined) {
    report.warn('prompt', 'it is missing, and TRL advises to write what both have in common as a prompt');
    const declared = declaredTools(row.tools, 'tools', anyTools, report);
    for (const name of ['chosen', 'rejected']) lintMessages(row[name], name, trlMessages, declared, report);
    if (canonicalJson(chosen ?? null) === canonicalJson(rejected ?? null))
      report.error('rejected', sameAs('chosen'));
  } else trlPair(row, report);
};

export const openaiDpo: RowRule = (row, report) => {
  onlyMembers(row, ['input', 'preferred_output', 'non_preferred_output'], '', report);
  if (isJsonObject(row.input))
    onlyMembers(row.input, ['messages', 'tools', 'parallel_tool_calls'], 'input.', report);
  openaiPair(row, report);
};

function sameAs(other: string): string {
  return `it is the same as ${other}, write what is worse or leave the row out`;
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
