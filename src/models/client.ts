import { OpenAI } from 'openai';
import { Agent, request } from 'undici';
import { readBody } from './body.ts';

/** What a request to the server needs; `body` is sent as JSON. */
export interface Wire {
  post(path: string, body: object, signal: AbortSignal): Promise<Response>;
  get(path: string, signal: AbortSignal): Promise<Response>;
}

/** Far beyond any limit of ours: the SDK measures by the wall clock, which may jump, so its own limit is out of use. */
const never = 2 ** 31 - 1;

/**
 * The `openai` SDK, told everything: it would read organisation, project, base URL, log level and extra headers
 * from `OPENAI_*` variables, and whoever set those did not mean this program. It neither retries nor limits time, and
 * hands out the raw response, since servers that are "compatible" answer what its parser does not expect.
 * Rejects with the SDK's `APIError` for every status but 2xx.
 */
export function wire(options: { baseUrl: string; apiKey: string | null }): Wire {
  // Otherwise it gives up on headers after 300 s; an answer that is not streamed has none before its end.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 30_000 });
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': 'imaginarium',
  };
  if (options.apiKey !== null) headers.authorization = `Bearer ${options.apiKey}`;

  // Not fetch: an answer is read whole anyway, and its web streams are only in the way.
  const send = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const answer = await request(String(url), {
      method: init?.method === 'POST' ? 'POST' : 'GET',
      // These and no others: the SDK would add what OPENAI_CUSTOM_HEADERS says, and facts about this machine.
      headers,
      body: typeof init?.body === 'string' ? init.body : null,
      signal: init?.signal ?? null,
      dispatcher,
    });
    const text = await readBody(answer.body);
    const received = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    );
    return new Response(text === '' ? null : text, { status: answer.statusCode, headers: received });
  };

  const client = new OpenAI({
    baseURL: options.baseUrl,
    // An empty key throws; the header that is really sent is made above.
    apiKey: options.apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: never,
    logLevel: 'off',
    fetch: send,
  });
  return {
    post: (path, body, signal) => client.post(path, { body, signal }).asResponse(),
    get: (path, signal) => client.get(path, { signal }).asResponse(),
  };
}
