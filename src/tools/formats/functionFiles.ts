/**
 * Files that hold tools as data, in the forms of the providers, of MCP and of BFCL. One file may have several forms; it is of
 * the format whose form comes first in it, and all its tools are read.
 */
import { canonicalJson } from '../../core/json.ts';
import type { FormatName } from '../../core/source.ts';
import type { SpecProblem } from '../../core/tool.ts';
import type { SourceResult } from '../boundTool.ts';
import { guessRisk } from '../risk.ts';
import { anthropic } from './anthropic.ts';
import { bfcl } from './bfcl.ts';
import { boundTools, type FoundSpec } from './boundTools.ts';
import type { SpecDocument } from './document.ts';
import type { ReadDefaults, SpecFile, SpecFormat } from './format.ts';
import { gemini } from './gemini.ts';
import { mcpTools } from './mcpTools.ts';
import { meantAs } from './meantAs.ts';
import { openai } from './openai.ts';
import { type Group, groupsOf } from './toolEntries.ts';
import type { Entry, FormMatch, ToolForm } from './toolForm.ts';

/** The first that an entry matches is its form. */
const forms: readonly ToolForm[] = [mcpTools, anthropic, bfcl, gemini, openai];

const extension = /\.(?:jsonc?|jsonl|ndjson|ya?ml)$/i;
const mostProblems = 100;

export const functionFiles: readonly SpecFormat[] = forms.map((form) => ({
  name: form.name,
  mayBe: (path, text) => extension.test(path) && form.words.some((word) => text.includes(word)),
  recognises: (file) => formOf(file) === form.name,
  read: (file, defaults) => readFile(file, form.name, defaults),
}));

interface Found {
  form: ToolForm;
  entry: Entry;
  match: FormMatch;
}

/** What was found in the documents that are being looked at. */
const known = new WeakMap<SpecDocument, { form: FormatName | null; found: Found[]; strays: Entry[] }>();

function formOf(file: SpecFile): FormatName | null {
  const { form } = findIn(file.document);
  if (form !== null) return form;
  return forms.find(({ sign }) => meantAs(sign, file))?.name ?? null;
}

function findIn(document: SpecDocument): { form: FormatName | null; found: Found[]; strays: Entry[] } {
  const before = known.get(document);
  if (before) return before;
  const found: Found[] = [];
  const strays: Entry[] = [];
  const seen = new Set<string>();
  for (const group of groupsOf(document.value)) {
    const { matched, others } = matchGroup(group);
    found.push(...matched.filter(({ match }) => isNew(match, seen)));
    strays.push(...others);
  }
  const first = found.find(({ match }) => match.kind === 'tool') ?? found[0];
  const result = { form: first?.form.name ?? null, found, strays };
  known.set(document, result);
  return result;
}

function matchGroup({ entries, isNamed }: Group): { matched: Found[]; others: Entry[] } {
  const matched: Found[] = [];
  const others: Entry[] = [];
  for (const entry of entries) {
    const found = matchEntry(entry);
    if (found) matched.push(found);
    // Among many things that are no tools there is none.
    else if (matched.length > 0 || others.length < 50) others.push(entry);
    else return { matched: [], others: [] };
  }
  const isTools = matched.some(
    ({ match }) => match.kind === 'tool' || (match.kind === 'broken' && match.isSure),
  );
  if (!isTools) return { matched: [], others: [] };
  const isKeyed = entries.some(({ key }) => key !== null);
  // Under keys of any name there may be anything: only where all are tools are these their names.
  if (isKeyed && !isNamed && others.length > 0) return { matched: [], others: [] };
  return { matched, others: isNamed ? others.filter((entry) => !holdsLists(entry)) : [] };
}

function matchEntry(entry: Entry): Found | null {
  for (const form of forms) {
    const match = form.match(entry);
    if (match) return { form, entry, match };
  }
  return null;
}

/** Gemini's tools are lists again. */
function holdsLists({ value }: Entry): boolean {
  return Array.isArray(value.functionDeclarations) || Array.isArray(value.function_declarations);
}

/** The rows of training data carry the same tools again and again. */
function isNew(match: FormMatch, seen: Set<string>): boolean {
  if (match.kind !== 'tool') return true;
  const key = `${match.name}\n${match.description}\n${canonicalJson(match.schema)}`;
  return !seen.has(key) && Boolean(seen.add(key));
}

function readFile(file: SpecFile, format: FormatName, defaults: ReadDefaults): SourceResult {
  const { path, folder, document } = file;
  const { found, strays } = findIn(document);
  const problems: SpecProblem[] = [...document.problems];
  const report = (at: string, message: string, severity: SpecProblem['severity']): void => {
    if (problems.length < mostProblems) problems.push({ path, ...document.locate(at), severity, message });
  };
  const specs: FoundSpec[] = [];
  for (const one of found) {
    const { entry, match } = one;
    if (match.kind === 'broken') report(entry.at + match.at, match.message, 'error');
    else if (match.kind === 'skipped') report(entry.at, match.message, 'warning');
    else specs.push(specOf(one, match));
  }
  for (const { at } of strays) {
    report(at, 'This is in no form that tools are written in: it is left out.', 'warning');
  }
  const where = { source: path, file: path, folder, locate: document.locate.bind(document) };
  const { tools, problems: more } = boundTools(specs, where, defaults);
  problems.push(...more);
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { path, folder, format, tools, problems, budget: {} };
}

function specOf({ form, entry }: Found, match: Extract<FormMatch, { kind: 'tool' }>): FoundSpec {
  const { name, description, schema, schemaAt, output, annotations, notes } = match;
  const { risk, reason } = guessRisk({ name, ...(annotations ? { annotations } : {}) });
  return {
    name,
    description,
    schema,
    ...(output ? { output } : {}),
    at: entry.at,
    schemaAt: entry.at + schemaAt,
    runner: null,
    notRunnable: form.notRunnable,
    risk,
    riskReason: reason,
    ...(notes ? { notes } : {}),
  };
}
