/** What a manifest's `include:` does to an operation of an OpenAPI document. */
import type { BoundTool, Include } from '../boundTool.ts';

/**
 * The tool at the server and with the secrets that a manifest names; a tool of another kind, or one for which the manifest
 * names neither, as it is.
 */
export function boundOperation(
  bound: BoundTool,
  { server, auth }: Pick<Include, 'server' | 'auth'>,
): BoundTool {
  const { operation: waiting, ...rest } = bound;
  const operation = bound.runner?.kind === 'openapi' ? bound.runner : waiting;
  if (!operation) return bound;
  const secured = { ...operation, auth: { ...operation.auth, ...auth } };
  if (server !== null) {
    return {
      ...rest,
      runner: { ...secured, server, serverIsBound: true },
      notRunnable: null,
      tool: { ...bound.tool, runnable: true },
    };
  }
  return bound.runner ? { ...bound, runner: secured } : { ...bound, operation: secured };
}
