/** What no text of training data should hold, in whatever format: secrets, and characters that nobody sees. */
import { isJsonObject, type Json } from '../../../core/json.ts';
import { redactJson } from '../../../store/redact.ts';
import type { Report } from './report.ts';

/** Control characters, those that turn the direction of writing, have no width or smuggle text; joiners belong to scripts. */
const hidden =
  /(?![\t\n\r])\p{Cc}|[\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/u;

/** Says which texts of a row hold such things; each field once. */
export function lintTexts(row: Json, report: Report): void {
  walk(row, redactJson(row), '', report);
}

function walk(value: Json, clean: Json, field: string, report: Report): void {
  if (typeof value === 'string') {
    const found = hidden.exec(value);
    if (found !== null) {
      const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      report.warn(
        field,
        `it holds U+${code}, which nobody sees: take it out, or be sure that a model shall learn it`,
      );
    }
    if (value !== clean)
      report.warn(field, 'it holds what looks like a secret: take it out before anybody is given the file');
  } else if (Array.isArray(value)) {
    const cleaned = Array.isArray(clean) ? clean : [];
    for (const [index, part] of value.entries())
      walk(part, cleaned[index] ?? null, `${field}[${index}]`, report);
  } else if (isJsonObject(value)) {
    const cleaned = isJsonObject(clean) ? clean : {};
    for (const [name, part] of Object.entries(value))
      walk(part, cleaned[name] ?? null, field === '' ? name : `${field}.${name}`, report);
  }
}
