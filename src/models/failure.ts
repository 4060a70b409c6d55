import { APIConnectionError, APIError } from 'openai';
import { isJsonObject, type Json } from '../core/json.ts';
import { EmbeddedError, MalformedAnswer } from './answer.ts';

/** One attempt that failed, in our words: whatever the SDK, the network or the parser threw. */
export interface Failure {
  /** HTTP status; null when there was no answer. */
  status: number | null;
  /** What the server said, redacted and shortened; the network's word when there was no answer. */
  text: string;
  /** The server's codes, lower case: `error.code` and `error.type`. */
  codes: string[];
  /** The parameter that the server names. */
  param: string | null;
  headers: Headers | null;
  /** For instance `ECONNREFUSED`. */
  network: string | null;
  /** The answer could not be read. */
  malformed: boolean;
}

/** A failed attempt of which nothing is known. */
export const noAnswer: Failure = {
  status: null,
  text: '',
  codes: [],
  param: null,
  headers: null,
  network: null,
  malformed: false,
};

/** How much of a server's text a message repeats. */
const textLimit = 300;

/** The failed attempt that an error stands for; null for an error that is a fault of ours. */
export function readFailure(error: unknown, redact: (text: string) => string): Failure | null {
  const none = { status: null, codes: [], param: null, headers: null, network: null, malformed: false };
  if (error instanceof MalformedAnswer) return { ...none, text: error.message, malformed: true };
  if (error instanceof EmbeddedError)
    return { ...none, ...readBody(error.body, redact), status: embeddedStatus(error.body) };
  if (error instanceof APIConnectionError && error.cause instanceof MalformedAnswer) {
    return { ...none, text: error.cause.message, malformed: true };
  }
  if (error instanceof APIConnectionError) return { ...none, ...networkFailure(error) };
  if (error instanceof APIError) {
    const body = (error.error as Json | undefined) ?? error.message.replace(/^\d+ /, '');
    return {
      ...none,
      ...readBody(body, redact),
      status: error.status ?? null,
      headers: error.headers ?? null,
    };
  }
  return null;
}

function networkFailure(error: Error): Pick<Failure, 'network' | 'text'> {
  const codes: string[] = [];
  let last: unknown = error;
  for (let depth = 0; depth < 5 && last instanceof Error; depth++) {
    if ('code' in last && typeof last.code === 'string') codes.push(last.code);
    // A host with several addresses fails with one error for each.
    last = last instanceof AggregateError && last.errors.length > 0 ? last.errors[0] : last.cause;
  }
  const network = codes.at(-1) ?? 'ECONNRESET';
  return { network, text: network };
}

function readBody(body: Json, redact: (text: string) => string): Pick<Failure, 'text' | 'codes' | 'param'> {
  const fields = isJsonObject(body) ? body : {};
  const codes = [fields.code, fields.type].filter((code) => typeof code === 'string');
  const text = plain(
    typeof body === 'string' ? body : (fields.message ?? fields.detail ?? fields.error ?? body),
  );
  const shown = redact(text.replace(/\s+/g, ' ').trim());
  return {
    text: shown.length > textLimit ? `${shown.slice(0, textLimit)}…` : shown,
    codes: codes.map((code) => code.toLowerCase()),
    param: typeof fields.param === 'string' ? fields.param : null,
  };
}

function plain(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (!/^\s*<(?:!doctype|html|head|body)/i.test(value)) return value;
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(value)?.[1]?.trim();
  return title ? `a web page titled "${title}"` : 'a web page';
}

/** Gateways put the status of the server behind them into `code`. */
function embeddedStatus(body: Json): number {
  const code = isJsonObject(body) ? Number(body.code ?? body.status) : Number.NaN;
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : 500;
}
