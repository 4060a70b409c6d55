import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { parseShallow } from '../../../core/nesting.ts';
import { kindOfValue, type Report } from './report.ts';

/** The schemas of the tools that a row declares, by name. */
export type Declared = ReadonlyMap<string, JsonObject>;

/** How a format declares tools. */
export interface ToolForm {
  /** `function`: as the chat completions API has them. `flat`: name, description, parameters. `either`: both. */
  form: 'function' | 'flat' | 'either';
  /** Whether the list may be, or has to be, a JSON text. */
  text: 'never' | 'allowed' | 'always';
  /** Whether a tool has to have a description. */
  described: boolean;
  /** The member that is the schema. */
  schema?: string;
}

const legalName = /^[a-zA-Z0-9_-]{1,64}$/;
/** What the services take. */
const mostTools = 128;

/** What is wrong with a name; null for a legal one. */
export function nameProblem(name: Json | undefined): string | null {
  if (typeof name === 'string' && legalName.test(name)) return null;
  const what =
    typeof name === 'string'
      ? `${JSON.stringify(name.slice(0, 80))} is no legal name`
      : `it is ${kindOfValue(name)}`;
  return `${what}, write 1 to 64 letters, digits, _ and -`;
}

/** Reads the tools of a row, or of a part of one. Null when there are none. */
export function declaredTools(
  value: Json | undefined,
  field: string,
  form: ToolForm,
  report: Report,
): Declared | null {
  let list = value;
  if (typeof value === 'string' && form.text !== 'never') {
    try {
      list = parseShallow(value);
    } catch {
      report.error(field, 'it is no JSON, write the list of tools as a JSON text');
      return null;
    }
  } else if (value !== undefined && value !== null && form.text === 'always') {
    report.error(field, `it is ${kindOfValue(value)}, write the list of tools as a JSON text`);
  }
  if (list === undefined || list === null) return null;
  if (!Array.isArray(list)) {
    report.error(field, `it is ${kindOfValue(list)}, write a list of tools`);
    return null;
  }
  if (list.length > mostTools)
    report.error(field, `there are ${list.length} tools, write ${mostTools} at most`);
  const declared = new Map<string, JsonObject>();
  for (const [index, tool] of list.entries()) {
    const read = readTool(tool, `${field}[${index}]`, form, report);
    if (read === null) continue;
    if (declared.has(read.name))
      report.error(`${field}[${index}]`, `"${read.name}" is declared twice, write it once`);
    declared.set(read.name, read.schema);
  }
  return declared;
}

function readTool(
  tool: Json,
  field: string,
  { form, described, schema: member = 'parameters' }: ToolForm,
  report: Report,
): { name: string; schema: JsonObject } | null {
  if (!isJsonObject(tool)) {
    report.error(field, `it is ${kindOfValue(tool)}, write a tool`);
    return null;
  }
  const nested = form !== 'flat' && (form === 'function' || isJsonObject(tool.function));
  if (nested && tool.type !== 'function') report.error(`${field}.type`, 'write "function"');
  const inside = nested ? tool.function : tool;
  const at = nested ? `${field}.function` : field;
  if (!isJsonObject(inside)) {
    report.error(at, `it is ${kindOfValue(inside)}, write an object with name, description and parameters`);
    return null;
  }
  const { name, description } = inside;
  const problem = nameProblem(name);
  if (problem !== null) report.error(`${at}.name`, problem);
  if (typeof description !== 'string' || description.trim() === '') {
    const message = `it is ${description === '' ? 'empty' : kindOfValue(description)}, write what the tool does`;
    if (described && typeof description !== 'string') report.error(`${at}.description`, message);
    else report.warn(`${at}.description`, message);
  }
  const schema = inside[member] ?? {};
  if (!isJsonObject(schema))
    report.error(`${at}.${member}`, `it is ${kindOfValue(schema)}, write a JSON Schema`);
  else if (schema.type !== undefined && schema.type !== 'object')
    report.error(`${at}.${member}.type`, 'write "object": arguments have names');
  return typeof name === 'string' ? { name, schema: isJsonObject(schema) ? schema : {} } : null;
}

/** Holds a call against what is declared; arguments that are read are checked by their schema later. */
export function checkCall(
  call: { name: Json | undefined; arguments: JsonObject | null },
  fields: { name: string; arguments: string },
  declared: Declared | null,
  report: Report,
): void {
  const { name } = call;
  const problem = nameProblem(name);
  if (problem !== null || typeof name !== 'string') {
    report.error(fields.name, problem ?? 'write a name');
    return;
  }
  const schema = declared?.get(name);
  if (schema !== undefined) {
    if (call.arguments !== null)
      report.check({ field: fields.arguments, tool: name, schema, arguments: call.arguments });
  } else if (declared !== null)
    report.error(fields.name, `"${name}" is not among the tools of this row, declare it or name one that is`);
}
