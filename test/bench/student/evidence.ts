/** What a prompt shows of how a tool is called: calls with what came of them, and sentences about its parameters. */
import { isJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import type { WireMessage } from './wire.ts';

/** A call that stands in the prompt. */
export interface SeenCall {
  tool: string;
  arguments: JsonObject;
  /** Null where nothing has come back. */
  result: string | null;
  refused: boolean;
}

/** What speaks for and against ways of writing one parameter. */
export interface Evidence {
  taken: Json[];
  refused: Json[];
  /** Error messages about it, which may say what is wanted. */
  messages: string[];
}

/** Everything that a prompt shows. */
export interface Shown {
  calls: SeenCall[];
  /** A line about a tool; `null` for the one that is explored. */
  sentences: { tool: string | null; text: string }[];
}

/** Reads a conversation. `tools` are the names that lines may begin with. */
export function shownIn(messages: readonly WireMessage[], tools: readonly string[]): Shown {
  const calls: SeenCall[] = [];
  const sentences: Shown['sentences'] = [];
  const byId = new Map<string, SeenCall>();
  for (const { role, content, tool_calls: made = [], tool_call_id: id } of messages) {
    for (const one of made) {
      const call = seen(one.function.name, one.function.arguments);
      if (!call) continue;
      byId.set(one.id, call);
      calls.push(call);
    }
    if (role === 'tool') {
      const call = byId.get(id ?? '');
      if (call) settle(call, content ?? '');
      continue;
    }
    calls.push(...callsInText(content ?? '', calls.at(-1)));
    // What the model itself has said is no evidence; its reflections stand in memory as lessons.
    if (role !== 'assistant') sentences.push(...sentencesIn(content ?? '', tools, calls));
  }
  return { calls, sentences };
}

/** The same, for one parameter of one tool. */
export function evidenceOf({ calls, sentences }: Shown, tool: string, path: readonly string[]): Evidence {
  const evidence: Evidence = { taken: [], refused: [], messages: [] };
  for (const call of calls) {
    if (call.tool !== tool) continue;
    const value = valueAt(call.arguments, path);
    if (!call.refused) {
      if (value !== undefined && call.result !== null) evidence.taken.push(value);
    } else if (call.result !== null && isAbout(call, path, value)) {
      evidence.messages.push(call.result);
      if (value !== undefined) evidence.refused.push(value);
    }
  }
  const name = path.join('.');
  for (const { tool: about, text } of sentences) {
    if (about !== null && about !== tool) continue;
    if (!text.includes(`\`${name}\``)) continue;
    readSentence(text, evidence);
  }
  return evidence;
}

/** "`unit` is refused as "km", "mi" (Invalid unit); "mile" works": which values were refused, which taken. */
function readSentence(text: string, evidence: Evidence): void {
  let refused = false;
  let depth = 0;
  for (const [token, before] of tokens(text)) {
    depth += (before.match(/\(/g)?.length ?? 0) - (before.match(/\)/g)?.length ?? 0);
    if (/[;:.]/.test(before.replace(/\([^)]*\)?/g, ''))) refused = false;
    if (/\b(?:refused as|not|never|instead of|rather than|no) ?$/.test(before)) refused = true;
    else if (/\b(?:but|like|instance|takes|wants|as in|is|works|be) ?$/.test(before)) refused = false;
    if (depth > 0) continue;
    (refused ? evidence.refused : evidence.taken).push(token);
  }
  const message = /\(([^()]*(?:\([^()]*\)[^()]*)*)\)/.exec(text)?.[1];
  if (message !== undefined) evidence.messages.push(message);
}

/** Values in quotes, each with what stands between it and the one before. */
function* tokens(text: string): Generator<[Json, string]> {
  let end = 0;
  for (const match of text.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
    yield [match[1] ?? '', text.slice(end, match.index)];
    end = match.index + match[0].length;
  }
}

/** Whether an error is about this parameter: it quotes the name or the value, or there is no other. */
function isAbout(
  { arguments: args, result }: SeenCall,
  path: readonly string[],
  value: Json | undefined,
): boolean {
  const text = result ?? '';
  if (text.includes(path.at(-1) ?? '')) return true;
  if (typeof value === 'string' && value !== '' && text.toLowerCase().includes(value.toLowerCase()))
    return true;
  return Object.keys(args).length === 1;
}

/** Calls over the text protocol, each with what came back. */
export function callsInText(text: string, last: SeenCall | undefined): SeenCall[] {
  const found: SeenCall[] = [];
  const parts =
    /Action: *(\S+) *\n+Action Input: *(\{.*\}) *(?=\n|$)|^Observation: *([^\n]*(?:\n {2}[^\n]*)*)/gm;
  let open = last?.result === null ? last : undefined;
  for (const [, name, args, observation] of text.matchAll(parts)) {
    if (name !== undefined) {
      open = seen(name, args ?? '');
      if (open) found.push(open);
    } else if (open) {
      settle(open, observation ?? '');
      open = undefined;
    }
  }
  return found;
}

function sentencesIn(text: string, tools: readonly string[], calls: SeenCall[]): Shown['sentences'] {
  const sentences: Shown['sentences'] = [];
  for (const [, line = ''] of text.matchAll(/^- (.+)$/gm)) {
    const [, named = '', args, message] = /^(\S+) with (\{.*\}): (.*)$/.exec(line) ?? [];
    const call = args === undefined ? null : seen(named, args);
    if (call) calls.push({ ...call, result: message ?? '', refused: true });
    const [, name = ''] = /^([\w-]+): /.exec(line) ?? [];
    const tool = tools.includes(name) ? name : null;
    sentences.push({ tool, text: tool === null ? line : line.slice(name.length + 2) });
  }
  return sentences;
}

function seen(tool: string, text: string): SeenCall | undefined {
  try {
    const args = JSON.parse(text) as Json;
    return isJsonObject(args) ? { tool, arguments: args, result: null, refused: false } : undefined;
  } catch {
    return undefined;
  }
}

function settle(call: SeenCall, result: string): void {
  call.result = result;
  call.refused = saysError(result);
}

/** Whether what came back is an error, as anybody can see. */
export function saysError(result: string): boolean {
  return /^\s*(?:\w*Error\b|fatal:|error:|\{"error"|Not run|There is no tool|The (?:program|process|tool|service) )/i.test(
    result,
  );
}

export function valueAt(args: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = args;
  for (const name of path) value = isJsonObject(value) ? value[name] : undefined;
  return value;
}
