/** What goes wrong between us and a server, in words. */
import { ProtocolError, SdkError, SdkHttpError } from '@modelcontextprotocol/client';
import { networkProblem } from '../runners/networkProblem.ts';

/** What a server at an address said instead of an answer. */
export function webProblem(error: unknown): ReturnType<typeof networkProblem> {
  const status = error instanceof SdkHttpError ? error.status : undefined;
  if (status === 401 || status === 403) {
    const content = `It wants a sign-in (HTTP ${status}). Put a token into its headers: "Authorization": "Bearer \${input:token}".`;
    return { status: 'blocked', content, truncated: false };
  }
  if (status !== undefined) {
    return { status: 'unreachable', content: `It answers with HTTP ${status}.`, truncated: false };
  }
  if (error instanceof SdkError || error instanceof ProtocolError) {
    const problem = error.cause === undefined ? null : networkProblem(error.cause);
    if (problem !== null && problem.status !== 'tool_fault') return problem;
    return { status: 'unreachable', content: messageOf(error), truncated: false };
  }
  return networkProblem(error);
}

export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1000);
}
