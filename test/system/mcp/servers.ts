/** Real MCP servers for tests, run offline from their packages, and one of our own that misbehaves. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Observation } from '../../../src/core/trial.ts';
import type { BoundTool, McpServerSpec } from '../../../src/tools/boundTool.ts';
import { ToolHost, type ToolHostOptions } from '../../../src/tools/toolHost.ts';

type Stdio = Extract<McpServerSpec['transport'], { kind: 'stdio' }>;

const require = createRequire(import.meta.url);

/** The program of a server of the protocol's own packages. */
export function serverProgram(name: string): string {
  return join(dirname(require.resolve(`@modelcontextprotocol/server-${name}/package.json`)), 'dist/index.js');
}

/** Our own server; `how` it misbehaves stands in its source. */
export const fixture = join(import.meta.dirname, '../../fixtures/mcp/server.mjs');

export function stdioServer(name: string, args: string[], more: Partial<Stdio> = {}): McpServerSpec {
  return {
    name,
    source: { path: '.mcp.json', line: 3, column: 5 },
    transport: { kind: 'stdio', command: process.execPath, args, env: {}, cwd: null, ...more },
    problem: null,
  };
}

export function webServer(name: string, url: string, headers: Record<string, string> = {}): McpServerSpec {
  return {
    name,
    source: { path: '.mcp.json', line: 3, column: 5 },
    transport: { kind: 'http', url, headers },
    problem: null,
  };
}

export interface McpBench {
  host: ToolHost;
  log: string[];
  call(
    server: McpServerSpec,
    tool: string,
    args?: JsonObject,
    more?: { signal?: AbortSignal; timeoutMs?: number; outputLimit?: number },
  ): Promise<Observation>;
}

/** A host for servers of one folder; dispose of it. */
export function mcpBench(folder: string, options: Partial<ToolHostOptions> = {}): McpBench {
  const log: string[] = [];
  const host = new ToolHost({
    trusted: () => true,
    secret: async () => null,
    log: (line) => log.push(line),
    ...options,
  });
  return {
    host,
    log,
    call: (server, tool, args = {}, { signal = new AbortController().signal, ...limits } = {}) =>
      host.call(boundTo(server, tool, folder, limits), args, { signal }),
  };
}

function boundTo(
  server: McpServerSpec,
  name: string,
  folder: string,
  { timeoutMs = 10_000, outputLimit = 64 * 1024 }: { timeoutMs?: number; outputLimit?: number },
): BoundTool {
  return {
    tool: {
      id: `.mcp.json#${server.name}#${name}`,
      name,
      description: '',
      parameters: { type: 'object' },
      source: server.source,
      risk: 'read',
      runnable: true,
      specHash: '',
    },
    folder,
    runner: { kind: 'mcp', server, tool: name },
    notRunnable: null,
    timeoutMs,
    outputLimit,
    services: [],
  };
}
