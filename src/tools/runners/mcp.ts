/** Calls tools of MCP servers. */
import type { CallToolResult } from '@modelcontextprotocol/client';
import type { McpRunner } from '../boundTool.ts';
import type { McpConnection } from '../mcp/connection.ts';
import type { McpConnections } from '../mcp/connections.ts';
import { contentOf } from '../mcp/content.ts';
import type { RunCall, Runner, RunResult } from './runner.ts';

/** Progress is logged at this pace at most, milliseconds. */
const progressPace = 500;

export class McpCalls implements Runner<McpRunner> {
  readonly #connections: McpConnections;
  readonly #log: (line: string) => void;

  constructor(connections: McpConnections, log: (line: string) => void) {
    this.#connections = connections;
    this.#log = log;
  }

  async run(call: RunCall<McpRunner>): Promise<RunResult> {
    const { spec, bound } = call;
    const connection = await this.#connections.connection(spec.server, bound.folder);
    try {
      return await this.#call(connection, call);
    } catch (error) {
      const { isForgotten } = await import('../mcp/callProblem.ts');
      if (!isForgotten(error) || call.signal.aborted) return this.#problem(error, connection, call);
      await connection.end();
    }
    const again = await this.#connections.connection(spec.server, bound.folder);
    return this.#call(again, call).catch((error: unknown) => this.#problem(error, again, call));
  }

  async dispose(): Promise<void> {
    await this.#connections.dispose();
  }

  async #call(
    connection: McpConnection,
    { bound, spec, args, signal, alive }: RunCall<McpRunner>,
  ): Promise<RunResult> {
    let logged = Number.NEGATIVE_INFINITY;
    const result = await connection.call(spec.tool, args, {
      signal,
      onProgress: ({ done, total }) => {
        alive?.();
        if (performance.now() - logged < progressPace) return;
        logged = performance.now();
        const far = total === undefined ? `${done}` : `${done} of ${total}`;
        this.#log(`The MCP server "${spec.server.name}" reports progress of ${bound.tool.name}: ${far}.`);
      },
    });
    return resultOf(result, bound.outputLimit);
  }

  async #problem(
    error: unknown,
    connection: McpConnection,
    { spec, signal }: RunCall<McpRunner>,
  ): Promise<RunResult> {
    if (signal.aborted) {
      void this.#connections.check(connection, spec.server);
      return { status: 'cancelled', content: '', truncated: false };
    }
    const { callProblem } = await import('../mcp/callProblem.ts');
    return callProblem(error, connection, spec.server);
  }
}

function resultOf(result: CallToolResult, limit: number): RunResult {
  const { content, truncated } = contentOf(result, limit);
  if (result.isError !== true) return { status: 'ok', content, truncated };
  return { status: 'rejected', content: content || 'The tool failed and said nothing.', truncated };
}
