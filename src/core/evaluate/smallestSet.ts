/**
 * The examples for a prompt that is the same for every query: what helps most for its tokens, and then what shows something
 * about the tools that nothing in the set shows yet. It ends where nothing new is shown, not where the room is used up.
 */

import { familyOf, kindOf } from '../exploit/usable.ts';
import { cellKey, cellsTouched } from '../explore/coverage.ts';
import type { Tool } from '../tool.ts';
import type { Example } from '../trial.ts';

export interface SmallestOptions {
  /** Tokens that all of them may take. */
  tokens: number;
  /** What is measured of examples, by id, with its 95 % interval; what is missing was not measured. */
  lifts: ReadonlyMap<string, { lift: number; low: number; high: number }>;
  /** By id. */
  tools: ReadonlyMap<string, Pick<Tool, 'parameters'>>;
  tokensOf(example: Example): number;
}

export interface SmallestSet {
  /** By tool; of a tool in the order in which they were taken. */
  examples: Example[];
  tokens: number;
  /** Taken because their lift is above zero. */
  forLift: number;
  /** Things about the tools that the examples show, and how many of them the set shows. */
  covered: number;
  coverable: number;
  /** Examples that show something more and did not fit. */
  tooLarge: number;
}

/** At most one of a family, and none that is measured to do harm. The same whatever the order of the examples. */
export function smallestSet(examples: readonly Example[], options: SmallestOptions): SmallestSet {
  const { lifts, tokens: limit } = options;
  const candidates = [...examples]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .filter(({ id }) => (lifts.get(id)?.high ?? 0) >= 0)
    .map((example) => ({
      example,
      tokens: Math.max(1, options.tokensOf(example)),
      lift: lifts.get(example.id)?.lift ?? 0,
      shows: shownBy(example, options.tools),
    }));
  type Candidate = (typeof candidates)[number];
  const taken: Candidate[] = [];
  const families = new Set<string>();
  const covered = new Set<string>();
  let tokens = 0;
  const fits = (one: Candidate): boolean => tokens + one.tokens <= limit;
  const isNew = ({ example }: Candidate): boolean => !families.has(familyOf(example));
  const take = (one: Candidate): void => {
    taken.push(one);
    tokens += one.tokens;
    families.add(familyOf(one.example));
    for (const cell of one.shows) covered.add(cell);
  };

  const helpful = candidates
    .filter(({ lift }) => lift > 0)
    .sort((a, b) => b.lift / b.tokens - a.lift / a.tokens);
  for (const one of helpful) if (isNew(one) && fits(one)) take(one);
  const forLift = taken.length;

  const gain = ({ shows }: Candidate): number => shows.filter((cell) => !covered.has(cell)).length;
  for (;;) {
    // Of equals the first, which is the one with the lower id.
    const [next] = candidates
      .filter((one) => isNew(one) && fits(one) && gain(one) > 0)
      .sort((a, b) => gain(b) / b.tokens - gain(a) / a.tokens || a.tokens - b.tokens);
    if (next === undefined) break;
    take(next);
  }
  const coverable = new Set(candidates.flatMap(({ shows }) => shows));
  return {
    examples: taken
      .map(({ example }, order) => ({ example, order }))
      .sort((a, b) =>
        a.example.tool === b.example.tool ? a.order - b.order : a.example.tool < b.example.tool ? -1 : 1,
      )
      .map(({ example }) => example),
    tokens,
    forLift,
    covered: covered.size,
    coverable: coverable.size,
    tooLarge: candidates.filter((one) => isNew(one) && gain(one) > 0).length,
  };
}

/** What an example shows: a call of a tool, an abstention, a parameter given or left out, a listed value. */
function shownBy(example: Example, tools: SmallestOptions['tools']): string[] {
  const { tool, calls } = example;
  const kind = kindOf(example);
  if (kind !== 'call') return [`${kind} ${tool}`];
  const cells = calls.flatMap((call) => {
    const schema = tools.get(call.tool)?.parameters ?? {};
    const touched = cellsTouched(schema, call.arguments, []).map(cellKey);
    return [`call ${call.tool}`, ...touched.map((cell) => `${call.tool} ${cell}`)];
  });
  return [...new Set(cells)];
}
