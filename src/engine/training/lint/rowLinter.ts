/** Holds rows against a format, one after another: what each of them is, and what they are together. */

import { createHash } from 'node:crypto';
import { estimateTokens } from '../../../core/chat.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { isNestedTooDeeply } from '../../../core/nesting.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Failure } from '../../../core/trial.ts';
import type { FileRecord } from './records.ts';
import { type Finding, kindOfValue, RowReport } from './report.ts';
import { rowRules } from './rules.ts';
import { lintTexts } from './texts.ts';

/** Checks arguments against a schema, within a time limit. */
export type CheckArguments = (tool: Tool, args: JsonObject) => Promise<Failure[]>;

/**
 * Tokens that a row may have before the trainer cuts it or refuses it, unless it is told otherwise: OpenAI's limit an example,
 * TRL's `max_length`, LLaMA-Factory's `cutoff_len`, Mistral's context. Axolotl has no default.
 */
const tokenLimits: Readonly<Record<string, { tokens: number; name: string }>> = {
  openai: { tokens: 65_536, name: 'the limit of an example' },
  'openai-dpo': { tokens: 65_536, name: 'the limit of an example' },
  trl: { tokens: 1024, name: 'max_length unless you set it' },
  dpo: { tokens: 1024, name: 'max_length unless you set it' },
  paper: { tokens: 1024, name: 'max_length unless you set it' },
  'llama-factory': { tokens: 2048, name: 'cutoff_len unless you set it' },
  mistral: { tokens: 32_768, name: 'seq_len of the usual configuration' },
};

/** Rows that OpenAI wants at least. */
const fewestRows = 10;
/** Rows whose hashes are remembered, to find those that stand there twice. */
const mostRemembered = 2_000_000;

/** A row as it was read, with what is wrong with it. */
export interface LintedRow {
  row: JsonObject | null;
  findings: Finding[];
}

export class RowLinter {
  readonly #format: string;
  readonly #checkArguments: CheckArguments;
  readonly #limit: { tokens: number; name: string } | null;
  readonly #seen = new Map<string, number>();
  /** Of arguments that are objects, by their name: the first type, and whether it was said that there are others. */
  readonly #types = new Map<string, { type: string; line: number; said: boolean }>();
  readonly #saidOfTools = new Set<string>();
  readonly #long = { rows: 0, most: 0, line: 0 };
  #rows = 0;

  constructor(format: string, checkArguments: CheckArguments, maxTokens?: number) {
    this.#format = format;
    this.#checkArguments = checkArguments;
    const limit = tokenLimits[format] ?? null;
    this.#limit = maxTokens === undefined ? limit : { tokens: maxTokens, name: '--max-tokens' };
  }

  /** How many rows there were. */
  get rows(): number {
    return this.#rows;
  }

  async add({ line, text }: FileRecord): Promise<LintedRow> {
    this.#rows += 1;
    const report = new RowReport(line);
    const row = parsed(text, report);
    if (row === null) return { row, findings: report.findings };
    rowRules[this.#format]?.(row, report);
    lintTexts(row, report);
    this.#together(row, text ?? '', report);
    await checkSchemas(report, this.#checkArguments);
    return { row, findings: report.findings.filter((finding) => !this.#isRepeated(finding)) };
  }

  /** What the rows are together. */
  end(): Finding[] {
    const report = new RowReport(0);
    if (this.#rows === 0) report.error('', 'there is no row in it');
    if (this.#format === 'openai' && this.#rows > 0 && this.#rows < fewestRows)
      report.warn(
        '',
        `there ${this.#rows === 1 ? 'is 1 row' : `are ${this.#rows} rows`}, and OpenAI wants at least ${fewestRows}`,
      );
    const { rows, most, line } = this.#long;
    if (rows > 0 && this.#limit !== null)
      report.warn(
        '',
        `${rows} of ${this.#rows} rows are longer than ${this.#limit.tokens} tokens (${this.#limit.name}), the longest has about ${most} (line ${line}): raise the limit, or shorten them`,
      );
    return report.findings;
  }

  /** The same tools stand in many rows: what is to be said of one of them is said once. */
  #isRepeated({ severity, field, message }: Finding): boolean {
    if (severity === 'error' || !/^(?:input\.)?tools\b/.test(field)) return false;
    const key = `${field.replace(/\d+/g, '')} ${message}`;
    if (this.#saidOfTools.has(key)) return true;
    this.#saidOfTools.add(key);
    return false;
  }

  #together(row: JsonObject, text: string, report: RowReport): void {
    // Answers of different questions may be the same.
    const { imaginarium: _, id, ...rest } = row;
    if (this.#format === 'bfcl-answers') rest.id = id ?? null;
    const key = createHash('sha1').update(canonicalJson(rest)).digest('base64').slice(0, 14);
    const first = this.#seen.get(key);
    if (first !== undefined) report.warn('', `it is the same as line ${first}, leave one out`);
    else if (this.#seen.size < mostRemembered) this.#seen.set(key, report.line);
    const tokens = estimateTokens(text);
    if (this.#limit !== null && tokens > this.#limit.tokens) {
      this.#long.rows += 1;
      if (tokens > this.#long.most) Object.assign(this.#long, { most: tokens, line: report.line });
    }
    // Before its version 4.7 the columns of `datasets` hold one type each, for all calls of all tools together.
    if (this.#format !== 'trl' && this.#format !== 'dpo') return;
    for (const { field, arguments: given } of report.checks)
      for (const [name, value] of Object.entries(given))
        this.#lintType(name, value, `${field}.${name}`, report);
  }

  #lintType(name: string, value: Json, field: string, report: RowReport): void {
    if (value === null) return;
    const type = kindOfValue(value);
    const first = this.#types.get(name);
    if (first === undefined) this.#types.set(name, { type, line: report.line, said: false });
    else if (first.type !== type && !first.said) {
      first.said = true;
      report.warn(
        field,
        `it is ${type}, and ${first.type} in line ${first.line}: \`datasets\` before 4.7 cannot read that, and guesses in later versions: use one type where you can`,
      );
    }
  }
}

/** Holds the arguments that a report has gathered against their schemas. */
export async function checkSchemas(report: RowReport, checkArguments: CheckArguments): Promise<void> {
  for (const check of report.checks) {
    for (const failure of await checkArguments(toolOf(check.tool, check.schema), check.arguments))
      report.error(check.field, said(failure));
  }
}

function parsed(text: string | null, report: RowReport): JsonObject | null {
  if (text === null) {
    report.error('', 'it is longer than 16 MB and was not read: no trainer takes such a row');
    return null;
  }
  if (isNestedTooDeeply(text)) {
    report.error('', 'it is nested too deeply to be read, leave the row out');
    return null;
  }
  try {
    const row = JSON.parse(text) as Json;
    if (isJsonObject(row)) return row;
    report.error('', `it is ${kindOfValue(row)}, write a JSON object`);
  } catch (error) {
    report.error(
      '',
      `it is no JSON (${error instanceof Error ? error.message : 'unreadable'}), write one JSON object a line`,
    );
  }
  return null;
}

function said({ message, argument }: Failure): string {
  return `it does not fit the schema of the tool${argument ? ` at ${argument}` : ''}: ${message.replace(/[.\s]+$/, '')}; write what the schema says`;
}

const hashes = new WeakMap<JsonObject, string>();

function toolOf(name: string, schema: JsonObject): Tool {
  let specHash = hashes.get(schema);
  if (specHash === undefined) {
    specHash = createHash('sha1').update(canonicalJson(schema)).digest('hex');
    hashes.set(schema, specHash);
  }
  return {
    id: name,
    name,
    description: '',
    parameters: schema,
    source: { path: '', line: 1, column: 1 },
    risk: 'unknown',
    runnable: false,
    specHash,
  };
}
