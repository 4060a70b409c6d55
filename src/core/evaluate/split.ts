/** Which examples are shown and which are asked: whole families, so that no test query stands in a prompt in other words. */
import { familyOf, kindOf } from '../exploit/usable.ts';
import { deriveSeed, shuffled } from '../random.ts';
import type { Example } from '../trial.ts';

export interface Split {
  /** What may stand in prompts. */
  demonstrations: Example[];
  /** What is asked: one of each held-out family, the one that its paraphrases go back to where it is there. */
  test: Example[];
}

/**
 * Holds out a share of the families of each tool and kind, at least one and never all; a tool with a single family is not
 * tested. Families that share a query, be it in other case and spacing, count as one. The same seed gives the same split,
 * whatever the order of the examples.
 *
 * @param share of the families that are held out, 0 to 1
 */
export function splitFamilies(
  examples: readonly Example[],
  { share, seed }: { share: number; seed: number },
): Split {
  const families = familiesOf(examples);
  const split: Split = { demonstrations: [], test: [] };
  for (const [stratum, group] of Map.groupBy(families, stratumOf)) {
    const mixed = shuffled(group, deriveSeed(seed, stratum));
    const held = mixed.length < 2 ? 0 : clamp(Math.round(share * mixed.length), 1, mixed.length - 1);
    for (const family of mixed.slice(0, held)) split.test.push(representative(family));
    split.demonstrations.push(...mixed.slice(held).flat());
  }
  split.demonstrations.sort(byId);
  split.test.sort(byId);
  return split;
}

/** The examples that share neither a family nor a query with what is asked. */
export function withoutFamiliesOf(
  examples: readonly Example[],
  asked: readonly { query: string; family?: string }[],
): Example[] {
  const queries = new Set(asked.map(({ query }) => sameQuery(query)));
  const names = new Set(asked.flatMap(({ family }) => (family === undefined ? [] : [family])));
  return familiesOf(examples)
    .filter((family) =>
      family.every((example) => !queries.has(sameQuery(example.query)) && !names.has(familyOf(example))),
    )
    .flat()
    .sort(byId);
}

/** Families in the order of their first ids, each in the order of its ids. */
function familiesOf(examples: readonly Example[]): Example[][] {
  const sorted = [...examples].sort(byId);
  // A name of a family, or a query, leads to another that means the same family.
  const same = new Map<string, string>();
  const find = (key: string): string => {
    let found = key;
    for (let next = same.get(found); next !== undefined; next = same.get(found)) found = next;
    return found;
  };
  const nameOf = (example: Example): string => `family ${familyOf(example)}`;
  for (const example of sorted) {
    const family = find(nameOf(example));
    // Other words of other words, as a person may write them, belong to the same.
    const own = find(`family ${example.id}`);
    if (own !== family) same.set(own, family);
    const query = find(`query ${sameQuery(example.query)}`);
    if (query !== family) same.set(query, family);
  }
  return [...Map.groupBy(sorted, (example) => find(nameOf(example))).values()];
}

function stratumOf([first]: readonly Example[]): string {
  return first === undefined ? '' : JSON.stringify([first.tool, kindOf(first)]);
}

function representative(family: readonly Example[]): Example {
  return (family.find(({ paraphraseOf }) => paraphraseOf === undefined) ?? family[0]) as Example;
}

function sameQuery(query: string): string {
  return query.toLowerCase().replace(/\s+/g, ' ').trim();
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function byId(a: Example, b: Example): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
