import { type ChatAnswer, estimateTokens, type ToolCallText } from '../core/chat.ts';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';

/** The server said yes and then nothing that can be read. Worth asking again. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** A failure that came with status 200: some gateways pass on what happened behind them like that. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
  readonly body: Json;

  constructor(body: Json) {
    super('The answer holds an error.');
    this.body = body;
  }
}

/** An answer without its price. `usage` is what the server counted, or our estimate where it did not. */
export interface ReadAnswer extends Omit<ChatAnswer, 'usage'> {
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
}

/**
 * Reads the body of a chat completion. `turn` numbers the ids of calls that came without one, so that they differ
 * within a conversation and are the same when a trial is repeated; `inputEstimate` stands in for missing usage.
 * Throws `MalformedAnswer`, or `EmbeddedError`.
 */
export function readAnswer(body: string, turn: number, inputEstimate: number): ReadAnswer {
  const whole = parseAnswer(body);
  const choices = whole.choices;
  const choice = Array.isArray(choices) ? choices[0] : undefined;
  const message = isJsonObject(choice) ? choice.message : undefined;
  if (!isJsonObject(choice) || !isJsonObject(message)) {
    if (whole.error !== undefined && whole.error !== null) throw new EmbeddedError(whole.error);
    throw new MalformedAnswer('its answer has no message ("choices" is empty or missing)');
  }
  const text = readText(message.content) || readText(message.refusal);
  const toolCalls = readToolCalls(message, turn);
  return {
    text,
    toolCalls,
    finish: readFinish(choice.finish_reason, toolCalls.length > 0),
    ...readUsage(whole.usage, inputEstimate, text, toolCalls),
  };
}

/** An answer as the JSON object that it has to be. Throws `MalformedAnswer`. */
export function parseAnswer(body: string): JsonObject {
  const text = body.trim();
  if (text === '') throw new MalformedAnswer('its answer is empty');
  if (text.startsWith('<')) throw new MalformedAnswer('it answered with a web page in place of JSON');
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new MalformedAnswer('its answer is no JSON, or broken off');
  }
  if (!isJsonObject(value)) throw new MalformedAnswer('its answer is JSON, but no object');
  return value;
}

/** Text, or the text parts of a list of parts, in which some servers also put what the model thought. */
function readText(content: Json | undefined): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part) => {
      if (typeof part === 'string') return part;
      return isJsonObject(part) && typeof part.text === 'string' ? part.text : '';
    })
    .join('');
}

function readToolCalls(message: JsonObject, turn: number): ToolCallText[] {
  const listed = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  // The form of 2023, which old servers still use.
  const calls =
    listed.length === 0 && isJsonObject(message.function_call)
      ? [{ function: message.function_call }]
      : listed;
  const taken = new Set<string>();
  return calls.flatMap((call, n): ToolCallText[] => {
    if (!isJsonObject(call) || !isJsonObject(call.function)) return [];
    const { name, arguments: args } = call.function;
    const given = 'id' in call && typeof call.id === 'string' ? call.id : '';
    const id = given === '' || taken.has(given) ? `call_${turn}_${n}` : given;
    taken.add(id);
    return [{ id, name: typeof name === 'string' ? name : '', arguments: readArguments(args) }];
  });
}

function readArguments(args: Json | undefined): string {
  if (typeof args === 'string') return args;
  return args === undefined || args === null ? '' : JSON.stringify(args);
}

function readFinish(reason: Json | undefined, hasCalls: boolean): ChatAnswer['finish'] {
  if (reason === 'length') return 'length';
  if (reason === 'content_filter') return 'filter';
  // Several servers say "stop", or nothing, after a call.
  if (hasCalls || reason === 'tool_calls' || reason === 'function_call') return 'tool_calls';
  return reason === 'stop' ? 'stop' : 'other';
}

function count(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : null;
}

function readUsage(usage: Json | undefined, inputEstimate: number, text: string, calls: ToolCallText[]) {
  const said = isJsonObject(usage) ? usage : {};
  const details = isJsonObject(said.prompt_tokens_details) ? said.prompt_tokens_details : {};
  const inputTokens = count(said.prompt_tokens) ?? inputEstimate;
  const written = text + calls.map((call) => call.name + call.arguments).join('');
  return {
    inputTokens,
    cachedTokens: Math.min(inputTokens, count(details.cached_tokens) ?? 0),
    outputTokens: count(said.completion_tokens) ?? estimateTokens(written),
  };
}
