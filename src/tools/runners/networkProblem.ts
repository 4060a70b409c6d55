/** Requests that got no answer, in words. */
import { NetworkRefusal } from './hosts.ts';
import type { RunResult } from './runner.ts';

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  EADDRNOTAVAIL: 'there is no way to it',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
};

/** What became of a request that got no answer. */
export function networkProblem(error: unknown): RunResult {
  const causes = causesOf(error);
  const refused = causes.find((one) => one instanceof NetworkRefusal);
  if (refused) return { status: 'blocked', content: refused.message, truncated: false };
  for (const cause of causes) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    const why = unreachable[code];
    if (why)
      return {
        status: 'unreachable',
        content: `The server cannot be reached: ${why} (${code}).`,
        truncated: false,
      };
    if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
      return {
        status: 'unreachable',
        content: `The server's certificate is not trusted: ${message}.`,
        truncated: false,
      };
    }
  }
  const [first] = causes;
  return fault(`The server broke off: ${first?.message ?? String(error)}.`);
}

function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [error, ...inner.flatMap(causesOf)];
}

/** The server did something that no server should. */
export function fault(content: string): RunResult {
  return { status: 'tool_fault', content, truncated: false };
}
