import type { PredictedCall, Prediction } from '../grade.ts';
import { readPythonCalls } from '../python/calls.ts';
import { parsePythonJson } from '../python/json.ts';
import { stripOf } from '../python/text.ts';
import { isDict, type PythonDict, type PythonValue } from '../python/values.ts';
import { attemptsCall } from './attempt.ts';
import { readNamedCalls } from './namedCalls.ts';

/** What reading an answer hangs on. */
export interface ReadingContext {
  toolNames: readonly string[];
  /** `Question.language`. */
  language?: 'java' | 'javascript' | undefined;
}

/** Messages within messages (`choices`, `message`) go no deeper. */
const maxWrapping = 6;

/**
 * An answer as files hold it, as a prediction: calls as JSON (`[{name: {…}}]`, `[{name, arguments}]` with the arguments as an
 * object or as a text, tool calls and messages of the OpenAI and Anthropic protocols), or as a text: JSON, calls of Python,
 * for questions of those languages calls of Java and JavaScript, or words. An empty list of calls is an abstention.
 */
export function readPrediction(result: PythonValue, context: ReadingContext): Prediction {
  return read(result, context, 0);
}

function read(result: PythonValue, context: ReadingContext, depth: number): Prediction {
  if (depth > maxWrapping) return unreadable('It is wrapped too deeply.');
  if (result === null) return unreadable('There is no answer.');
  if (typeof result === 'string') return readText(result, context);
  if (Array.isArray(result)) return readList(result, context, depth);
  if (!isDict(result)) return unreadable('It is neither calls nor a text.');
  const [key] = result.keys();
  if (result.size === 1 && context.toolNames.includes(String(key))) return readCalls([result], context);
  const message = wrapped(result);
  if (message !== null) return read(message, context, depth + 1);
  const toolCalls = result.get('tool_calls') ?? null;
  if (Array.isArray(toolCalls) && toolCalls.length > 0) return readCalls(toolCalls, context);
  if (result.has('role') || result.has('content')) {
    const content = result.get('content') ?? null;
    return Array.isArray(content) ? readBlocks(content, context) : read(content, context, depth + 1);
  }
  return readCalls([result], context);
}

/** The message within an answer of a server. */
function wrapped(result: PythonDict): PythonValue {
  const choices = result.get('choices');
  if (Array.isArray(choices)) return choices[0] ?? null;
  const inner = result.get('message') ?? result.get('body') ?? null;
  return isDict(inner) ? inner : null;
}

function readList(list: readonly PythonValue[], context: ReadingContext, depth: number): Prediction {
  if (list.length === 0) return { kind: 'text', text: '' };
  if (list.some((one) => isDict(one) && typeof one.get('type') === 'string' && isBlock(one))) {
    return readBlocks(list, context);
  }
  if (!list.every((one) => typeof one === 'string')) return readCalls(list, context);
  const parts = list.map((one) => read(one, context, depth + 1));
  const calls = parts.flatMap((part) => (part.kind === 'calls' ? part.calls : []));
  return parts.every((part) => part.kind === 'calls')
    ? { kind: 'calls', calls }
    : (parts.find((part) => part.kind !== 'calls') as Prediction);
}

function isBlock(one: PythonDict): boolean {
  return one.get('type') === 'text' || one.get('type') === 'tool_use';
}

/** Content of a message of Anthropic's: texts and calls, of which the calls count. */
function readBlocks(blocks: readonly PythonValue[], context: ReadingContext): Prediction {
  const calls = blocks.filter((one) => isDict(one) && one.get('type') === 'tool_use');
  if (calls.length > 0) return readCalls(calls, context);
  const texts = blocks.map((one) => (isDict(one) ? (one.get('text') ?? '') : one));
  return readText(texts.filter((one) => typeof one === 'string').join(''), context);
}

function readCalls(list: readonly PythonValue[], context: ReadingContext): Prediction {
  const calls: PredictedCall[] = [];
  for (const one of list) {
    const call = isDict(one) ? readCall(one, context) : null;
    if (call === null) return unreadable('It cannot be read as a list of calls.');
    calls.push(call);
  }
  return { kind: 'calls', calls };
}

const nameKeys = ['name', 'tool', 'tool_name', 'function', 'action'];
const argumentKeys = ['arguments', 'parameters', 'input', 'args', 'action_input'];

function readCall(one: PythonDict, context: ReadingContext): PredictedCall | null {
  const inner = one.get('function') ?? null;
  if (isDict(inner) && inner.has('name')) return readCall(inner, context);
  const [only] = one;
  if (one.size === 1 && only && typeof only[0] === 'string') {
    const given = argumentsOf(only[1]);
    // A tool may be called "name"; a call of that form without arguments is one whose only member is its name.
    if (given) return { tool: only[0], arguments: given };
  }
  const name = nameKeys.map((key) => one.get(key)).find((value) => typeof value === 'string');
  if (typeof name !== 'string') return null;
  const key = argumentKeys.find((each) => one.has(each));
  const given = key === undefined ? new Map() : argumentsOf(one.get(key) ?? null);
  return given && { tool: name, arguments: given };
}

/** Arguments as an object, or as the JSON text of one. Nothing is no arguments. */
function argumentsOf(value: PythonValue): PythonDict | null {
  if (isDict(value)) return value;
  if (value === null) return new Map();
  if (typeof value !== 'string') return null;
  if (value.trim() === '') return new Map();
  const parsed = readJsonText(value);
  return parsed && isDict(parsed.value) ? parsed.value : null;
}

function readText(given: string, context: ReadingContext): Prediction {
  const text = unfenced(given.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim());
  if (text === '') return unreadable('It says nothing.');
  const tagged = taggedParts(text);
  if (tagged.length > 0) {
    const parts = tagged.map((inner) => readWritten(inner, context));
    return parts.every((part) => part !== null)
      ? { kind: 'calls', calls: parts.flat() }
      : unreadable('What stands between the tags of a call cannot be read.');
  }
  const calls = readWritten(text, context);
  if (calls !== null) return calls.length === 0 ? { kind: 'text', text: '' } : { kind: 'calls', calls };
  if (attemptsCall(text, context.toolNames)) return unreadable('A call was begun and cannot be read.');
  return { kind: 'text', text };
}

/** The calls that a text consists of; null where it is no such text. */
function readWritten(text: string, context: ReadingContext): readonly PredictedCall[] | null {
  const json = /^[[{]/.test(text) ? readJsonText(text) : null;
  if (json) {
    const read = Array.isArray(json.value) && json.value.length === 0 ? null : readJson(json.value, context);
    if (read?.kind === 'calls') return read.calls;
    if (Array.isArray(json.value) && json.value.length === 0) return [];
  }
  if (context.language !== undefined) return readNamedCalls(text);
  const opened = text.startsWith('[') ? text : `[${text}`;
  try {
    return readPythonCalls(opened.endsWith(']') ? opened : `${opened}]`);
  } catch {
    return null;
  }
}

function readJson(value: PythonValue, context: ReadingContext): Prediction | null {
  if (Array.isArray(value) && value.every(isDict)) return readCalls(value, context);
  return isDict(value) ? read(value, context, 1) : null;
}

/** What stands between the tags with which some models enclose a call. */
function taggedParts(text: string): string[] {
  const parts: string[] = [];
  for (const open of text.matchAll(/<(tool_?call)>/gi)) {
    const from = open.index + open[0].length;
    const to = text.indexOf(`</${open[1]}>`, from);
    if (to < 0) break;
    parts.push(text.slice(from, to).trim());
  }
  return parts;
}

/** Without the backticks around it, and the language that stands behind the first of them. */
function unfenced(text: string): string {
  const isFenced = text.length > 6 && text.startsWith('```') && text.endsWith('```');
  const inner = isFenced ? text.slice(3, -3).replace(/^[\w-]+(?=\s)/, '') : text;
  return stripOf(inner, '`').trim();
}

function readJsonText(text: string): { value: PythonValue } | null {
  try {
    return { value: parsePythonJson(text.trim()) };
  } catch {
    return null;
  }
}

function unreadable(why: string): Prediction {
  return { kind: 'unreadable', why };
}
