/** The tools of a server, as it lists them: page by page, within limits, what cannot be used left out and said. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { keepsOutput } from '../boundTool.ts';
import type { McpConnection } from './connection.ts';

/** A tool as a server tells of it, of which nothing is vouched for. */
export interface ListedTool {
  name: string;
  title?: string;
  description: string;
  inputSchema: Json;
  outputSchema?: JsonObject;
  annotations?: ToolHints;
  /** It can be run as a task only, for which there is no caller here. */
  onlyAsTask?: true;
}

export interface ToolHints {
  readOnlyHint?: boolean;
  destructiveHint?: boolean;
  idempotentHint?: boolean;
}

export interface McpListing {
  tools: ListedTool[];
  /** What was left out, a sentence each. */
  notes: string[];
}

export const mostTools = 1_000;
const mostPages = 200;
/** Of all tools together, characters of JSON. */
const largestListing = 4 * 1024 * 1024;
const largestTool = 256 * 1024;
const longestDescription = 32 * 1024;

export async function listTools(connection: McpConnection, signal: AbortSignal): Promise<McpListing> {
  const tools: ListedTool[] = [];
  const left: string[] = [];
  const seen = new Set<string>();
  let size = 0;
  let cursor: string | undefined;
  for (let pages = 1; ; pages++) {
    const page = await connection.toolsPage(cursor, signal);
    const found = Array.isArray(page.tools) ? page.tools : [];
    for (const one of found) {
      const tool = listedTool(one);
      if (typeof tool === 'string') {
        left.push(tool);
        continue;
      }
      size += JSON.stringify(tool).length;
      if (tools.length === mostTools || size > largestListing) {
        const limit = tools.length === mostTools ? `${mostTools} tools` : '4 MiB of tools';
        return { tools, notes: [...summary(left), `It lists more than ${limit}: the rest is left out.`] };
      }
      tools.push(tool);
    }
    const { next } = page;
    if (typeof next !== 'string' || next === '') return { tools, notes: summary(left) };
    if (seen.has(next) || pages === mostPages) {
      const why = pages === mostPages ? `more than ${mostPages} pages` : 'the same page over and over';
      return { tools, notes: [...summary(left), `It sends ${why}: what came until then is kept.`] };
    }
    seen.add(next);
    cursor = next;
  }
}

/** The tool, or why it is left out. */
export function listedTool(value: unknown): ListedTool | string {
  if (!isJsonObject(value)) return 'A tool of its list is no object.';
  const { name, title, description, inputSchema, outputSchema, annotations, execution } = value;
  if (typeof name !== 'string' || name === '') return 'A tool of its list has no name.';
  const named = `The tool "${name.slice(0, 60)}"`;
  const schema = inputSchema === undefined ? { type: 'object' } : inputSchema;
  if (!isJsonObject(schema)) return `${named} has an inputSchema that is no object.`;
  if (name.length > 512) return `${named}… has a name of ${name.length} characters.`;
  const tool: ListedTool = {
    name,
    ...(typeof title === 'string' ? { title: title.slice(0, 512) } : {}),
    description: typeof description === 'string' ? description.slice(0, longestDescription) : '',
    inputSchema: schema,
    ...(isJsonObject(outputSchema) && keepsOutput(outputSchema) ? { outputSchema } : {}),
    ...(isJsonObject(annotations) ? { annotations: hintsOf(annotations) } : {}),
    ...(isOnlyTask(value, execution) ? { onlyAsTask: true as const } : {}),
  };
  const size = JSON.stringify(tool).length;
  return size > largestTool
    ? `${named} is described in ${size} characters, which no model could be told.`
    : tool;
}

/** As the server says it, or as it was kept. */
function isOnlyTask({ onlyAsTask }: JsonObject, execution: Json | undefined): boolean {
  return onlyAsTask === true || (isJsonObject(execution) && execution.taskSupport === 'required');
}

function hintsOf(annotations: JsonObject): ToolHints {
  const hints: ToolHints = {};
  for (const key of ['readOnlyHint', 'destructiveHint', 'idempotentHint'] as const) {
    const value = annotations[key];
    if (typeof value === 'boolean') hints[key] = value;
  }
  return hints;
}

/** Ten of them, and how many more. */
function summary(left: readonly string[]): string[] {
  if (left.length <= 10) return left.map((why) => `${why} It is left out.`);
  return [
    ...left.slice(0, 10).map((why) => `${why} It is left out.`),
    `${left.length - 10} more are left out.`,
  ];
}
