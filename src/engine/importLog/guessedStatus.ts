/**
 * What a log does not say: whether a call succeeded. It is guessed from what came back, and called a failure only where that
 * says so of itself: the `error` of ToolBench's answers, a text that begins as error messages do, the refusals of the gateway
 * behind which ToolBench's services stand. Everything else counts as an answer, rightly or wrongly.
 */
import { isJsonObject, type Json } from '../../core/json.ts';
import type { FailureType, ObservationStatus } from '../../core/trial.ts';

/** How a call ended, as far as its observation shows it. */
export interface Guess {
  status: Extract<ObservationStatus, 'ok' | FailureType>;
  /** The tool's words for it; null for a success. */
  message: string | null;
}

/** A longer observation is an answer: error messages are short, and parsing megabytes takes its time. */
const longestError = 20_000;

const opening = /^\s*(?:error\b|exception\b|traceback \(|invalid \w+|\w+(?:Error|Exception): )/i;
const gateway =
  /not subscribed to this api|exceeded the (?:daily|monthly|rate|hourly) |api doesn'?t exists?|endpoint '?[^']{0,200}'? does not exist|too many requests/i;
const late = /\btime(?:d )?[ -]?out\b/i;
const fault = /\binternal (?:server )?error\b|\b(?:status|code|error)[ :=]*5\d\d\b|\bbad gateway\b/i;

/** Guesses how a call ended from what its tool said. */
export function guessedStatus(observation: string): Guess {
  if (observation.length > longestError) return { status: 'ok', message: null };
  const message = saidError(observation);
  if (message === null) return { status: 'ok', message: null };
  if (gateway.test(message)) return { status: 'unreachable', message };
  if (late.test(message)) return { status: 'timeout', message };
  return { status: fault.test(message) ? 'tool_fault' : 'rejected', message };
}

function saidError(observation: string): string | null {
  const value = parsed(observation);
  if (value !== undefined && isJsonObject(value)) {
    const { error, response } = value;
    if (typeof error === 'string' && error.trim() !== '') return error;
    if (isJsonObject(error) || error === true) return observation;
    const said = typeof response === 'string' ? response : '';
    return said.length < 500 && gateway.test(said) ? said : null;
  }
  return opening.test(observation) || (observation.length < 500 && gateway.test(observation))
    ? observation
    : null;
}

function parsed(text: string): Json | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
