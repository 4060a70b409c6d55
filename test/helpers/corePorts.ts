import type { ChatAnswer, ChatModel, ChatRequest, ToolCallText } from '../../src/core/chat.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Ports } from '../../src/core/ports.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { Tool } from '../../src/core/tool.ts';
import type { Failure, Observation } from '../../src/core/trial.ts';

/** One scripted answer: text, native calls, or an error to throw. */
export type Scripted =
  | string
  | { text?: string; toolCalls?: { name: string; arguments: string }[]; finish?: ChatAnswer['finish'] }
  | Error;

export interface RecordingModel extends ChatModel {
  readonly requests: ChatRequest[];
}

/** A model that gives the scripted answers in order and records what it was asked; past the end it throws. */
export function scriptedModel(answers: readonly Scripted[]): RecordingModel {
  const requests: ChatRequest[] = [];
  return {
    id: 'scripted',
    label: 'Scripted',
    isLanguageModel: true,
    requests,
    price: () => null,
    async chat(request): Promise<ChatAnswer> {
      const answer = answers[requests.length];
      requests.push(structuredClone(request));
      if (answer === undefined) throw new Error(`The script has no answer number ${requests.length}.`);
      if (answer instanceof Error) throw answer;
      const { text = '', toolCalls = [], finish } = typeof answer === 'string' ? { text: answer } : answer;
      return {
        text,
        toolCalls: toolCalls.map(
          (call, i): ToolCallText => ({ id: `call_${requests.length}_${i}`, ...call }),
        ),
        finish: finish ?? (toolCalls.length > 0 ? 'tool_calls' : 'stop'),
        usage: { modelCalls: 1, inputTokens: 10, cachedTokens: 0, outputTokens: 2, usd: null },
      };
    },
  };
}

export interface PortsOptions {
  model: ChatModel;
  call?: (tool: Tool, args: JsonObject) => Partial<Observation> | string;
  check?: (tool: Tool, args: JsonObject) => Failure[];
  signal?: AbortSignal;
}

/** Ports over a scripted model and a tool that is a function; the clock stands still. */
export function corePorts(
  options: PortsOptions,
): Ports & { calls: { tool: string; arguments: JsonObject }[] } {
  const calls: { tool: string; arguments: JsonObject }[] = [];
  return {
    calls,
    model: options.model,
    async callTool(tool, args): Promise<Observation> {
      calls.push({ tool: tool.id, arguments: args });
      const said = options.call?.(tool, args) ?? '';
      const observation = typeof said === 'string' ? { content: said } : said;
      return { status: 'ok', content: '', ms: 1, truncated: false, ...observation };
    },
    checkArguments: async (tool, args) => options.check?.(tool, args) ?? [],
    now: () => 1_700_000_000_000,
    monotonic: () => 0,
    random: seededRandom,
    signal: options.signal ?? new AbortController().signal,
  };
}

/** A tool for tests; parts can be given. */
export function sampleTool(parts: Partial<Tool> = {}): Tool {
  const name = parts.name ?? 'add_date';
  return {
    id: `imaginarium.yaml#${name}`,
    name,
    description: 'Adds a number of days to a date.',
    parameters: {
      type: 'object',
      properties: { date: { type: 'string' }, days: { type: 'integer' } },
      required: ['date', 'days'],
    },
    source: { path: 'imaginarium.yaml', line: 2, column: 5 },
    risk: 'read',
    runnable: true,
    specHash: 'feedfacecafebeef',
    ...parts,
  };
}

/** All events of an async generator. */
export async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  return all;
}
