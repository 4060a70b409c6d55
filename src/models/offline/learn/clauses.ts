import type { Json, JsonObject } from '../../../core/json.ts';
import { isJsonObject } from '../../../core/json.ts';

/** A part of an error text that says one thing, with the path of the argument where the text's structure tells it. */
export interface Clause {
  subject: string | null;
  text: string;
}

const subjectKeys = [
  'instancePath',
  'dataPath',
  'pointer',
  'loc',
  'path',
  'field',
  'param',
  'parameter',
  'property',
  'attribute',
  'propertyName',
  'fieldName',
];
const messageKeys = [
  'message',
  'msg',
  'detail',
  'error',
  'description',
  'reason',
  'title',
  'error_description',
  'defaultMessage',
  'errorMessage',
];
const wrapperKeys = new Set([
  'errors',
  'issues',
  'details',
  'violations',
  'fieldErrors',
  'fieldViolations',
  'invalidParams',
  'invalid-params',
  'body',
  'data',
  'extensions',
  'non_field_errors',
]);

/** Lines of stack traces name places in code, not arguments. */
const traceLine =
  /^\s+at [^ ]|^\s*File ".*", line \d|^Node\.js v\d|^file:\/\/|^\s*\^+\s*$|^\s*throw (?:new )?\w|^goroutine \d|^Traceback /;

/** Longest error text that is read, characters: what comes after says nothing new about arguments. */
const readable = 6000;
const clausesRead = 60;

/** Takes an error text apart: JSON bodies by their structure, other texts by lines and semicolons. */
export function clausesOf(text: string): Clause[] {
  const head = text.slice(0, readable);
  const body = embeddedJson(head);
  if (!body) return plainClauses(head).slice(0, clausesRead);
  return [
    ...plainClauses(head.slice(0, body.start)),
    ...jsonClauses(body.value, null),
    ...plainClauses(head.slice(body.end)),
  ].slice(0, clausesRead);
}

function embeddedJson(text: string): { value: Json; start: number; end: number } | null {
  const starts = [text.search(/[{[]\s*["{[]/), text.indexOf('{')].filter((start) => start >= 0);
  for (const start of starts) {
    const end = text.lastIndexOf(text[start] === '{' ? '}' : ']') + 1;
    try {
      const value: unknown = JSON.parse(text.slice(start, end));
      if (typeof value === 'object' && value !== null) return { value: value as Json, start, end };
    } catch {
      // Not JSON from here: the next start, or plain text.
    }
  }
  return null;
}

function jsonClauses(value: Json, subject: string | null, depth = 0): Clause[] {
  if (depth > 8) return [];
  if (typeof value === 'string')
    return plainClauses(value).map((clause) => ({ subject: clause.subject ?? subject, text: clause.text }));
  if (Array.isArray(value)) return value.flatMap((item) => jsonClauses(item, subject, depth + 1));
  return isJsonObject(value) ? objectClauses(value, subject, depth) : [];
}

function objectClauses(value: JsonObject, subject: string | null, depth: number): Clause[] {
  const key = subjectKeys.find((name) => pathText(value[name]) !== null);
  const own = (key && pathText(value[key])) || subject;
  const clauses: Clause[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (name === key || name === 'params' || name === 'ctx') continue;
    const isMessage = messageKeys.includes(name) || wrapperKeys.has(name);
    if (isMessage) clauses.push(...jsonClauses(member, own, depth + 1));
    else if (key === undefined && (Array.isArray(member) || typeof member === 'string')) {
      clauses.push(...jsonClauses(member, subject ? `${subject}.${name}` : name, depth + 1));
    } else if (isJsonObject(member)) clauses.push(...jsonClauses(member, own ?? name, depth + 1));
  }
  return [...clauses, ...listedClauses(value, own)];
}

/** What validators list beside their sentence: ajv's `params`, zod's `values` and `keys`. */
function listedClauses(value: JsonObject, subject: string | null): Clause[] {
  const params = isJsonObject(value.params) ? value.params : value;
  const clauses: Clause[] = [];
  for (const key of ['allowedValues', 'options', 'values']) {
    const values = params[key];
    if (Array.isArray(values)) clauses.push({ subject, text: `allowed values: ${JSON.stringify(values)}` });
  }
  if (typeof params.additionalProperty === 'string') {
    clauses.push({ subject, text: `unexpected property '${params.additionalProperty}'` });
  }
  return clauses;
}

function pathText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (!Array.isArray(value)) return null;
  const keys = value.filter((part) => typeof part === 'string' || typeof part === 'number').map(String);
  const path =
    keys[0] && ['body', 'query', 'path', 'header', 'args'].includes(keys[0]) && keys.length > 1
      ? keys.slice(1)
      : keys;
  return path.length > 0 ? path.join('.') : null;
}

/** Pydantic writes the path on a line of its own and the sentence, indented, below it. */
function plainClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  let heading: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed === '' || traceLine.test(line)) continue;
    if (/^[A-Za-z_][\w.[\]]*$/.test(trimmed) && !/^\s/.test(line)) {
      heading = trimmed;
      continue;
    }
    const subject = /^\s/.test(line) ? heading : null;
    for (const part of trimmed.split(/;\s+|,\s+(?=data[/. ])/)) clauses.push({ subject, text: part });
  }
  return clauses.length > 0 || heading === null ? clauses : [{ subject: null, text: heading }];
}
