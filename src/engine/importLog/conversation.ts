import { isJsonObject, type Json } from '../../core/json.ts';
import type { ChatMessage } from '../../core/message.ts';
import { strip } from '../../core/text.ts';
import type { LogItem } from './logItem.ts';

/**
 * The conversation of a session, trial by trial: the log keeps it in one list, from which the reflections are known as well.
 * An imagining and its query, then an answer for each entry of the chain, between them the observations, then the question
 * whether it was solved. Null where there is none, or the list does not say what the items say: then nothing of it is used.
 */
export function conversations(messages: Json | undefined, items: readonly LogItem[]): ChatMessage[][] | null {
  const all = readMessages(messages);
  if (all === null) return null;
  const parts: ChatMessage[][] = [];
  let at = all[0]?.role === 'system' ? 1 : 0;
  for (const item of items) {
    const answers = item.steps.length;
    const part = all.slice(at, at + 4 + 2 * answers);
    if (!says(part, item)) return null;
    parts.push(part);
    at += part.length;
  }
  return at === all.length ? parts : null;
}

/** What the model said to each entry of the chain, from the conversation of its trial. */
export function answersIn(part: readonly ChatMessage[]): string[] {
  return part.slice(3, -2).flatMap(({ role, content }) => (role === 'assistant' ? [content] : []));
}

function says(part: readonly ChatMessage[], { query, steps }: LogItem): boolean {
  if (part.length !== 4 + 2 * steps.length) return false;
  if (part.some(({ role }, index) => role !== (index % 2 === 0 ? 'user' : 'assistant'))) return false;
  const [, imagined] = part;
  if (strip(imagined?.content ?? '') !== strip(query)) return false;
  // The prompt to act stands before the first answer, an observation before each further one.
  return steps.slice(0, -1).every(({ observation }, index) => {
    const told = part[4 + 2 * index]?.content;
    return observation !== null && told === `Observation: ${observation}`;
  });
}

function readMessages(messages: Json | undefined): ChatMessage[] | null {
  if (!Array.isArray(messages) || messages.length === 0) return null;
  const read = messages.flatMap((one): ChatMessage[] => {
    if (!isJsonObject(one) || typeof one.content !== 'string') return [];
    const { role, content } = one;
    return role === 'system' || role === 'user' || role === 'assistant' ? [{ role, content }] : [];
  });
  return read.length === messages.length ? read : null;
}
