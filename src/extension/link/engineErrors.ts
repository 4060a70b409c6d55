import * as l10n from '@vscode/l10n';
import { Cancelled, UserError } from '../../core/errors.ts';

/** The engine is not there to answer. */
export class EngineAway extends UserError {
  constructor(message = l10n.t('The engine of Imaginarium is not running.')) {
    super(message, l10n.t('Run "Imaginarium: Start Engine"; the log says why it ended.'));
    this.name = 'EngineAway';
  }
}

/** Of the Language Server Protocol: somebody cancelled the request, or the server did. */
const cancelledCodes = new Set([-32800, -32802]);

/**
 * Whether people are meant to read it. Known by its shape: each stage of the extension is a bundle with a copy of these
 * classes of its own, so `instanceof` says nothing about an error of another stage.
 */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && 'advice' in error && typeof error.advice === 'string';
}

/** Whether somebody stopped the work; the same holds. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.name === 'Cancelled';
}

/** What the engine answered, as the error that it threw on its side. */
export function engineError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if ('code' in error && cancelledCodes.has(Number(error.code))) return new Cancelled();
  const data: unknown = 'data' in error ? error.data : undefined;
  if (typeof data === 'object' && data !== null && 'advice' in data) {
    return new UserError(error.message, String(data.advice), { cause: error });
  }
  return error;
}

/** A message for people, with advice, for anything that was thrown. */
export function readable(error: unknown): { message: string; advice: string } {
  if (isUserError(error)) return { message: error.message, advice: error.advice };
  return {
    message: l10n.t('Something went wrong: {0}', error instanceof Error ? error.message : String(error)),
    advice: l10n.t('The log has the details.'),
  };
}
