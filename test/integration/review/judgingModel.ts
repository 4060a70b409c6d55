/** The language model of the test extension, in the part of one that explores well and then judges examples. */
import { createHash } from 'node:crypto';

interface Request {
  messages: { role: 'user' | 'assistant'; parts: { text?: string; result?: string }[] }[];
  tools: string[];
}

export interface FakeModel {
  answer: (request: Request) => object | Promise<object>;
}

/** What it says of an example. */
export interface Ruling {
  faithful: boolean;
  reasons: string;
}

/** It calls once, and is content; as a judge it rules as `rule` says, in the order in which it is asked. */
export function judgingModel(rule: (asked: number) => Ruling): FakeModel['answer'] {
  let judged = 0;
  return ({ messages, tools }) => {
    const last = messages.at(-1)?.parts.at(-1);
    const whole = JSON.stringify(messages);
    if (last?.text?.includes('"unneeded"')) {
      const { faithful, reasons } = rule(judged);
      judged += 1;
      return { text: JSON.stringify({ reasons, informative: true, faithful, proper: true, unneeded: [] }) };
    }
    if (last?.text?.includes('"fulfilled"')) {
      return { text: '{"fulfilled": true, "cause": "It worked.", "lesson": "", "next": ""}' };
    }
    if (last?.result !== undefined) return { text: `It is ${last.result}.` };
    if (tools.length > 0) return { call: { name: 'colour_name', input: { code: 'r' } } };
    // Words that no two conversations share, so that every query is another one.
    const hash = createHash('sha256').update(whole).digest('hex');
    return { text: `Which colour is ${[0, 5, 10, 15].map((at) => `x${hash.slice(at, at + 5)}`).join(' ')}?` };
  };
}
