import type { Json, JsonObject } from '../../../core/json.ts';

/** What is wrong at a place of a row, and what to write instead. */
export interface Finding {
  /** Counts from 1; 0: the whole file. */
  line: number;
  /** `messages[3].content`; empty for the whole row. */
  field: string;
  /** `error`: what reads the file refuses it, or reads something else. */
  severity: 'error' | 'warning';
  message: string;
}

/** Arguments that are to be held against a schema. */
export interface ArgumentsToCheck {
  field: string;
  tool: string;
  schema: JsonObject;
  arguments: JsonObject;
}

/** Where rules say what they find. */
export interface Report {
  error(field: string, message: string): void;
  warn(field: string, message: string): void;
  check(check: ArgumentsToCheck): void;
}

/** What the rules find in one row. */
export class RowReport implements Report {
  readonly line: number;
  readonly findings: Finding[] = [];
  readonly checks: ArgumentsToCheck[] = [];

  constructor(line: number) {
    this.line = line;
  }

  error(field: string, message: string): void {
    this.findings.push({ line: this.line, field, severity: 'error', message });
  }

  warn(field: string, message: string): void {
    this.findings.push({ line: this.line, field, severity: 'warning', message });
  }

  check(check: ArgumentsToCheck): void {
    this.checks.push(check);
  }
}

/** What a value is, for people. */
export function kindOfValue(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

/** Says so, and is true, when a value is no text, or an empty one. */
export function isNoText(
  value: Json | undefined,
  field: string,
  what: string,
  report: Report,
): value is undefined {
  if (typeof value !== 'string') {
    report.error(field, `it is ${kindOfValue(value)}, write ${what} as a text`);
    return true;
  }
  if (value.trim() !== '') return false;
  report.error(field, `it is empty, write ${what} or leave the row out`);
  return true;
}
