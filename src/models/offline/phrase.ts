import type { Tool } from '../../core/tool.ts';
import { hasWord } from './learn/locate.ts';

/** Verbs in the third person that do not lose their `s` alone. */
const irregular: Record<string, string> = { does: 'do', goes: 'go', has: 'have', is: 'be' };
const showing =
  /^(?:get|gets|return|returns|fetch|fetches|retrieve|retrieves|list|lists|show|shows|give|gives|provide|provides|display|displays|print|prints|look|looks|tell|tells)$/i;
const wordy = 14;

/** What a user asks for, from the description: an imperative without its first capital, such as `add days to a date`. */
export function requestPhrase(tool: Tool): string {
  const sentence = sentences(tool.description).find((one) => !mentions(one, tool.name)) ?? '';
  const clean = sentence
    .replace(/[`"*]/g, '')
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/[.!?:;]+$/, '')
    .trim();
  const short = clean
    .split(/\s+/)
    .slice(0, wordy)
    .join(' ')
    .replace(/[,:;]$/, '');
  const [first = '', ...rest] = short.split(' ');
  if (rest.length === 0) return 'help me with something';
  const verb = imperative(first);
  if (verb === null) return `find out about ${lowered(short)}`;
  return showing.test(verb) && verb !== 'look' ? `show me ${rest.join(' ')}` : [verb, ...rest].join(' ');
}

/** Ways to put a request; `details` may be empty. */
export function asQuery(request: string, details: string, way: number): string {
  const upper = request.charAt(0).toUpperCase() + request.slice(1);
  if (details === '') {
    return [
      `Please ${request}.`,
      `Can you ${request}?`,
      `I would like you to ${request}.`,
      `${upper}, please.`,
    ][way % 4] as string;
  }
  const ways = [
    `${upper}: ${details}.`,
    `Please ${request}, with ${details}.`,
    `Can you ${request}? I have ${details}.`,
    `For ${details}: ${request}.`,
    `I need help: ${request}. It is about ${details}.`,
    `${details.charAt(0).toUpperCase() + details.slice(1)}: could you ${request}?`,
    `What is the result if you ${request} with ${details}?`,
  ];
  return ways[way % ways.length] as string;
}

/** How many ways `asQuery` knows. */
export const queryWays = 7;

function sentences(description: string): string[] {
  return description
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?])\s+/)
    .filter((sentence) => sentence.trim() !== '');
}

function mentions(sentence: string, name: string): boolean {
  return hasWord(sentence.toLowerCase(), name.toLowerCase());
}

/** The first word as an imperative; null when it is no verb in a form that can be told. */
function imperative(word: string): string | null {
  const lower = word.toLowerCase();
  if (!/^[a-z]+$/.test(lower)) return null;
  if (irregular[lower]) return irregular[lower];
  if (showing.test(lower) && !lower.endsWith('s')) return lower;
  if (/(?:sh|ch|ss|x|zz|o)es$/.test(lower)) return lower.slice(0, -2);
  if (/[^aeiou]ies$/.test(lower)) return `${lower.slice(0, -3)}y`;
  if (/[^su]s$/.test(lower) && lower.length > 3) return lower.slice(0, -1);
  return commonVerbs.has(lower) ? lower : null;
}

const commonVerbs = new Set(
  'add analyze apply ask book build calculate cancel check compare compose compute convert count create decode delete describe detect download edit encode estimate evaluate execute explain export extract filter find format generate hash import insert inspect look make measure merge move open order parse predict query read record remove rename render replace reserve resolve run save search send set solve sort split store submit subtract summarize transform translate update upload validate verify write'.split(
    ' ',
  ),
);

function lowered(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
