/** How well words find what a query is for, on the paper's test set. */
import { toolText } from '../../src/core/exploit/choose/toolText.ts';
import { MemoryTextIndex } from '../../src/store/index.ts';
import type { TestSet } from './testSet.ts';

export interface Recall {
  /** Shares of the queries whose tool is the first, or among the first 5 or 10, by its description. */
  at1: number;
  at5: number;
  at10: number;
  /** Share of the queries whose nearest other query is of the same tool. */
  sameApi: number;
  /** Milliseconds of each search among the descriptions. */
  times: number[];
}

export function recallOf({ tools, queries }: TestSet): Recall {
  const texts = tools.map(({ key, tool }) => ({ ...toolText(tool), id: key }));
  const times: number[] = [];
  const descriptions = new MemoryTextIndex(texts);
  const ranks = queries.map(({ query, key }) => {
    const asked = performance.now();
    const hits = descriptions.search(query, 10);
    times.push(performance.now() - asked);
    return hits.findIndex(({ id }) => id === key);
  });
  descriptions.close();
  const others = new MemoryTextIndex(queries.map(({ query }, index) => ({ id: String(index), text: query })));
  const same = queries.filter(({ query, key }, index) => {
    const nearest = others.search(query, 2).find(({ id }) => id !== String(index));
    return nearest !== undefined && queries[Number(nearest.id)]?.key === key;
  });
  others.close();
  const within = (k: number): number => ranks.filter((rank) => rank >= 0 && rank < k).length / queries.length;
  return { at1: within(1), at5: within(5), at10: within(10), sameApi: same.length / queries.length, times };
}
