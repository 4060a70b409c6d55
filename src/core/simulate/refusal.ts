import type { Failure } from '../trial.ts';

/**
 * How a played tool refuses arguments that break its schema: as servers do, a code, a sentence, and each argument at fault.
 * No model is asked, so the same arguments are always refused in the same words.
 */
export function refusalText(failures: readonly Failure[]): string {
  const details = failures.map(({ type, message, argument }) => ({
    ...(argument === undefined ? {} : { argument }),
    problem: type,
    message,
  }));
  const message = failures.map((failure) => failure.message).join(' ');
  return JSON.stringify({ error: { code: 'invalid_arguments', message, details } });
}
