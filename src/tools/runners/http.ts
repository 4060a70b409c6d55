/** Sends requests to where the manifest says and nowhere else; redirects are followed by hand and checked like the first. */
import { STATUS_CODES } from 'node:http';
import { type Agent, type Dispatcher, request } from 'undici';
import type { HttpRunner } from '../boundTool.ts';
import { readBody } from './httpBody.ts';
import { type HttpRequest, hasHeader, httpRequest } from './httpRequest.ts';
import { checkHost, guardedAgent, NetworkRefusal } from './network.ts';
import { CallRefused, type RunCall, type Runner, type RunResult } from './runner.ts';

const mostRedirects = 5;
const userAgent = 'imaginarium';

export class HttpCalls implements Runner<HttpRunner> {
  readonly #agent: Agent;

  constructor(agent: Agent = guardedAgent()) {
    this.#agent = agent;
  }

  async run(call: RunCall<HttpRunner>): Promise<RunResult> {
    try {
      return await this.#follow(httpRequest(call), call);
    } catch (error) {
      if (call.signal.aborted) return { status: 'cancelled', content: '', truncated: false };
      if (error instanceof CallRefused) throw error;
      return networkProblem(error);
    }
  }

  async dispose(): Promise<void> {
    await this.#agent.destroy();
  }

  async #follow(first: HttpRequest, call: RunCall<HttpRunner>): Promise<RunResult> {
    let current = first;
    for (let hops = 0; ; hops++) {
      const response = await this.#send(current, call.signal);
      const target = redirectOf(response, current.url);
      if (!target) return resultOf(response, call.bound.outputLimit, current.method);
      response.body.destroy();
      if (hops >= mostRedirects) return fault(`The server redirects more than ${mostRedirects} times.`);
      checkRedirect(current.url, target);
      current = redirected(current, target, response.statusCode);
    }
  }

  async #send(
    { method, url, headers, body, literalHost }: HttpRequest,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    checkHost(url.hostname, literalHost);
    const own: Record<string, string> = { ...headers };
    if (!hasHeader(own, 'accept')) own.accept = '*/*';
    if (!hasHeader(own, 'user-agent')) own['user-agent'] = userAgent;
    const response = await request(url, {
      dispatcher: this.#agent,
      method: method as Dispatcher.HttpMethod,
      headers: own,
      body,
      signal,
    });
    // Whoever reads the body hears of its errors; one that is thrown away must not end the engine.
    response.body.on('error', () => undefined);
    return response;
  }
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, from: URL): URL | null {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(statusCode) || typeof location !== 'string') return null;
  return URL.canParse(location, from.href) ? new URL(location, from) : null;
}

/** The allow-list is the origin of the tool's own URL; going from http to https on the same host is no departure. */
function checkRedirect(from: URL, to: URL): void {
  const secured = from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
  if (to.origin === from.origin || (secured && to.hostname === from.hostname)) return;
  throw new NetworkRefusal(
    `Not followed: the server redirects to ${to.origin}, which the manifest does not name.`,
  );
}

function redirected(request: HttpRequest, url: URL, statusCode: number): HttpRequest {
  const asksAnew = statusCode === 303 || (statusCode < 303 && request.method === 'POST');
  if (!asksAnew || request.method === 'HEAD') return { ...request, url };
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !name.toLowerCase().startsWith('content-')),
  );
  return { ...request, url, method: 'GET', body: null, headers };
}

async function resultOf(
  response: Dispatcher.ResponseData,
  limit: number,
  method: string,
): Promise<RunResult> {
  const { statusCode } = response;
  const { content, truncated } = await readBody(response.body, response.headers, limit);
  const status = statusCode >= 500 ? 'tool_fault' : statusCode >= 300 ? 'rejected' : 'ok';
  const line = `HTTP ${statusCode} ${STATUS_CODES[statusCode] ?? ''}`.trimEnd();
  return { status, content: content === '' || method === 'HEAD' ? line : content, truncated };
}

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

function fault(content: string): RunResult {
  return { status: 'tool_fault', content, truncated: false };
}
