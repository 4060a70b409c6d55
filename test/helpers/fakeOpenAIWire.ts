/** How a fake answer looks on the wire: the JSON and server-sent-event forms of a chat completion. */

/** What the fake server answers to one request. Everything may be left out: then the text is empty. */
export interface Reply {
  text?: string;
  toolCalls?: ReplyToolCall[];
  /** Tokens; counted as characters / 4 when left out, not sent at all when null. */
  usage?: { input: number; output: number; cached?: number } | null;
  finish?: string;
  /** From 400 on, `errorBody` is sent instead of a completion. */
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a string as it is. */
  errorBody?: unknown;
  /** Milliseconds until the answer, in place of the server's `latencyMs`. */
  delayMs?: number;
  /** The connection is cut: before the first byte, or in the middle of the body. */
  drop?: 'before' | 'midway';
  /** The body, verbatim, in place of everything else. */
  raw?: string;
}

export interface ReplyToolCall {
  name: string;
  /** An object is sent as its JSON text, as real servers do. */
  arguments: string | object;
  id?: string;
}

interface WireUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details?: { cached_tokens: number };
}

/** A body with its content type, in the pieces in which it is written. */
export interface WireBody {
  contentType: string;
  pieces: string[];
}

const json = (value: unknown): WireBody => ({
  contentType: 'application/json',
  pieces: [typeof value === 'string' ? value : JSON.stringify(value)],
});

const wireToolCalls = (calls: ReplyToolCall[], index: number) =>
  calls.map((call, n) => ({
    id: call.id ?? `call_${index}_${n}`,
    type: 'function',
    function: {
      name: call.name,
      arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
    },
  }));

const tokens = (value: unknown): number => Math.ceil(JSON.stringify(value ?? '').length / 4);

function wireUsage(reply: Reply, request: Record<string, unknown>): WireUsage | undefined {
  if (reply.usage === null) return undefined;
  const input = reply.usage?.input ?? tokens(request.messages);
  const output = reply.usage?.output ?? tokens(reply.toolCalls ?? reply.text);
  const cached = reply.usage?.cached;
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    ...(cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
  };
}

function completion(reply: Reply, request: Record<string, unknown>, index: number) {
  const calls = reply.toolCalls ?? [];
  const usage = wireUsage(reply, request);
  return {
    id: `chatcmpl-${index}`,
    object: 'chat.completion',
    created: 0,
    model: request.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: reply.text ?? (calls.length > 0 ? null : ''),
          ...(calls.length > 0 ? { tool_calls: wireToolCalls(calls, index) } : {}),
        },
        finish_reason: reply.finish ?? (calls.length > 0 ? 'tool_calls' : 'stop'),
      },
    ],
    ...(usage ? { usage } : {}),
  };
}

function streamed(reply: Reply, request: Record<string, unknown>, index: number): WireBody {
  const whole = completion(reply, request, index);
  const choice = whole.choices[0];
  const chunk = (delta: object, finish: string | null = null) => ({
    id: whole.id,
    object: 'chat.completion.chunk',
    created: 0,
    model: whole.model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const events: object[] = [chunk({ role: 'assistant', content: '' })];
  for (const word of (reply.text ?? '').match(/\S+\s*|\s+/g) ?? []) events.push(chunk({ content: word }));
  for (const [n, call] of (choice?.message.tool_calls ?? []).entries()) {
    const { arguments: text, name } = call.function;
    const half = Math.ceil(text.length / 2);
    const first = { name, arguments: text.slice(0, half) };
    events.push(chunk({ tool_calls: [{ index: n, id: call.id, type: 'function', function: first }] }));
    events.push(chunk({ tool_calls: [{ index: n, function: { arguments: text.slice(half) } }] }));
  }
  events.push(chunk({}, choice?.finish_reason ?? 'stop'));
  const options = request.stream_options as { include_usage?: boolean } | undefined;
  if (options?.include_usage && whole.usage) events.push({ ...chunk({}), choices: [], usage: whole.usage });
  return {
    contentType: 'text/event-stream',
    pieces: [...events.map((event) => `data: ${JSON.stringify(event)}\n\n`), 'data: [DONE]\n\n'],
  };
}

/** The body that answers the `index`-th chat completion, by what the reply says and whether the request streams. */
export function replyBody(reply: Reply, request: Record<string, unknown>, index: number): WireBody {
  if (reply.raw !== undefined) return json(reply.raw);
  const status = reply.status ?? 200;
  if (status >= 400) {
    const message = `The fake server was told to answer ${status}.`;
    return json(reply.errorBody ?? { error: { message, type: 'fake_error', param: null, code: null } });
  }
  return request.stream === true ? streamed(reply, request, index) : json(completion(reply, request, index));
}

/** The body of `GET /models`. */
export function modelsBody(models: string[]): WireBody {
  return json({
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'fake' })),
  });
}

/** The body of `POST /embeddings`; out of order, which is legal. */
export function embeddingsBody(vectors: number[][]): WireBody {
  const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).reverse();
  return json({ object: 'list', data, model: 'fake', usage: { prompt_tokens: 1, total_tokens: 1 } });
}
