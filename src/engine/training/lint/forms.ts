/** In what the chat formats differ, and what their rules share. */
import type { JsonObject } from '../../../core/json.ts';
import type { MessageForm } from './messages.ts';
import type { Report } from './report.ts';
import type { ToolForm } from './tools.ts';

/** What is held against one row. */
export type RowRule = (row: JsonObject, report: Report) => void;

/** Tools of the trainers that hand them to a template: in either form, as a list or as its JSON text. */
export const anyTools: ToolForm = { form: 'either', text: 'allowed', described: false };

/** Tools as the chat completions API has them. */
export const functions: ToolForm = { form: 'function', text: 'never', described: false };
const anyId = { shape: /^.{1,64}$/su, words: '1 to 64 characters' };
const zeroOrOne = { name: 'weight', values: [0, 1], words: '0 or 1' };

export const openaiMessages: MessageForm = {
  arguments: 'text',
  id: anyId,
  weight: zeroOrOne,
  members: new Set([
    'role',
    'content',
    'name',
    'tool_calls',
    'tool_call_id',
    'weight',
    'refusal',
    'function_call',
  ]),
};
export const mistralMessages: MessageForm = {
  arguments: 'text',
  id: { shape: /^[a-zA-Z0-9]{9}$/, words: 'exactly nine letters and digits' },
  contentOrCalls: true,
  weight: zeroOrOne,
};
export const trlMessages: MessageForm = { arguments: 'object', toolName: true };
export const axolotlMessages: MessageForm = {
  arguments: 'either',
  weight: { name: 'train', values: [true, false], words: 'true or false' },
};

/** Says which members a format refuses. */
export function onlyMembers(row: JsonObject, known: readonly string[], at: string, report: Report): void {
  for (const name of Object.keys(row))
    if (!known.includes(name))
      report.error(`${at}${name}`, 'this format has no such member and refuses it, leave it out');
}
