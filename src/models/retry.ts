import type { ModelErrorKind } from '../core/errors.ts';
import type { Random } from '../core/random.ts';

/** How often one question is asked, waits and reasons included. */
export const limits = {
  /** Attempts in all, where nobody said how long to wait. */
  tries: 6,
  /** Attempts in all, while a server keeps saying how long to wait. */
  toldTries: 12,
  /** Attempts that ran into the time limit: each may have been paid for. */
  timeouts: 3,
  /** Attempts at a server that has never been reached: more likely a wrong address than a short absence. */
  firstContact: 3,
  /** A server that wants us back later than this, milliseconds, is not waited for. */
  longestWait: 3_600_000,
} as const;

const firstBackoff = 500;
const longestBackoff = 30_000;

/** Whether another attempt at the same question can have another end. */
export function isRetryable(kind: ModelErrorKind, network: string | null): boolean {
  switch (kind) {
    case 'rate_limit':
    case 'server':
    case 'timeout':
      return true;
    case 'unreachable':
      // A name or a certificate that is wrong stays wrong.
      return (
        network !== null &&
        !/^(?:ENOTFOUND|ERR_INVALID_URL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(network)
      );
    default:
      return false;
  }
}

/** Attempts in all that a kind of failure is worth. */
export function triesFor(kind: ModelErrorKind, told: boolean, everReached: boolean): number {
  if (kind === 'timeout') return limits.timeouts;
  if (kind === 'unreachable' && !everReached) return limits.firstContact;
  return told ? limits.toldTries : limits.tries;
}

/** Milliseconds to wait after the `failed`-th failure (from 1): doubled each time, of which up to half is left to chance. */
export function backoff(failed: number, random: Random): number {
  const full = Math.min(longestBackoff, firstBackoff * 2 ** (failed - 1));
  return full * (0.5 + random.next() / 2);
}

/**
 * Milliseconds that the server wants us to wait, from `retry-after-ms`, or `retry-after` in seconds or as a date; null
 * when it says nothing that can be read. A date counts from the response's own `date`, so that our clock may be wrong.
 */
export function retryAfter(headers: Headers | null, wall: number): number | null {
  const ms = readNumber(headers?.get('retry-after-ms'));
  if (ms !== null) return ms;
  const value = headers?.get('retry-after');
  const seconds = readNumber(value);
  if (seconds !== null) return seconds * 1000;
  const until = Date.parse(value ?? '');
  if (Number.isNaN(until)) return null;
  const sent = Date.parse(headers?.get('date') ?? '');
  return Math.max(0, until - (Number.isNaN(sent) ? wall : sent));
}

function readNumber(value: string | null | undefined): number | null {
  if (!value || !/^\s*\d+(?:\.\d+)?\s*$/.test(value)) return null;
  return Number(value);
}
