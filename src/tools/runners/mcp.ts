/** Calls tools of MCP servers. */
import {
  type CallToolResult,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
} from '@modelcontextprotocol/client';
import type { McpRunner } from '../boundTool.ts';
import { type McpConnection, messageOf, webProblem } from '../mcp/connection.ts';
import type { McpConnections } from '../mcp/connections.ts';
import { contentOf } from '../mcp/content.ts';
import type { RunCall, Runner, RunResult } from './runner.ts';

const invalidParams = -32602;

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
      if (!isForgotten(error) || call.signal.aborted) return this.#problem(error, connection, call);
      await connection.end();
    }
    const again = await this.#connections.connection(spec.server, bound.folder);
    return this.#call(again, call).catch((error) => this.#problem(error, again, call));
  }

  async dispose(): Promise<void> {
    await this.#connections.dispose();
  }

  async #call(
    connection: McpConnection,
    { bound, spec, args, signal, alive }: RunCall<McpRunner>,
  ): Promise<RunResult> {
    const result = await connection.call(spec.tool, args, {
      signal,
      onProgress: ({ done, total }) => {
        alive?.();
        const of = total === undefined ? '' : ` of ${total}`;
        this.#log(
          `The MCP server "${spec.server.name}" reports progress of ${bound.tool.name}: ${done}${of}.`,
        );
      },
    });
    return resultOf(result, bound.outputLimit);
  }

  #problem(error: unknown, connection: McpConnection, { spec, signal }: RunCall<McpRunner>): RunResult {
    const { server } = spec;
    if (signal.aborted) {
      void this.#connections.check(connection, server);
      return { status: 'cancelled', content: '', truncated: false };
    }
    if (error instanceof ProtocolError) {
      // Older servers answer wrong arguments so, newer ones with a result that is an error.
      const status = error.code === invalidParams ? 'rejected' : 'tool_fault';
      return { status, content: messageOf(error), truncated: false };
    }
    const named = `The MCP server "${server.name}"`;
    if (!connection.alive || (error instanceof SdkError && error.code === SdkErrorCode.ConnectionClosed)) {
      const how = connection.death ?? 'has ended.';
      return { status: 'tool_fault', content: `${named} ${how}`, truncated: false };
    }
    if (error instanceof SdkError && error.code === SdkErrorCode.InvalidResult) {
      const content = `${named} answered with something that the protocol does not know. ${messageOf(error)}`;
      return { status: 'tool_fault', content, truncated: false };
    }
    if (server.transport.kind !== 'stdio') {
      const { status, content, truncated } = webProblem(error);
      if (error instanceof SdkHttpError) {
        return {
          status: status === 'unreachable' ? 'tool_fault' : status,
          content: `${named}: ${content}`,
          truncated,
        };
      }
      // The next call connects anew.
      void connection.end();
      return { status, content: `${named}: ${content}`, truncated };
    }
    return { status: 'tool_fault', content: `${named}: ${messageOf(error)}`, truncated: false };
  }
}

/** The server does not know the session any more (some say 400): nothing was called yet. */
function isForgotten(error: unknown): boolean {
  return error instanceof SdkHttpError && (error.status === 404 || error.status === 400);
}

function resultOf(result: CallToolResult, limit: number): RunResult {
  const { content, truncated } = contentOf(result, limit);
  if (result.isError !== true) return { status: 'ok', content, truncated };
  return { status: 'rejected', content: content || 'The tool failed and said nothing.', truncated };
}
