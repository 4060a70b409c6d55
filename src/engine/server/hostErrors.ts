/** Faults of editor models come over the wire as the data of an error. */
import { ResponseError } from 'vscode-languageserver/node';
import { ModelError, type ModelErrorKind } from '../../core/errors.ts';

const kinds = [
  'auth',
  'unknown_model',
  'unreachable',
  'quota',
  'rate_limit',
  'timeout',
  'server',
  'bad_request',
  'too_long',
  'tools_unsupported',
  'consent',
] as const satisfies readonly ModelErrorKind[];

/** The model's fault in a response of the extension host; null when it is something else. */
export function modelErrorOf(error: unknown): ModelError | null {
  if (!(error instanceof ResponseError)) return null;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('advice' in data)) return null;
  const kind = kinds.find((known) => known === data.kind);
  return kind ? new ModelError(kind, error.message, String(data.advice)) : null;
}
