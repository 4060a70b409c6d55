import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { parseShallow } from '../../../core/nesting.ts';
import { isNoText, kindOfValue, type Report } from './report.ts';
import { checkCall, type Declared } from './tools.ts';

/** What a format asks of chat messages. */
export interface MessageForm {
  /** `text`: a JSON text. `object`. `either`. */
  arguments: 'text' | 'object' | 'either';
  /** What ids of calls look like, and how to say it; absent: calls need none. */
  id?: { shape: RegExp; words: string };
  /** A tool message has to name its tool. */
  toolName?: true;
  /** A message with calls must have no content. */
  contentOrCalls?: true;
  /** The member that says whether a message is learned, and what may stand there. */
  weight?: { name: string; values: readonly Json[]; words: string };
  /** Members that a message may have; absent: any. */
  members?: ReadonlySet<string>;
  /** The conversation goes on in another list: its last message need not be the model's. */
  goesOn?: true;
}

const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool']);

/** Calls that nobody has answered yet. */
interface Open {
  ids: Set<string>;
  /** Of calls without ids. */
  nameless: number;
  field: string;
}

/** Holds a list of messages against the rules: roles and their order, contents, calls with their ids, names and arguments. */
export function lintMessages(
  messages: Json | undefined,
  field: string,
  form: MessageForm,
  declared: Declared | null,
  report: Report,
): void {
  if (!Array.isArray(messages) || messages.length === 0) {
    report.error(
      field,
      `it is ${Array.isArray(messages) ? 'empty' : kindOfValue(messages)}, write a list of messages`,
    );
    return;
  }
  let open: Open | null = null;
  let before: string | null = null;
  let calls = 0;
  for (const [index, message] of messages.entries()) {
    const at = `${field}[${index}]`;
    if (!isJsonObject(message)) {
      report.error(at, `it is ${kindOfValue(message)}, write a message`);
      continue;
    }
    const { role } = message;
    if (typeof role !== 'string' || !roles.has(role)) {
      report.error(
        `${at}.role`,
        `${JSON.stringify(role ?? null)} is no role, write ${[...roles].join(', ')}`,
      );
      continue;
    }
    lintMembers(message, at, form, report);
    open = lintOrder(role, message, at, { open, before, first: index === 0 }, report);
    if (role === 'assistant') {
      const asked = lintAssistant(message, at, form, declared, report);
      calls += asked === null ? 0 : 1;
      open = asked;
    } else if (role !== 'tool')
      isNoText(contentText(message.content), `${at}.content`, `what the ${role} says`, report);
    else {
      if (typeof contentText(message.content) !== 'string')
        report.error(
          `${at}.content`,
          `it is ${kindOfValue(message.content)}, write what the tool said as a text`,
        );
      if (form.toolName && typeof message.name !== 'string')
        report.error(`${at}.name`, 'it is missing, write the name of the tool that has spoken');
    }
    before = role;
  }
  if (!form.goesOn && before !== 'assistant')
    report.error(
      `${field}[${messages.length - 1}].role`,
      `the last message is "${before}", end with what the assistant says`,
    );
  if (form.goesOn && open !== null) report.error(open.field, 'nobody answers this call, add a tool message');
  if (calls > 0 && declared === null)
    report.error('tools', 'it is missing, declare the tools that are called');
}

function lintMembers(
  message: JsonObject,
  at: string,
  { members, weight }: MessageForm,
  report: Report,
): void {
  if (members !== undefined) {
    for (const name of Object.keys(message))
      if (!members.has(name))
        report.error(`${at}.${name}`, 'a message has no such member here, leave it out');
  }
  if (weight === undefined || message[weight.name] === undefined) return;
  if (!weight.values.includes(message[weight.name] as Json))
    report.error(`${at}.${weight.name}`, `write ${weight.words}`);
}

function lintOrder(
  role: string,
  message: JsonObject,
  at: string,
  { open, before, first }: { open: Open | null; before: string | null; first: boolean },
  report: Report,
): Open | null {
  const begins = role === 'system' || role === 'developer';
  if (begins && !first)
    report.error(`${at}.role`, `"${role}" stands first or not at all, move it to the beginning`);
  if (role === 'assistant' && (before === null || before === 'system' || before === 'developer'))
    report.error(`${at}.role`, 'the assistant speaks before anybody has asked, begin with the user');
  if (role !== 'tool') {
    if (open !== null) report.error(open.field, 'nobody answers this call, add a tool message after it');
    if (role === before && !begins)
      report.warn(
        `${at}.role`,
        `"${role}" twice in a row, which many templates refuse: join the two messages`,
      );
    return null;
  }
  if (open === null) {
    report.error(`${at}.role`, 'a tool speaks that nobody has called, put the assistant’s call before it');
    return null;
  }
  const id = message.tool_call_id;
  if (typeof id === 'string' && open.ids.size > 0) {
    if (!open.ids.delete(id)) {
      const known = [...open.ids].map((one) => JSON.stringify(one)).join(' or ');
      report.error(`${at}.tool_call_id`, `${JSON.stringify(id)} is the id of no open call, write ${known}`);
      return null;
    }
  } else if (open.ids.size > 0) {
    if (id !== undefined || open.nameless === 0)
      report.error(
        `${at}.tool_call_id`,
        `it is ${kindOfValue(id)}, write the id of the call that it answers`,
      );
    return null;
  } else open.nameless -= 1;
  return open.ids.size > 0 || open.nameless > 0 ? open : null;
}

/** The calls that a message makes; null for none. */
function lintAssistant(
  message: JsonObject,
  at: string,
  form: MessageForm,
  declared: Declared | null,
  report: Report,
): Open | null {
  const { tool_calls: calls } = message;
  const content = contentText(message.content);
  const said = typeof content === 'string' && content.trim() !== '';
  if (calls === undefined || calls === null || (Array.isArray(calls) && calls.length === 0)) {
    if (!said)
      report.error(
        `${at}.content`,
        'the assistant neither says nor calls anything, write its answer or leave the row out',
      );
    if (Array.isArray(calls)) report.error(`${at}.tool_calls`, 'it is empty, leave it out');
    return null;
  }
  if (!Array.isArray(calls)) {
    report.error(`${at}.tool_calls`, `it is ${kindOfValue(calls)}, write a list of calls`);
    return null;
  }
  if (form.contentOrCalls && said)
    report.error(`${at}.content`, 'a message has either content or calls, leave one out');
  const open: Open = { ids: new Set(), nameless: 0, field: `${at}.tool_calls[0]` };
  for (const [index, call] of calls.entries())
    lintCall(call, `${at}.tool_calls[${index}]`, form, declared, open, report);
  return open;
}

function lintCall(
  call: Json,
  at: string,
  form: MessageForm,
  declared: Declared | null,
  open: Open,
  report: Report,
): void {
  if (!isJsonObject(call) || !isJsonObject(call.function)) {
    report.error(at, 'write {"id": …, "type": "function", "function": {"name": …, "arguments": …}}');
    return;
  }
  const { id } = call;
  if (typeof id === 'string') {
    if (form.id && !form.id.shape.test(id))
      report.error(`${at}.id`, `${JSON.stringify(id)} is no legal id, write ${form.id.words}`);
    if (open.ids.has(id))
      report.error(
        `${at}.id`,
        `${JSON.stringify(id)} is the id of another call of this message, write a new one`,
      );
    open.ids.add(id);
  } else {
    if (form.id) report.error(`${at}.id`, `it is ${kindOfValue(id)}, write ${form.id.words}`);
    open.nameless += 1;
  }
  if (form.id && call.type !== undefined && call.type !== 'function')
    report.error(`${at}.type`, 'write "function"');
  const field = `${at}.function.arguments`;
  const given = readArguments(call.function.arguments, field, form.arguments, report);
  checkCall(
    { name: call.function.name, arguments: given },
    { name: `${at}.function.name`, arguments: field },
    declared,
    report,
  );
}

/** Arguments as an object; null when they cannot be read, which is reported. */
export function readArguments(
  value: Json | undefined,
  field: string,
  wanted: MessageForm['arguments'],
  report: Report,
): JsonObject | null {
  if (isJsonObject(value)) {
    if (wanted === 'text')
      report.error(
        field,
        `it is an object, write it as a JSON text: ${JSON.stringify(JSON.stringify(value)).slice(0, 120)}`,
      );
    return value;
  }
  if (typeof value !== 'string') {
    report.error(
      field,
      `it is ${kindOfValue(value)}, write the arguments as ${wanted === 'object' ? 'an object' : 'a JSON text'}`,
    );
    return null;
  }
  let read: Json;
  try {
    read = parseShallow(value);
  } catch {
    report.error(
      field,
      `${JSON.stringify(value.slice(0, 80))} is no JSON, write ${wanted === 'object' ? 'an object' : 'the JSON text of an object'}`,
    );
    return null;
  }
  if (!isJsonObject(read)) {
    report.error(field, `it says ${kindOfValue(read)}, write an object, {} for no arguments`);
    return null;
  }
  if (wanted === 'object') report.error(field, `it is a text, write it as an object: ${value.slice(0, 120)}`);
  return read;
}

/** A content that is a list of parts is its texts. */
function contentText(content: Json | undefined): Json | undefined {
  if (!Array.isArray(content)) return content;
  return content
    .map((part) => (isJsonObject(part) && typeof part.text === 'string' ? part.text : ' [part] '))
    .join('');
}
