/**
 * The model of the bench, for the fake server (`--script`): imagines, calls, is refused now and then, calls again,
 * answers and reflects. It looks at nothing but the request, so each trial costs the same at every concurrency.
 */
import { queryMark } from '../../src/core/explore/prompts.ts';
import type { FakeRequest, Reply } from '../helpers/fakeOpenAI.ts';
import { toolNamePattern } from './toolWorkspace.ts';

interface Message {
  role: string;
  content: string | null;
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const words =
  'amber harbour lantern meadow copper violin thunder orchard saffron glacier pebble walnut ribbon marble falcon juniper cinder velvet compass thistle'.split(
    ' ',
  );

/** One of the items, by a number that may be any. */
function pick<T>(items: readonly T[], number: number): T {
  return items[Math.abs(Math.trunc(number)) % items.length] as T;
}

/** What the fake server answers to a request. */
export function reply({ body, index }: FakeRequest): Reply {
  const messages = body.messages as Message[];
  const seed = typeof body.seed === 'number' ? body.seed : index;
  const last = messages.at(-1);
  if (Array.isArray(body.tools) && body.tool_choice !== 'none') return act(messages, seed);
  return { text: last?.content?.endsWith(queryMark) ? query(seed) : reflection(messages) };
}

/** Different enough from every other to pass the diversity gate. */
function query(seed: number): string {
  const some = [1, 20, 400, 8_000, 160_000].map((step) => pick(words, seed / step));
  return `Which of the ${some.slice(0, 3).join(' ')} volumes number ${seed % 9973} can I have for ${some.slice(3).join(' and ')}?`;
}

/** Every third trial begins with a call that the tool refuses; then the right call; then the answer. */
function act(messages: readonly Message[], seed: number): Reply {
  const sinceQuery = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  const results = sinceQuery.filter(({ role }) => role === 'tool');
  const refused = results.at(-1)?.content?.includes('must be one of') === true;
  if (results.length > 0 && !refused) return { text: `The library has them: ${results.at(-1)?.content}` };
  const name = toolNamePattern.exec(messages.find(({ role }) => role === 'user')?.content ?? '')?.[0];
  if (name === undefined) throw new Error('The first message names no tool.');
  const day = pick(days, seed);
  const right = refused || seed % 3 !== 0;
  return { toolCalls: [{ name, arguments: { day: right ? day : `${day}day`, copies: 1 + (seed % 9) } }] };
}

function reflection(messages: readonly Message[]): string {
  const learned = messages.some(({ content }) => content?.includes('must be one of'));
  const lesson = learned ? '`day` takes the first three letters of the day, in lower case.' : '';
  return JSON.stringify({ fulfilled: true, cause: 'The tool answered.', lesson, next: 'Another day.' });
}
