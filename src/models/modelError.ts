import { ModelError, type ModelErrorKind } from '../core/errors.ts';
import { isLoopback, isOpenAI, showUrl } from './endpoint.ts';
import type { Failure } from './failure.ts';

/** Who was asked, and what came of asking. */
export interface Asked {
  model: string;
  baseUrl: string;
  hasKey: boolean;
  /** Attempts made. */
  tries: number;
  /** The limit of one attempt, milliseconds. */
  timeoutMs: number;
  /** How long the server wants us to wait, milliseconds; null when it did not say. */
  waitMs: number | null;
  /** What the server lists under /models; null when it was not to be had. */
  models: string[] | null;
}

const keyPlaces =
  'set IMAGINARIUM_API_KEY or OPENAI_API_KEY (in the editor: the command "Imaginarium: Set API Key…")';

/** Says what happened, where, and what to do. Nothing in it comes from the server but the redacted text of `failure`. */
export function modelError(kind: ModelErrorKind, failure: Failure, asked: Asked): ModelError {
  const make = texts[kind];
  const { message, advice } = make(failure, asked);
  return new ModelError(kind, message, advice);
}

interface Texts {
  message: string;
  advice: string;
}

const host = (asked: Asked): string => showUrl(asked.baseUrl);
const said = ({ text }: Failure): string =>
  text === '' ? '' : ` It says: ${text}${/[.!?…]$/.test(text) ? '' : '.'}`;
const answered = (failure: Failure): string =>
  failure.status === null ? 'gave no answer' : `answered ${failure.status}`;
const after = (asked: Asked): string => (asked.tries > 1 ? ` after ${asked.tries} tries` : '');
const code = (failure: Failure): string => (failure.status === null ? '' : ` (${failure.status})`);
const wants = (asked: Asked): string =>
  asked.waitMs === null ? '' : ` It wants us to wait ${seconds(asked.waitMs)}.`;
const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

const texts: Record<ModelErrorKind, (failure: Failure, asked: Asked) => Texts> = {
  auth: (failure, asked) => ({
    message: asked.hasKey
      ? `${host(asked)} refused the API key${code(failure)}.${said(failure)}`
      : `${host(asked)} wants an API key, and none is set${code(failure)}.${said(failure)}`,
    advice: `${asked.hasKey ? 'Check that the key belongs to this server and may use this model; then' : 'To give one,'} ${keyPlaces}.`,
  }),
  unknown_model: (failure, asked) => ({
    message: `${host(asked)} has no model "${asked.model}"${asked.hasKey ? ' for this key' : ''}${code(failure)}.${said(failure)}`,
    advice: `${listed(asked)}${pullAdvice(asked)}`,
  }),
  unreachable: (failure, asked) => ({
    message:
      failure.status === null
        ? `${host(asked)} cannot be reached${after(asked)} (${failure.text}).`
        : `${host(asked)} ${answered(failure)}: there seems to be no OpenAI-compatible server at this address.${said(failure)}`,
    advice: `${serverAdvice(asked)} Check the base URL: it usually ends with /v1.`,
  }),
  quota: (failure, asked) => ({
    message: `The account at ${host(asked)} has no credit left${code(failure)}.${said(failure)}`,
    advice: `Add credit or raise its limit, or use another key: ${keyPlaces}. Then resume the run.`,
  }),
  rate_limit: (failure, asked) => ({
    message: `${host(asked)} still limits the rate${after(asked)}${code(failure)}.${wants(asked)}${said(failure)}`,
    advice: 'Resume the run later, or lower the concurrency or the requests and tokens a minute.',
  }),
  timeout: (_failure, asked) => ({
    message: `${host(asked)} did not answer within ${seconds(asked.timeoutMs)}${after(asked)}.`,
    advice: 'Raise the time limit of a model call, or take a smaller model.',
  }),
  server: (failure, asked) => ({
    message: failure.malformed
      ? `${host(asked)} cannot be understood${after(asked)}: ${failure.text}.`
      : `${host(asked)} ${answered(failure)}${after(asked)}.${said(failure)}`,
    advice: failure.malformed
      ? 'Check that the base URL belongs to an OpenAI-compatible server: it usually ends with /v1.'
      : "The fault is on the server's side: look at its log or status page, and resume the run later.",
  }),
  bad_request: (failure, asked) => ({
    message: `${host(asked)} refused a request to "${asked.model}"${code(failure)}.${said(failure)}`,
    advice:
      'Read what the server says; another model, or "--protocol react", may do without what it refuses.',
  }),
  too_long: (failure, asked) => ({
    message: `The conversation is too long for "${asked.model}" at ${host(asked)}${code(failure)}.${said(failure)}`,
    advice:
      'Take a model with a larger context, fewer trials an episode, or give the local server a larger context size.',
  }),
  tools_unsupported: (failure, asked) => ({
    message: `"${asked.model}" at ${host(asked)} takes no tool calls${code(failure)}.${said(failure)}`,
    advice: 'Use the text protocol, "--protocol react", or a model and server set up for tool calls.',
  }),
  consent: (_failure, asked) => ({
    message: `"${asked.model}" may not be used.`,
    advice: 'Allow it where the model comes from.',
  }),
};

/** How many of the server's models a message names. */
const listLimit = 5;

function listed(asked: Asked): string {
  if (asked.models === null) return 'Check the name of the model. ';
  if (asked.models.length === 0) return 'It has no models at all. ';
  const shown = asked.models.slice(0, listLimit).join(', ');
  const more = asked.models.length - listLimit;
  return `It has: ${shown}${more > 0 ? ` and ${more} more` : ''}. `;
}

function pullAdvice(asked: Asked): string {
  if (isLocalPort(asked, '11434')) return `For Ollama: ollama pull ${asked.model}.`;
  if (isLocalPort(asked, '1234')) return 'For LM Studio: load the model in its Developer view.';
  return 'Choose one with --model, or in the settings.';
}

function serverAdvice(asked: Asked): string {
  if (isLocalPort(asked, '11434')) return 'Is Ollama running? Start it with "ollama serve".';
  if (isLocalPort(asked, '1234'))
    return 'Is LM Studio\'s server running? Start it in its Developer view, or with "lms server start".';
  if (isLoopback(asked.baseUrl)) return 'Is the local server running, and on this port?';
  return isOpenAI(asked.baseUrl)
    ? 'Is this machine online?'
    : 'Is the server running, and is this machine online?';
}

function isLocalPort(asked: Asked, port: string): boolean {
  return isLoopback(asked.baseUrl) && new URL(asked.baseUrl).port === port;
}
