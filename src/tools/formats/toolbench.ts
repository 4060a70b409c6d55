/**
 * API descriptions of ToolBench, and of STE after it: name → description, which is an object or its JSON as a text, with the
 * parameters in two lists. Among those of STE some are prose with a sketch of the arguments.
 */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { pointerOf } from '../../core/jsonPointer.ts';
import type { SpecProblem } from '../../core/tool.ts';
import type { SourceResult } from '../boundTool.ts';
import { guessRisk } from '../risk.ts';
import { boundTools, type FoundSpec } from './boundTools.ts';
import type { ReadDefaults, SpecFile, SpecFormat } from './format.ts';
import { meantAs } from './meantAs.ts';
import { noRunner, textOf } from './toolForm.ts';

/** Entries that are looked at to tell the format. */
const tried = 20;
const mostEntries = 20_000;
const mostProblems = 100;

export const toolbench: SpecFormat = {
  name: 'toolbench',
  mayBe: (path, text) =>
    /\.(?:jsonc?|jsonl|ndjson)$/i.test(path) &&
    (text.includes('required_parameters') || text.includes('optional_parameters')),
  recognises: (file) =>
    entriesOf(file.document.value, tried).some(({ api }) => api !== null) ||
    meantAs(/\b(?:required|optional)_parameters\b/, file),
  read: readFile,
};

/** One description, and where it stands. */
interface ApiEntry {
  name: string;
  /** Null for what is no description. */
  api: JsonObject | null;
  /** What stands there, when it is a text. */
  text: string | null;
  at: string;
  /** Where the object stands: for a text, the text. */
  inText: boolean;
}

function entriesOf(value: Json | undefined, most: number): ApiEntry[] {
  if (Array.isArray(value)) {
    return value.slice(0, most).flatMap((item, index) => entriesOfItem(item, `/${index}`));
  }
  if (!isJsonObject(value)) return [];
  if (Array.isArray(value.api_list) || asApi(value)) return entriesOfItem(value, '');
  return Object.entries(value)
    .slice(0, most)
    .map(([name, inner]) => ({ name, at: pointerOf(name), ...apiOf(inner) }));
}

/** An API, or a tool with a list of them. */
function entriesOfItem(item: Json, at: string): ApiEntry[] {
  if (!isJsonObject(item)) return [];
  const { api_list: list } = item;
  if (Array.isArray(list)) {
    const tool = textOf(item, 'tool_name') || textOf(item, 'title');
    return list.flatMap((one, index) =>
      isJsonObject(one)
        ? entryOf(one, `${at}/api_list/${index}`, tool, textOf(item, 'tool_description'))
        : [],
    );
  }
  return asApi(item) ? entryOf(item, at, textOf(item, 'tool_name'), '') : [];
}

function entryOf(api: JsonObject, at: string, tool: string, about: string): ApiEntry[] {
  const own = textOf(api, 'api_name') || textOf(api, 'name');
  const name = tool === '' || own === '' ? own : `${tool}%%${own}`;
  const whole = about === '' ? api : { parent_tool_name: tool, parent_tool_description: about, ...api };
  return [{ name, api: asApi(api) ? whole : null, text: null, at, inText: false }];
}

function apiOf(value: Json): Pick<ApiEntry, 'api' | 'text' | 'inText'> {
  if (typeof value !== 'string') return { api: asApi(value), text: null, inText: false };
  return { api: parsedApi(value), text: value, inText: true };
}

function parsedApi(text: string): JsonObject | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    return asApi(JSON.parse(text) as Json);
  } catch {
    return null;
  }
}

function asApi(value: Json): JsonObject | null {
  if (!isJsonObject(value)) return null;
  const has = Array.isArray(value.required_parameters) || Array.isArray(value.optional_parameters);
  return has ? value : null;
}

function readFile(file: SpecFile, defaults: ReadDefaults): SourceResult {
  const { path, folder, document } = file;
  const problems: SpecProblem[] = [...document.problems];
  const specs: FoundSpec[] = [];
  for (const entry of entriesOf(document.value, mostEntries)) {
    const spec = entry.api ? specOf(entry, entry.api) : proseSpec(entry);
    if (spec) specs.push(spec);
    else if (problems.length < mostProblems) {
      const message = 'This is no description of an API: it has no lists of parameters, so it is left out.';
      problems.push({ path, ...document.locate(entry.at), severity: 'warning', message });
    }
  }
  const where = { source: path, file: path, folder, locate: document.locate.bind(document) };
  const { tools, problems: more } = boundTools(specs, where, defaults);
  problems.push(...more);
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { path, folder, format: 'toolbench', tools, problems, budget: {} };
}

function specOf({ name, at, inText }: ApiEntry, api: JsonObject): FoundSpec {
  const required = parametersOf(api.required_parameters);
  const optional = parametersOf(api.optional_parameters);
  const needed = new Set(required.map((one) => one.name));
  const schema: JsonObject = {
    type: 'object',
    properties: Object.fromEntries([
      // What a needed parameter has as its default is an example: left out, the call fails.
      ...required.map((one) => [one.name, schemaOf(one, 'example')]),
      ...optional.filter((one) => !needed.has(one.name)).map((one) => [one.name, schemaOf(one, 'default')]),
    ]),
  };
  if (needed.size > 0) schema.required = [...needed];
  return {
    ...unbound(name, textOf(api, 'method')),
    description: descriptionOf(api),
    schema,
    written: {
      required_parameters: api.required_parameters ?? [],
      optional_parameters: api.optional_parameters ?? [],
    },
    at,
    schemaAt: inText ? at : `${at}/required_parameters`,
  };
}

interface Parameter {
  name: string;
  written: JsonObject;
}

function parametersOf(list: Json | undefined): Parameter[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) =>
    isJsonObject(one) && typeof one.name === 'string' && one.name !== '' && one.name !== '__proto__'
      ? [{ name: one.name, written: one }]
      : [],
  );
}

function schemaOf({ written }: Parameter, standard: 'default' | 'example'): JsonObject {
  const { name: _name, default: value, example_value: example, ...rest } = written;
  const known = value === undefined || value === '' ? example : value;
  return known === undefined || known === '' ? rest : { ...rest, [standard]: known };
}

function descriptionOf(api: JsonObject): string {
  const own = textOf(api, 'description') || textOf(api, 'api_description');
  const tool = textOf(api, 'parent_tool_name');
  const about = textOf(api, 'parent_tool_description');
  if (about === '' || about === own) return own;
  const part = tool === '' ? about : `Part of ${tool}: ${about}`;
  return own === '' ? part : `${own}\n\n${part}`;
}

/** `… args json schema): {{"location" : string, "days" : integer, }} …` */
function proseSpec({ name, text, at }: ApiEntry): FoundSpec | null {
  if (text === null || text.trim() === '') return null;
  const [, sketch = ''] = /json schema\):\s*\{+([^{}]{0,2000})\}/.exec(text) ?? [];
  const parameters = [...sketch.matchAll(/"([^"]{1,100})"\s*:\s*([A-Za-z]+)/g)];
  return {
    ...unbound(name, ''),
    description: text,
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        parameters
          .filter(([, key]) => key !== '__proto__')
          .map(([, key, type]) => [key, { type: type ?? 'any' }]),
      ),
    },
    written: text,
    at,
    schemaAt: at,
    notes: ['Its parameters are told in prose: what of them is needed is not known.'],
  };
}

function unbound(
  name: string,
  method: string,
): Pick<FoundSpec, 'name' | 'runner' | 'notRunnable' | 'risk' | 'riskReason'> {
  const { risk, reason } = guessRisk({ name, ...(method === '' ? {} : { method }) });
  return { name, runner: null, notRunnable: noRunner, risk, riskReason: reason };
}
