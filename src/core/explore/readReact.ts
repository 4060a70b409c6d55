/**
 * How an answer over the text protocol is read: the paper's rules in the paper's order, save that the arguments go to a
 * real JSON parser (see `deviations.ts`).
 */
import type { JsonObject } from '../json.ts';
import { strip } from '../text.ts';
import type { UnreadableKind } from './prompts.ts';
import { readArguments } from './readArguments.ts';

export type ReactAnswer =
  | { kind: 'final'; thought: string; answer: string }
  | { kind: 'call'; thought: string; name: string; arguments: JsonObject }
  | { kind: 'unreadable'; thought: string; why: UnreadableKind; name?: string };

const finalAnswer = 'Final Answer:';
const actionInput = 'Action Input:';
const action = 'Action:';

/** Reads one answer. `toolNames` are the names that may be called. */
export function readReact(text: string, toolNames: readonly string[]): ReactAnswer {
  const [before = '', after] = text.split(finalAnswer);
  const body = after === undefined ? text : strip(before);
  if (after !== undefined && !body.includes(actionInput)) {
    return { kind: 'final', thought: thoughtOf(body), answer: strip(after) };
  }

  const inputs = body.split(actionInput);
  if (inputs.length === 1) return { kind: 'unreadable', thought: thoughtOf(body), why: 'no-action-input' };
  if (inputs.length > 2) return { kind: 'unreadable', thought: thoughtOf(body), why: 'many-action-inputs' };

  const actions = stripLineMarks(inputs[0] as string).split(action);
  const thought = thoughtOf(actions[0] as string);
  if (actions.length === 1) return { kind: 'unreadable', thought, why: 'no-action' };
  if (actions.length > 2) return { kind: 'unreadable', thought, why: 'many-actions' };

  const name = stripLineMarks(actions[1] as string);
  if (!toolNames.includes(name)) return { kind: 'unreadable', thought, why: 'unknown-tool', name };

  const input = stripLineMarks(inputs[1] as string);
  const outOfPlace = braceProblem(input);
  if (outOfPlace) return { kind: 'unreadable', thought, why: outOfPlace, name };
  const read = readArguments(input);
  if (read.ok) return { kind: 'call', thought, name, arguments: read.arguments };
  const why = {
    no_open_brace: 'no-open-brace',
    no_close_brace: 'no-close-brace',
    not_json: 'not-json',
  } as const;
  return { kind: 'unreadable', thought, why: why[read.reason], name };
}

/** The paper's checks before it cuts the object out. An object that was never closed was cut off: it must not be run. */
function braceProblem(input: string): UnreadableKind | null {
  const open = input.indexOf('{');
  const close = input.lastIndexOf('}');
  if (open < 0) return 'no-open-brace';
  if (close < 0) return 'no-close-brace';
  return open > close ? 'not-json' : null;
}

/** Models copy the prompt's written-out `\n`; the paper's code takes it off the ends of each part. */
function stripLineMarks(text: string): string {
  let rest = strip(text);
  while (rest.endsWith('\\n')) rest = rest.slice(0, -2);
  return strip(rest);
}

function thoughtOf(text: string): string {
  return strip(stripLineMarks(text).replace(/^\s*Thought:/, ''));
}
