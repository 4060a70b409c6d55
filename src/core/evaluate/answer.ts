/** One answer of an evaluation: how it is read, and what is kept of it. */
import type { ChatAnswer, Usage } from '../chat.ts';
import { ownPrompts } from '../explore/prompts.ts';
import type { JsonObject } from '../json.ts';
import type { ProtocolName } from '../settings.ts';
import { cutAt, cutTo, strip } from '../text.ts';
import type { Tool } from '../tool.ts';
import type { FailureType } from '../trial.ts';
import { wireOf } from './request.ts';
import { attemptsCall } from './strict/attempt.ts';

/** A call as the model made it. */
export interface MadeCall {
  /** The name that it wrote. */
  name: string;
  /** Null when they could not be read. */
  arguments: JsonObject | null;
}

/** The same as it was read. */
export interface ReadCall extends MadeCall {
  /** The text of its arguments, in which 5 and 5.0 are two things. */
  text?: string;
}

/** What an answer is. `unreadable`: neither a call nor an answer to the user. */
export type ReadAnswer =
  | { kind: 'calls'; calls: ReadCall[] }
  | { kind: 'text' }
  | { kind: 'unreadable'; type: FailureType; name?: string };

/** What a grader says of an answer. */
export interface Grade {
  /** A call could be read, or a call was not to be made and the answer is one to the user. */
  wellFormed: boolean;
  /** The right tools, or rightly none. */
  matched: boolean;
  /** All of it. */
  right: boolean;
  /** What is wrong; null where nothing is. */
  failure: FailureType | null;
}

/** What is kept of an answer. */
export interface KeptAnswer extends Grade {
  calls: MadeCall[];
  /** Its text, cut. */
  text: string;
  usage: Usage;
  /** Why there is no answer; absent where there is one. */
  error?: string;
}

/** How much of an answer's text is kept, characters. */
const keptText = 1000;

const actionInput = 'Action Input:';

/** Reads an answer as the engine reads those of an exploration. */
export function readAnswer(answer: ChatAnswer, tools: readonly Tool[], protocol: ProtocolName): ReadAnswer {
  const wire = wireOf(protocol);
  const cut = { ...answer, text: strip(cutAt(answer.text, wire.actStop)) };
  const read = wire.read(cut, tools, ownPrompts);
  if (read.kind === 'final') {
    // Words that began a call are no abstention, whatever they are to a conversation.
    const names = tools.map((tool) => tool.name);
    return attemptsCall(read.answer, names) ? { kind: 'unreadable', type: 'malformed' } : { kind: 'text' };
  }
  if (read.kind === 'calls') {
    const texts =
      protocol === 'tools'
        ? answer.toolCalls.map((call) => call.arguments)
        : [cut.text.slice(cut.text.lastIndexOf(actionInput) + actionInput.length)];
    return {
      kind: 'calls',
      calls: read.calls.map(({ name, arguments: args }, index) => {
        const text = texts[index];
        return { name, arguments: args, ...(text === undefined ? {} : { text }) };
      }),
    };
  }
  return { kind: 'unreadable', type: read.type, ...(read.name === undefined ? {} : { name: read.name }) };
}

/** An answer with what its grader says of it. */
export function keptAnswer(answer: ChatAnswer, read: ReadAnswer, grade: Grade): KeptAnswer {
  const calls =
    read.kind === 'calls' ? read.calls.map(({ name, arguments: args }) => ({ name, arguments: args })) : [];
  const named =
    read.kind === 'unreadable' && read.name !== undefined ? [{ name: read.name, arguments: null }] : [];
  return {
    ...grade,
    calls: [...calls, ...named],
    text: cutTo(answer.text, keptText).text,
    usage: answer.usage,
  };
}

/** In the place of an answer that the model could not give. */
export function noAnswer(message: string, usage: Usage): KeptAnswer {
  return {
    wellFormed: false,
    matched: false,
    right: false,
    failure: 'malformed',
    calls: [],
    text: '',
    usage,
    error: message,
  };
}
