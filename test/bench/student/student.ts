/**
 * The simulated student: a model for the fake server that knows language, and of each tool what the request tells. It writes
 * values as it is used to, which is often not how the tool wants them, and better where a demonstration, a lesson or an error
 * in its prompt shows how. It has no memory between requests, and what it says is a function of the request alone.
 */
import { createHash } from 'node:crypto';
import { fill, ownPrompts, queryMark } from '../../../src/core/explore/prompts.ts';
import { deriveSeed, type Random, seededRandom } from '../../../src/core/random.ts';
import type { FakeRequest, Reply } from '../../helpers/fakeOpenAI.ts';
import { type Act, act, doubted } from './act.ts';
import { shownIn } from './evidence.ts';
import { expanded } from './expand.ts';
import { imagined } from './imagine.ts';
import { asksToJudge, judged } from './judge.ts';
import { lookedBack } from './reflect.ts';
import { type Asked, readRequest, type WireMessage } from './wire.ts';

const { texts } = ownPrompts;
/** The beginnings of our prompts, by which the student sees what is wanted of it. */
const marks = {
  callFirst: 'This time start with the call',
  queryForCall: opening(texts['query-for-call']),
  structured: opening(texts['reflect-structured']),
  yesOrNo: opening(texts.reflect),
};
const asking = 'Somebody might ask: ';

/** What the student answers. */
export function reply(request: FakeRequest): Reply {
  const asked = readRequest(request);
  const last = asked.messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const seed = typeof request.body.seed === 'number' ? request.body.seed : hashOf(asked.messages);
  const random = seededRandom(seed);
  const words = asked.messages.length === 1 ? expanded(last, random) : null;
  if (words !== null) return { text: words };
  if (asksToJudge(asked.messages)) return { text: judged(asked.messages, random) };
  if (last.startsWith(marks.queryForCall)) return { text: thoughtOfRequest(asked.messages) };
  if (last.endsWith(queryMark)) return { text: imaginedFor(asked, last, random) };
  if (last.startsWith(marks.structured)) return { text: structured(asked, random) };
  if (last.startsWith(marks.yesOrNo)) return { text: lookBack(asked, random).fulfilled ? 'Yes' : 'No' };
  return spoken(acted(asked, random), asked.native);
}

function imaginedFor({ explored, tools }: Asked, prompt: string, random: Random): string {
  const tool = explored ?? tools[0];
  return tool ? imagined(tool, prompt, random) : 'What can you do?';
}

function acted(asked: Asked, random: Random): Act {
  const { messages, tools, explored } = asked;
  const start = turnStart(messages);
  const opened = messages[start]?.content ?? '';
  const since = messages.slice(start + 1);
  if (!opened.includes(marks.callFirst)) {
    const request = requestIn(opened, messages.slice(0, start));
    return act(request, since, asked, seededRandom(deriveSeed(request, random.below(2 ** 31))));
  }
  const tool = explored ?? tools[0];
  if (!tool) return { answer: 'There is no tool.' };
  const before = since.findLast(({ content }) => content?.includes(asking))?.content;
  const request =
    before === undefined || before === null ? imagined(tool, opened, random) : afterAsking(before);
  const done = act(request, since, { ...asked, tools: [tool] }, random);
  return 'call' in done ? { ...done, thought: asking + request } : done;
}

/** The request that is to be acted on: in the prompt, or the one that was imagined just before. */
function requestIn(opened: string, before: readonly WireMessage[]): string {
  const [own = ''] = opened.split(`\n\n${texts['lessons-before']}`);
  const marked = /(?:The request|in the same way|User Query): (.*)$/s.exec(
    own.split(`\n${queryMark} `).at(-1) ?? '',
  );
  if (marked) return marked[1] ?? '';
  if (own.includes(`${queryMark} `)) return own.split(`${queryMark} `).at(-1) ?? '';
  if (own.startsWith(opening(texts['act-next']))) {
    return before.findLast(({ role }) => role === 'assistant')?.content ?? '';
  }
  return own;
}

/** Where the turn begins: the last message of a person that is no observation. */
function turnStart(messages: readonly WireMessage[]): number {
  return messages.findLastIndex(
    ({ role, content }) =>
      role === 'user' && !content?.startsWith('Observation:') && !content?.startsWith(marks.queryForCall),
  );
}

function structured(asked: Asked, random: Random): string {
  const { fulfilled, lesson } = lookBack(asked, random);
  const cause = fulfilled ? 'The tool answered.' : 'The tool refused it.';
  return JSON.stringify({ fulfilled, cause, lesson, next: 'Another value.' });
}

function lookBack({ messages, tools }: Asked, random: Random) {
  const upTo = messages.slice(0, -1);
  const start = turnStart(upTo);
  const names = tools.map(({ name }) => name);
  const request = requestIn(upTo[start]?.content ?? '', upTo.slice(0, start));
  const { calls } = shownIn(upTo.slice(start), names);
  return lookedBack(
    calls.map((call) => doubted(request, call)),
    random,
  );
}

function spoken(done: Act, native: boolean): Reply {
  if (native) {
    return 'answer' in done
      ? { text: done.answer }
      : { text: done.thought, toolCalls: [{ name: done.call, arguments: done.arguments }] };
  }
  return {
    text:
      'answer' in done
        ? `Thought: I am done.\nFinal Answer: ${done.answer}`
        : `Thought: ${done.thought}\nAction: ${done.call}\nAction Input: ${JSON.stringify(done.arguments)}`,
  };
}

function thoughtOfRequest(messages: readonly WireMessage[]): string {
  const thought = messages.findLast(({ content }) => content?.includes(asking))?.content ?? '';
  return afterAsking(thought);
}

function afterAsking(thought: string): string {
  return (thought.split(asking).at(-1) ?? '').split('\n')[0] ?? '';
}

function opening(text: string): string {
  return fill(text).split('\n')[0]?.slice(0, 40) ?? '';
}

function hashOf(messages: readonly WireMessage[]): number {
  const hash = createHash('sha256').update(JSON.stringify(messages)).digest();
  return hash.readUInt32BE(0) >>> 1;
}
