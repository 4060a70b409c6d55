/** Imagining a request: from the documentation of the tool and what the prompt lists, as a person would write it. */

import type { Random } from '../../../src/core/random.ts';
import { cosine, wordCounts } from '../../../src/core/similarity.ts';
import { type Documentation, parametersOf } from './parameters.ts';
import { favourite, phraseOf } from './phrases.ts';

/** How often an optional parameter is thought of when nobody names it. */
const thinksOfOptional = 0.2;
/** How many drafts are written when the first is like what was there before. */
const drafts = 3;

/** How often a request says no more than its details. */
const short = 0.4;

const beginnings = ['I want this:', 'Now this one:', 'My next wish:', 'What I need:'];
const openings = ['Please ', 'Could you ', 'I need somebody to ', 'Can you ', 'For my report: '];

/** A request that the tool could meet. `prompt` may list what was tried, and what was not. */
export function imagined(tool: Documentation, prompt: string, random: Random): string {
  const wanted = notYetTried(prompt);
  const before = [...prompt.matchAll(/^(?:Query: (.*) \| Solved: \w+|- (.{12,}))$/gm)].map(
    ([, listed, close]) => wordCounts(listed ?? close ?? ''),
  );
  let draft = '';
  for (let tried = 0; tried < drafts; tried++) {
    draft = compose(tool, wanted, random);
    const words = wordCounts(draft);
    if (!before.some((one) => cosine(one, words) > 0.95)) break;
  }
  return draft;
}

function compose(tool: Documentation, wanted: ReadonlySet<string>, random: Random): string {
  const parts = parametersOf(tool)
    .filter(({ required, path }) => {
      const think = random.next() < thinksOfOptional;
      return required || wanted.has(path.join('.')) || (wanted.size === 0 && think);
    })
    .map(({ kind }) => phraseOf(kind, random));
  const named = parts.filter((part) => part !== '').join(' ');
  // People do not say what a tool is for; they say what they want.
  if (random.next() < short) return `${favourite(beginnings, random)} ${named}.`;
  return `${favourite(openings, random)}${imperative(tool.description)}: ${named}.`;
}

/** "Converts a measurement into …" as what is asked for: "convert a measurement". */
export function imperative(description: string): string {
  const [first = ''] = description.split(/[.,;]/);
  return first.replace(/^(\w+?)s\b/, (_, verb: string) => verb.toLowerCase());
}

/** Parameters that are listed as not given in any call yet, one of them at most a time. */
function notYetTried(prompt: string): Set<string> {
  const given = [...prompt.matchAll(/^- `([\w.]+)` (?:given|with the value)/gm)].map(([, name = '']) => name);
  return new Set(given.slice(0, 2));
}

/** A request without the words around its details. */
export function withoutFrame(request: string): string {
  const [before = '', ...rest] = request.replace(/[.?!]$/, '').split(': ');
  return rest.length === 0 ? before : rest.join(': ');
}
