import type { ChatMessage } from '../core/chat.ts';
import type { Step } from '../core/trial.ts';

/**
 * The messages of a trial repeat what its steps hold already: the contents of observations, often cut. Here such a message
 * points into the step instead, so that every observation is kept once.
 */

/** `[before, index of the step, how much of its content, after]` */
type Pointed = [string, number, number, string];

/** A message whose content may point into a step. */
export type SlimMessage = Omit<ChatMessage, 'content'> & { content: string | Pointed };

/** Shorter observations cost less than pointing at them. UTF-16 units. */
const worthPointing = 120;

/** The messages with contents of observations replaced by pointers. `fullMessages` is the inverse. */
export function slimMessages(messages: readonly ChatMessage[], steps: readonly Step[]): SlimMessage[] {
  return messages.map((message) => {
    if (message.role !== 'tool' && message.role !== 'user') return message;
    for (const [index, step] of steps.entries()) {
      const pointed = pointInto(message.content, index, step.observation.content);
      if (pointed !== null) return { ...message, content: pointed };
    }
    return message;
  });
}

/** The messages as they were. */
export function fullMessages(messages: readonly SlimMessage[], steps: readonly Step[]): ChatMessage[] {
  return messages.map((message) => {
    if (typeof message.content === 'string') return message as ChatMessage;
    const [before, index, length, after] = message.content;
    const content = before + (steps[index]?.observation.content ?? '').slice(0, length) + after;
    return { ...message, content } as ChatMessage;
  });
}

function pointInto(content: string, index: number, observed: string): Pointed | null {
  if (observed.length < worthPointing) return null;
  const start = content.indexOf(observed.slice(0, worthPointing));
  if (start < 0) return null;
  let length = worthPointing;
  while (length < observed.length && observed[length] === content[start + length]) length += 1;
  return [content.slice(0, start), index, length, content.slice(start + length)];
}
