import type { ModelErrorKind } from '../core/errors.ts';
import type { Failure } from './failure.ts';

/** Nothing helps but paying or waiting for the next month. */
const quotaCodes = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'quota_exceeded',
  'insufficient_balance',
  'insufficient_credits',
]);
const quotaText =
  /insufficient (?:quota|balance|credits?|funds)|exceeded your current quota|billing|out of credits/i;

const tooLongCodes = new Set(['context_length_exceeded', 'string_above_max_length', 'request_too_large']);
const tooLongText =
  /context[ _](?:length|window|size|limit)|maximum context|too many (?:input )?tokens|(?:prompt|input|request|message) (?:is )?too (?:long|large)|reduce the length/i;

const noToolsText =
  /n[o']t support (?:tools?|tool (?:use|calling|calls)|functions?|function calling)\b|support tool use|tool (?:use|calling) is not supported|enable-auto-tool-choice|tool-call-parser|tools param requires|requires --jinja/i;

const noModelCodes = new Set(['model_not_found', 'model_not_available', 'invalid_model']);
const noModelText =
  /\bmodel\b.{0,120}(?:not found|does not exist|do(?:es)? not have access|not (?:currently )?loaded|unknown|not available)|(?:unknown|invalid|no such) model|not a valid model/i;

/** What kind of trouble a failed attempt is; `sentTools` says whether the request offered tools. */
export function kindOf(failure: Failure, sentTools: boolean): ModelErrorKind {
  const { status, text, codes } = failure;
  const coded = (known: ReadonlySet<string>): boolean => codes.some((code) => known.has(code));
  if (failure.malformed) return 'server';
  if (status === null) return 'unreachable';
  if (coded(quotaCodes) || status === 402) return 'quota';
  if (status === 429) return quotaText.test(text) && !namesWait(failure) ? 'quota' : 'rate_limit';
  if (sentTools && noToolsText.test(text)) return 'tools_unsupported';
  if (status === 401) return 'auth';
  if (coded(noModelCodes)) return 'unknown_model';
  if (status === 403) return quotaText.test(text) ? 'quota' : 'auth';
  if (status === 404) return 'unknown_model';
  if (coded(tooLongCodes) || status === 413 || tooLongText.test(text)) return 'too_long';
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'server';
  if (status < 400) return 'unreachable';
  return namesModel(failure) ? 'unknown_model' : 'bad_request';
}

/** Whether the server says that it is the model that it does not have. */
export function namesModel(failure: Failure): boolean {
  return failure.codes.some((code) => noModelCodes.has(code)) || noModelText.test(failure.text);
}

/** Some servers use the words of an exhausted quota for a limit a minute; those say how long to wait. */
function namesWait(failure: Failure): boolean {
  return failure.headers?.has('retry-after') === true || /(?:retry|try again) in [\d.]/i.test(failure.text);
}
