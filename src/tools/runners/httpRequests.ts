/** Sends requests to where a tool's spec says and nowhere else; redirects are followed by hand and checked like the first. */
import { STATUS_CODES } from 'node:http';
import { type Agent, type Dispatcher, request } from 'undici';
import { readBody } from './httpBody.ts';
import { type HttpRequest, hasHeader } from './httpRequest.ts';
import { checkHost, guardedAgent, NetworkRefusal } from './network.ts';
import { fault, networkProblem } from './networkProblem.ts';
import { CallRefused, type RunResult } from './runner.ts';

const mostRedirects = 5;
const userAgent = 'imaginarium';

export interface SendOptions {
  signal: AbortSignal;
  /** What is kept of the answer, bytes. */
  outputLimit: number;
}

export class HttpRequests {
  readonly #agent: Agent;

  constructor(agent: Agent = guardedAgent()) {
    this.#agent = agent;
  }

  /** Resolves with what was answered, or with what went wrong. Rejects with `CallRefused` alone. */
  async send(first: HttpRequest, options: SendOptions): Promise<RunResult> {
    try {
      return await this.#follow(first, options);
    } catch (error) {
      if (options.signal.aborted) return { status: 'cancelled', content: '', truncated: false };
      if (error instanceof CallRefused) throw error;
      return networkProblem(error);
    }
  }

  async dispose(): Promise<void> {
    await this.#agent.destroy();
  }

  async #follow(first: HttpRequest, { signal, outputLimit }: SendOptions): Promise<RunResult> {
    let current = first;
    for (let hops = 0; ; hops++) {
      const response = await this.#ask(current, signal);
      const target = redirectOf(response, current.url);
      if (!target) return resultOf(response, outputLimit, current.method);
      response.body.destroy();
      if (hops >= mostRedirects) return fault(`The server redirects more than ${mostRedirects} times.`);
      checkRedirect(current.url, target);
      current = redirected(current, target, response.statusCode);
    }
  }

  async #ask(
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
    `Not followed: the server redirects to ${to.origin}, which its spec does not name.`,
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
