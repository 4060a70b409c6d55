/** Native tool calls: the tools go along with the request, calls come back as data. */
import type { ChatAnswer, ChatMessage, ToolCallText } from '../chat.ts';
import { isJsonObject } from '../json.ts';
import type { Tool } from '../tool.ts';
import type { ReadCall, WireProtocol } from './protocol.ts';
import { readCallArguments } from './readArguments.ts';

/** Calls of one answer that are run. A model that sends a thousand is told that the rest were not. */
export const callsPerAnswer = 8;

export const nativeTools: WireProtocol = {
  name: 'tools',
  actStop: [],
  imagineStop: [],
  act: ['act-tools', 'act-tools-next'],
  callFirst: ['call-first', 'call-first-next'],

  offer: (tools, may) => ({
    tools: tools.map(({ name, description, parameters }) => ({ name, description, parameters })),
    toolChoice: may ? 'auto' : 'none',
  }),

  read(answer, tools) {
    const calls = kept(answer);
    if (calls.length > 0) {
      const leftOut = answer.toolCalls.length - calls.length;
      return {
        kind: 'calls',
        thought: answer.text,
        calls: calls.map((call) => readCall(call, tools, answer.finish === 'length')),
        leftOut,
      };
    }
    if (answer.text === '') {
      return {
        kind: 'unreadable',
        thought: '',
        type: 'malformed',
        text: 'Your answer was empty. Call a tool, or answer the user.',
      };
    }
    if (callInText(answer.text)) {
      const text =
        'That call was written as text and was not run. Use the tool-calling interface, or answer the user.';
      return { kind: 'unreadable', thought: answer.text, type: 'malformed', text };
    }
    return { kind: 'final', thought: '', answer: answer.text };
  },

  answerMessage(answer) {
    const toolCalls = kept(answer);
    return { role: 'assistant', content: answer.text, ...(toolCalls.length > 0 ? { toolCalls } : {}) };
  },

  observationMessages(answer, texts) {
    const calls = kept(answer);
    if (calls.length === 0) return texts.map((content): ChatMessage => ({ role: 'user', content }));
    return calls.map(
      (call, i): ChatMessage => ({ role: 'tool', toolCallId: call.id, content: texts[i] ?? '' }),
    );
  },

  mismatch(answer) {
    if (answer.toolCalls.length > 0 || !callInText(answer.text)) return null;
    return {
      message: 'The model writes its calls as text instead of calling the tools.',
      advice:
        'Choose the protocol "react" for this model (--protocol react), or a server that supports tool calls.',
    };
  },
};

function kept(answer: ChatAnswer): ToolCallText[] {
  return answer.toolCalls.slice(0, callsPerAnswer);
}

function readCall(call: ToolCallText, tools: readonly Tool[], cutOff: boolean): ReadCall {
  const read = readCallArguments(call.arguments);
  // What a repair made of half a call is not what the model meant to send.
  const args = read.ok && !(cutOff && read.how === 'repaired') ? read.arguments : null;
  if (!tools.some((tool) => tool.name === call.name)) {
    const names = tools.map((tool) => tool.name).join(', ');
    const text = `There is no tool named "${call.name.slice(0, 100)}". These are the tools: ${names}.`;
    return { name: call.name, arguments: args, problem: { type: 'unknown_tool', text } };
  }
  if (args === null) {
    const text = 'The arguments of this call are not a JSON object. Call again with valid JSON.';
    return { name: call.name, arguments: null, problem: { type: 'malformed', text } };
  }
  return { name: call.name, arguments: args };
}

/** Whether a text holds a call that was meant to be made: the paper's form, or JSON with a name and arguments. */
function callInText(text: string): boolean {
  if (
    /^\s*Action:\s*\S+\s*\n\s*Action Input:/m.test(text) ||
    /<tool_call>|\[TOOL_CALLS\]|<\|python_tag\|>/.test(text)
  ) {
    return true;
  }
  const fenced = /^```(?:json)?\s*([\s\S]*?)\s*```$/.exec(text)?.[1] ?? text;
  if (!fenced.startsWith('{') && !fenced.startsWith('[')) return false;
  try {
    const value: unknown = JSON.parse(fenced);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (!isJsonObject(first)) return false;
    const called = isJsonObject(first.function) ? first.function : first;
    return typeof called.name === 'string' && ('arguments' in called || 'parameters' in called);
  } catch {
    return false;
  }
}
