/**
 * Configuration files of MCP clients: `.vscode/mcp.json` (`servers`, `inputs`), `.mcp.json` and those of other clients
 * (`mcpServers`). Either key in any of them. They name servers; tools are known once a server has been asked.
 */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { SpecLocation, SpecProblem } from '../../core/tool.ts';
import type { McpServerSpec, SourceResult } from '../boundTool.ts';
import type { SpecFormat } from './format.ts';
import { escaped, type ReportProblem, readServer } from './mcpServerEntry.ts';

/** Files that clients read servers from, whatever else they hold. */
const fileName =
  /(?:^|\/)(?:\.?mcp(?:[_-](?:config|servers|settings))?|cline_mcp_settings|claude_desktop_config)\.jsonc?$/i;
const anyJson = /\.(?:jsonc?|code-workspace)$/i;
const keys = ['servers', 'mcpServers'] as const;
const mostServers = 200;

export const mcpServers: SpecFormat = {
  name: 'mcpServers',
  mayBe: (path, text) => fileName.test(path) || (anyJson.test(path) && /"(?:mcpServers|servers)"/.test(text)),
  recognises({ path, document }) {
    const { value } = document;
    const named = fileName.test(path);
    if (isJsonObject(value) && placesOf(value, named).length > 0) return true;
    // Its name says what it was meant to be.
    return named && document.problems.some(({ severity }) => severity === 'error');
  },
  read({ path, folder, document }): SourceResult {
    const problems: SpecProblem[] = [...document.problems];
    const report: ReportProblem = (pointer, severity, message, part = 'value') =>
      problems.push({ path, ...document.locate(pointer, part), severity, message });
    const root = isJsonObject(document.value) ? document.value : {};
    const inputs = inputsOf(root);
    const servers: McpServerSpec[] = [];
    const taken = new Set<string>();
    for (const place of placesOf(root, fileName.test(path))) {
      for (const [key, value] of Object.entries(place.servers)) {
        if (servers.length === mostServers) {
          report(place.pointer, 'warning', `Only the first ${mostServers} servers are read.`, 'key');
          break;
        }
        const pointer = `${place.pointer}/${escaped(key)}`;
        const name = unique(key, taken);
        const { line, column } = document.locate(pointer, 'key');
        const { endLine, endColumn } = document.locate(pointer, 'value');
        const source: SpecLocation = { path, line, column, endLine, endColumn };
        servers.push({ name, source, ...readServer(value, pointer, inputs, report) });
      }
    }
    problems.sort((a, b) => a.line - b.line || a.column - b.column);
    return { path, folder, format: 'mcpServers', servers, tools: [], problems, budget: {} };
  },
};

interface Place {
  pointer: string;
  servers: JsonObject;
}

/** Where servers stand: at the top, or under `mcp` as in the settings of an editor. */
function placesOf(root: JsonObject, named: boolean): Place[] {
  // Other descriptions of services have servers too, which are no programs.
  if ('asyncapi' in root || 'openapi' in root || 'swagger' in root) return [];
  const { mcp } = root;
  const nested = isJsonObject(mcp) ? placesIn(mcp, '/mcp', true) : [];
  return [...placesIn(root, '', named), ...nested];
}

function placesIn(around: JsonObject, pointer: string, named: boolean): Place[] {
  return keys.flatMap((key) => {
    const servers = around[key];
    if (!isJsonObject(servers) || Object.keys(servers).length === 0) return [];
    const likely = key === 'mcpServers' ? Object.values(servers).some(isLikeServer) : isList(servers);
    return named || likely ? [{ pointer: `${pointer}/${key}`, servers }] : [];
  });
}

/** `servers` says little: in a file of another name every one of them has to look like one. */
function isList(servers: JsonObject): boolean {
  return Object.values(servers).every(
    (one) => isJsonObject(one) && (hasCommand(one) || (typeof one.type === 'string' && isLikeServer(one))),
  );
}

function isLikeServer(value: Json): boolean {
  return (
    isJsonObject(value) &&
    (hasCommand(value) || typeof value.url === 'string' || typeof value.serverUrl === 'string')
  );
}

function hasCommand({ command }: JsonObject): boolean {
  return typeof command === 'string' || Array.isArray(command);
}

/** By id, with the default. */
function inputsOf(root: JsonObject): Map<string, string | null> {
  const inner = isJsonObject(root.mcp) ? root.mcp.inputs : undefined;
  const found = [root.inputs, inner].flatMap((list) => (Array.isArray(list) ? list : []));
  return new Map(
    found.filter(isJsonObject).flatMap(({ id, default: otherwise }) => {
      return typeof id === 'string' ? [[id, typeof otherwise === 'string' ? otherwise : null] as const] : [];
    }),
  );
}

function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}~${count}`;
  taken.add(free);
  return free;
}
