/** What a call became that brought no result. */
import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError } from '@modelcontextprotocol/client';
import type { McpServerSpec } from '../boundTool.ts';
import type { RunResult } from '../runners/runner.ts';
import type { McpConnection } from './connection.ts';
import { messageOf, webProblem } from './webProblem.ts';

const invalidParams = -32602;

/** The server does not know the session any more (some say 400): nothing was called yet. */
export function isForgotten(error: unknown): boolean {
  return error instanceof SdkHttpError && (error.status === 404 || error.status === 400);
}

export function callProblem(error: unknown, connection: McpConnection, server: McpServerSpec): RunResult {
  const named = `The MCP server "${server.name}"`;
  const fault = (content: string): RunResult => ({ status: 'tool_fault', content, truncated: false });
  if (error instanceof ProtocolError) {
    // Older servers answer wrong arguments so, newer ones with a result that is an error.
    const status = error.code === invalidParams ? 'rejected' : 'tool_fault';
    return { status, content: messageOf(error), truncated: false };
  }
  if (!connection.alive || (error instanceof SdkError && error.code === SdkErrorCode.ConnectionClosed)) {
    return fault(`${named} ${connection.death ?? 'has ended.'}`);
  }
  if (error instanceof SdkError && error.code === SdkErrorCode.InvalidResult) {
    return fault(`${named} answered with something that the protocol does not know. ${messageOf(error)}`);
  }
  if (server.transport.kind === 'stdio') return fault(`${named}: ${messageOf(error)}`);
  const { status, content, truncated } = webProblem(error);
  const said = `${named}: ${content}`;
  if (error instanceof SdkHttpError) {
    return { status: status === 'unreachable' ? 'tool_fault' : status, content: said, truncated };
  }
  // The next call connects anew.
  void connection.end();
  return { status, content: said, truncated };
}
