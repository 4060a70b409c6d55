/** Acting: choosing a tool, calling it, reading what comes back, calling again, answering. */
import type { Json, JsonObject } from '../../../src/core/json.ts';
import type { Random } from '../../../src/core/random.ts';
import { toolFor } from './chooseTool.ts';
import { type SeenCall, shownIn } from './evidence.ts';
import { isInEnglish } from './inEnglish.ts';
import { type Documentation, type Parameter, parametersOf } from './parameters.ts';
import { tables } from './phrases.ts';
import { languages } from './things.ts';
import { put, understood } from './understand.ts';
import type { Asked, WireMessage } from './wire.ts';

export type Act = { call: string; arguments: JsonObject; thought: string } | { answer: string };

/** How often the student presumes a value that the request does not name, instead of asking back. */
const presumes = 0.7;
/** How often it notices that an answer is not in the language that was asked for. */
const notices = 0.8;
/** Calls of one request before the student gives up. */
const patience = 4;

/** What the student does about a request. `since`: what was said after it. */
export function act(request: string, since: readonly WireMessage[], asked: Asked, random: Random): Act {
  const { messages, tools } = asked;
  const names = tools.map(({ name }) => name);
  const before = shownIn(messages.slice(0, messages.length - since.length), names);
  const after = shownIn(since, names);
  const own = random.next() < notices ? after.calls.map((call) => doubted(request, call)) : after.calls;
  const last = own.at(-1);
  if (last && !last.refused && !isLookingAround(last)) {
    return { answer: `Here it is: ${(last.result ?? '').slice(0, 200)}` };
  }
  if (own.length >= patience) return { answer: 'I could not do that: the tool refuses it.' };
  const tool =
    likeShown(request, asked) ?? toolFor(request, tools, messages.slice(0, messages.length - since.length));
  if (!tool) return { answer: 'None of these tools can do that.' };

  const look = last?.refused && random.next() < 0.7 ? lookAround(last) : null;
  if (look) return { call: tool.name, arguments: look, thought: 'Let me see what is there.' };
  const shown = {
    calls: [...before.calls, ...own],
    sentences: [...before.sentences, ...after.sentences],
  };
  const { arguments: args, missing, stuck } = understood(request, tool, shown, random);
  if (missing.length > 0 && (random.next() >= presumes || showsAbstention(asked, tool))) {
    return { answer: `For that I need to know more: ${missing.join(', ')}?` };
  }
  for (const parameter of parametersOf(tool)) {
    if (missing.includes(parameter.path.join('.'))) put(args, parameter.path, presumed(parameter));
  }
  if (stuck.length > 0) return { answer: `I do not know how to write ${stuck.join(' and ')}.` };
  return { call: tool.name, arguments: args, thought: `I need ${tool.name} for this.` };
}

/** A call that was taken and not understood: as good as refused. */
export function doubted(request: string, call: SeenCall): SeenCall {
  if (call.refused || !isInEnglish(request, call.result ?? '')) return call;
  const values = Object.values(call.arguments).filter((value) =>
    languages.styles.some((style) => languages.isWritten(value, style)),
  );
  return { ...call, refused: true, result: `This is English, in spite of ${values.join(', ')}.` };
}

/** A request for this tool that was answered without a call: it shows that a call need not be made. */
function showsAbstention({ messages, tools }: Asked, tool: Documentation): boolean {
  return messages.some(({ role, content, tool_calls: made }, index) => {
    const before = messages[index - 1];
    if (role !== 'assistant' || made?.length || before?.role !== 'user') return false;
    return !/Action:/.test(content ?? '') && toolFor(before.content ?? '', tools)?.name === tool.name;
  });
}

/** What is taken for a value that nobody has named. */
function presumed({ schema }: Parameter): Json {
  const [first] = Array.isArray(schema.examples) ? schema.examples : [];
  return first ?? schema.default ?? (schema.type === 'number' || schema.type === 'integer' ? 1 : 'unknown');
}

/** While exploring, the tool that this is about is the one to try, as long as the request says what it needs. */
function likeShown(request: string, { explored, tools }: Asked): Documentation | null {
  if (!explored || tools.length > 1) return explored && tools.length === 1 ? explored : null;
  return toolFor(request, [explored]);
}

/** After a wrong name, what the table really holds. */
function lookAround({ arguments: args, result }: SeenCall): JsonObject | null {
  if (!/no such column/.test(result ?? '')) return null;
  const sql = String(args.sql ?? '');
  const table = tables.find((name) => new RegExp(`FROM ${name}\\b`).test(sql));
  return table === undefined ? null : { sql: `SELECT * FROM ${table} LIMIT 1` };
}

function isLookingAround({ arguments: args }: SeenCall): boolean {
  return String(args.sql ?? '').startsWith('SELECT * FROM');
}
