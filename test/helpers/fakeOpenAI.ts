/**
 * An OpenAI-compatible server on loopback for tests: it answers what the test says and records what it was asked.
 * Paths: `POST …/chat/completions` (whole or streamed), `POST …/embeddings`, `GET …/models`, `GET /stats`.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { embeddingsBody, modelsBody, type Reply, replyBody, type WireBody } from './fakeOpenAIWire.ts';

export type { Reply, ReplyToolCall } from './fakeOpenAIWire.ts';

/** One chat completion as it was asked. */
export interface FakeRequest {
  /** Counts chat completions from 0, those that fail included. */
  index: number;
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
  /** When the whole request had arrived: milliseconds of `performance.now()` in the server's process. */
  at: number;
}

/** One request for embeddings as it was asked. */
export interface EmbeddingRequest {
  /** Counts from 0, those that fail included. */
  index: number;
  headers: IncomingHttpHeaders;
  model: unknown;
  input: string[];
}

export type FakeReply = (request: FakeRequest) => Reply | string | Promise<Reply | string>;

export interface FakeOptions {
  /** A string is the text of the answer. A throw is answered with status 400 and its message. */
  reply: FakeReply;
  /** Milliseconds until each answer, counted from the whole request; `Reply.delayMs` outranks it. */
  latencyMs?: number;
  /** What `POST /embeddings` answers: a vector a text, or a failure. Without it there is no such path. */
  embed?: (text: string, request: EmbeddingRequest) => number[] | Reply;
  /** What `GET /models` lists, or the failure it answers with. */
  models?: string[] | Reply;
  /** False forgets requests once they are answered, for long benches. */
  keepRequests?: boolean;
  /** 0, the default, takes a free one. */
  port?: number;
}

/** Counters since the start; also what `GET /stats` answers. */
export interface FakeStats {
  requests: number;
  modelListings: number;
  inFlight: number;
  maxInFlight: number;
  /** Chat completions whose client went away before the answer. */
  abandoned: number;
  /** Milliseconds between whole requests and the ends of their answers, in all. */
  servedMs: number;
  /** TCP connections accepted. */
  connections: number;
}

export interface FakeOpenAI {
  /** For a model's `baseUrl`: ends with `/v1`. */
  readonly baseUrl: string;
  readonly port: number;
  /** Chat completions in the order of their arrival. */
  readonly requests: FakeRequest[];
  /** Requests for embeddings, in the order of their arrival. */
  readonly embeddings: EmbeddingRequest[];
  readonly stats: Readonly<FakeStats>;
  /** Chat completions under way now, and at most so far. */
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Cuts all connections. */
  close(): Promise<void>;
}

/** Starts the server; resolves when it listens. */
export async function startFakeOpenAI(options: FakeOptions): Promise<FakeOpenAI> {
  const requests: FakeRequest[] = [];
  const embeddings: EmbeddingRequest[] = [];
  const stats: FakeStats = {
    requests: 0,
    modelListings: 0,
    inFlight: 0,
    maxInFlight: 0,
    abandoned: 0,
    servedMs: 0,
    connections: 0,
  };

  async function chat(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readAll(message);
    const at = performance.now();
    const index = stats.requests++;
    stats.maxInFlight = Math.max(stats.maxInFlight, ++stats.inFlight);
    let dropped = false;
    response.once('close', () => {
      stats.inFlight--;
      stats.servedMs += performance.now() - at;
      if (!response.headersSent && !dropped) stats.abandoned++;
    });
    let request: FakeRequest;
    let reply: Reply;
    try {
      const body = JSON.parse(text) as Record<string, unknown>;
      request = { index, path: message.url ?? '', headers: message.headers, body, at };
      if (options.keepRequests !== false) requests.push(request);
      const said = await options.reply(request);
      reply = typeof said === 'string' ? { text: said } : said;
    } catch (error) {
      send(response, { status: 400, errorBody: { error: { message: String(error) } } }, {}, index);
      return;
    }
    const wait = (reply.delayMs ?? options.latencyMs ?? 0) - (performance.now() - at);
    if (wait > 0) await waitUnlessClosed(wait, response);
    if (response.destroyed) return;
    dropped = reply.drop === 'before';
    send(response, reply, request.body, index);
  }

  async function embed(
    message: IncomingMessage,
    response: ServerResponse,
    vectorOf: NonNullable<FakeOptions['embed']>,
  ): Promise<void> {
    const { model, input } = JSON.parse(await readAll(message)) as EmbeddingRequest;
    const request = { index: embeddings.length, headers: message.headers, model, input };
    embeddings.push(request);
    const vectors = input.map((text) => vectorOf(text, request));
    const failure = vectors.find((one) => !Array.isArray(one));
    if (failure !== undefined) send(response, failure as Reply, {}, 0);
    else write(response, 200, {}, embeddingsBody(vectors as number[][]));
  }

  const server = createServer((message, response) => {
    const path = (message.url ?? '').split('?')[0] ?? '';
    if (message.method === 'POST' && path.endsWith('/chat/completions')) {
      void chat(message, response);
    } else if (options.embed && message.method === 'POST' && path.endsWith('/embeddings')) {
      void embed(message, response, options.embed);
    } else if (message.method === 'GET' && path.endsWith('/models')) {
      stats.modelListings++;
      const models = options.models ?? ['fake-model'];
      if (Array.isArray(models)) write(response, 200, {}, modelsBody(models));
      else send(response, models, {}, 0);
    } else if (message.method === 'GET' && path === '/stats') {
      write(response, 200, {}, { contentType: 'application/json', pieces: [JSON.stringify(stats)] });
    } else {
      write(response, 404, {}, { contentType: 'text/plain', pieces: ['404 page not found'] });
    }
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', () => stats.connections++);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    embeddings,
    stats,
    get inFlight() {
      return stats.inFlight;
    },
    get maxInFlight() {
      return stats.maxInFlight;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * A reply function that gives the answers in turn, whatever is asked. What is asked beyond them fails with status 400,
 * which no client retries; with `repeat` they begin again instead.
 */
export function scripted(answers: (string | Reply)[], { repeat = false } = {}): FakeReply {
  let next = 0;
  return () => {
    const answer = answers[repeat ? next++ % answers.length : next++];
    if (answer === undefined) throw new Error(`The script has only ${answers.length} answers.`);
    return answer;
  };
}

function send(response: ServerResponse, reply: Reply, request: Record<string, unknown>, index: number): void {
  if (reply.drop === 'before') {
    response.socket?.destroy();
    return;
  }
  const body = replyBody(reply, request, index);
  if (reply.drop !== 'midway') {
    write(response, reply.status ?? 200, reply.headers ?? {}, body);
    return;
  }
  const whole = body.pieces.join('');
  const headers = {
    ...reply.headers,
    'content-type': body.contentType,
    'content-length': Buffer.byteLength(whole),
  };
  response.writeHead(reply.status ?? 200, headers);
  response.write(whole.slice(0, whole.length / 2), () => response.socket?.destroy());
}

function write(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: WireBody,
): void {
  response.writeHead(status, { 'content-type': body.contentType, ...headers });
  for (const piece of body.pieces.slice(0, -1)) response.write(piece);
  response.end(body.pieces.at(-1));
}

async function readAll(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function waitUnlessClosed(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
