/**
 * Calls exports of one JavaScript module for the engine, one call at a time. Requests and answers go over the IPC channel;
 * standard output and error are the module's own.
 */
import { pathToFileURL } from 'node:url';
import type { ModuleAnswer, ModuleRequest } from './moduleProcess.ts';

process.on('message', (request: ModuleRequest) => {
  void answer(request).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));

async function answer({ id, path, exportName, args, limit }: ModuleRequest): Promise<ModuleAnswer> {
  let called: unknown;
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(path).href);
    called = Object.hasOwn(module, exportName) ? module[exportName] : undefined;
  } catch (error) {
    return { id, status: 'broken', ...cut(say(error), limit) };
  }
  if (typeof called !== 'function') {
    return {
      id,
      status: 'broken',
      ...cut(`The module has no function "${exportName}" among its exports.`, limit),
    };
  }
  try {
    const result: unknown = await called(args);
    return {
      id,
      status: 'ok',
      ...cut(typeof result === 'string' ? result : (JSON.stringify(result) ?? ''), limit),
    };
  } catch (error) {
    return { id, status: 'threw', ...cut(say(error), limit) };
  }
}

function say(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function cut(text: string, limit: number): { content: string; truncated: boolean } {
  const truncated = Buffer.byteLength(text) > limit;
  if (!truncated) return { content: text, truncated };
  const bytes = Buffer.from(text).subarray(0, limit);
  // The cut may go through a character: `stream` leaves its half away.
  return { content: new TextDecoder().decode(bytes, { stream: true }), truncated };
}
