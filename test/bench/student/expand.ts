/** Saying a request in other words, and thinking of requests that a tool is not for or that lack something it needs. */
import type { JsonObject } from '../../../src/core/json.ts';
import type { Random } from '../../../src/core/random.ts';
import { imperative, withoutFrame } from './imagine.ts';
import { type Documentation, parametersOf } from './parameters.ts';
import { favourite, phraseOf } from './phrases.ts';
import { fitOf } from './understand.ts';

/** How often a figure is misread on the way. */
const misreads = 0.05;
/** How often the judge of an abstention is wrong. */
const errs = 0.04;

const frames: readonly ((wish: string) => string)[] = [
  (wish) => `I would be glad about this: ${wish}, thank you.`,
  (wish) => `${wish}, can somebody do that for me?`,
  (wish) => `Quickly: ${wish}!`,
  (wish) => `My question is about this: ${wish}.`,
  (wish) => `Is it possible to have ${wish}?`,
  (wish) => `So, ${wish}, when you have a minute.`,
];

const besides: readonly ((deed: string) => string)[] = [
  (deed) => `Why would anybody want to ${deed}?`,
  (deed) => `Which book explains well how to ${deed}?`,
  (deed) => `Who was the first to ${deed}?`,
  (deed) => `Is it difficult to ${deed}?`,
  (deed) => `What do you think of people who ${deed}?`,
];

/** Answers a prompt of the job `expand`; null when this is none. */
export function expanded(prompt: string, random: Random): string | null {
  if (/other ways? in which a user could ask for exactly the same/.test(prompt))
    return paraphrases(prompt, random);
  const tool = describedIn(prompt);
  if (!tool) return null;
  if (prompt.includes('"holds": true or false')) return verdict(prompt, tool, random);
  const count = Number(/Write (\d+) queries/.exec(prompt)?.[1] ?? 1);
  const forgotten = /goes into `([\w.]+)`/.exec(prompt)?.[1];
  if (forgotten !== undefined) return lacking(tool, forgotten, count, random);
  return /must NOT be called/.test(prompt) ? nearMisses(tool, count, random) : null;
}

function paraphrases(prompt: string, random: Random): string {
  const query = JSON.parse(/^Query: (".*")$/m.exec(prompt)?.[1] ?? '""') as string;
  const count = Number(/Write (\d+) other ways/.exec(prompt)?.[1] ?? 1);
  const wish = withoutFrame(query);
  const first = random.below(frames.length);
  const said = Array.from({ length: Math.min(count, frames.length) }, (_, index) => {
    const text = (frames[(first + index) % frames.length] as (typeof frames)[number])(wish);
    return random.next() < misreads ? text.replace(/\d/, '9') : text;
  });
  return JSON.stringify({ queries: said });
}

function nearMisses(tool: Documentation, count: number, random: Random): string {
  const deed = imperative(tool.description);
  const first = random.below(besides.length);
  const queries = Array.from({ length: Math.min(count, besides.length) }, (_, index) => ({
    query: (besides[(first + index) % besides.length] as (typeof besides)[number])(deed),
    reason: 'That is a question of opinion or history, which no tool here answers.',
  }));
  return JSON.stringify({ queries });
}

function lacking(tool: Documentation, forgotten: string, count: number, random: Random): string {
  const queries = Array.from({ length: count }, () => {
    const parts = parametersOf(tool)
      .filter(({ required, path }) => required && path[0] !== forgotten)
      .map(({ kind }) => phraseOf(kind, random));
    const named = parts.join(' ');
    const beginning = favourite(['Please ', 'Could you ', 'I need somebody to '], random);
    return {
      query: `${beginning}${imperative(tool.description)}${named === '' ? '' : `: ${named}`}.`,
      question: `I need one thing more: what shall I take for the ${forgotten}?`,
    };
  });
  return JSON.stringify({ queries });
}

function verdict(prompt: string, tool: Documentation, random: Random): string {
  const query = JSON.parse(/^Query of a user: (".*")$/m.exec(prompt)?.[1] ?? '""') as string;
  const lacks = /lack a value for `([\w.]+)`/.exec(prompt)?.[1];
  const fits = (fitOf(query, tool).required ?? 0) === 1;
  const named = parametersOf(tool).some(({ path, kind }) => path[0] === lacks && kind?.find(query));
  const right = lacks === undefined ? !fits : !named;
  return JSON.stringify({ holds: random.next() < errs ? !right : right, why: 'Read.' });
}

function describedIn(prompt: string): Documentation | null {
  const [, name, description = '', schema = ''] =
    /^An assistant has this tool:\n\n?([\w-]+): (.*)\nParameters: (\{.*\})$/m.exec(prompt) ?? [];
  if (name === undefined) return null;
  try {
    return { name, description, parameters: JSON.parse(schema) as JsonObject };
  } catch {
    return null;
  }
}
