import { cosine, wordCounts } from '../similarity.ts';
import type { Tool } from '../tool.ts';

/**
 * The tools that are nearest to one by name and description: offered beside it, so that choosing the right one is part of
 * what is learned. Words that many tools share weigh less. At most `count`, nearest first, out of those that can be called.
 */
export function nearestSiblings(
  tool: Tool,
  catalogue: readonly Tool[],
  count: number,
  callable: (other: Tool) => boolean = ({ runnable }) => runnable,
): Tool[] {
  if (count <= 0) return [];
  const names = new Set([tool.name]);
  const others = catalogue.filter((other) => {
    // Two tools of one name cannot be offered to a model at once.
    if (other.id === tool.id || !callable(other) || names.has(other.name)) return false;
    names.add(other.name);
    return true;
  });
  const rarity = wordRarity([tool, ...others]);
  const own = weighted(tool, rarity);
  return others
    .map((other, position) => ({ other, position, score: cosine(own, weighted(other, rarity)) }))
    .sort((a, b) => b.score - a.score || a.position - b.position)
    .slice(0, count)
    .map(({ other }) => other);
}

/** What a tool is told by: the words of its name and description. */
function words(tool: Tool): Map<string, number> {
  return wordCounts(`${tool.name.replaceAll(/[_-]|(?<=[a-z])(?=[A-Z])/g, ' ')} ${tool.description}`);
}

/** How much each word tells: less, the more of these tools have it. */
export function wordRarity(tools: readonly Tool[]): Map<string, number> {
  const holders = new Map<string, number>();
  for (const tool of tools) {
    for (const word of words(tool).keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
  }
  return new Map([...holders].map(([word, count]) => [word, Math.log(1 + tools.length / count)]));
}

/** The words of a tool, each by how often it stands there and how much it tells. */
export function weighted(tool: Tool, rarity: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...words(tool)].map(([word, count]) => [word, count * (rarity.get(word) ?? 1)]));
}
