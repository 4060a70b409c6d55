/** Which tools stand beside the right one, so that choosing it is part of what is asked. */
import { weighted, wordRarity } from '../explore/siblings.ts';
import { cosine } from '../similarity.ts';
import type { Tool } from '../tool.ts';

/** Tools that are offered with a query, the right one included, when nobody says. */
export const usuallyOffered = 8;

/**
 * Finds the tools that are offered: those that are needed, filled up to `limit` with the nearest of the catalogue by name
 * and description. They come in the order of the catalogue, which does not tell which of them is meant.
 */
export class OfferedTools {
  readonly #catalogue: readonly Tool[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #limit: number;
  readonly #known = new Map<string, Tool[]>();
  /** What each tool is told by; made once, since in a large catalogue this is what takes long. */
  #words: Map<string, number>[] | null = null;

  constructor(catalogue: readonly Tool[], limit = usuallyOffered) {
    this.#catalogue = catalogue;
    this.#positions = new Map(catalogue.map(({ id }, index) => [id, index]));
    this.#limit = limit;
  }

  /** Null when one of the needed is not in the catalogue, or two of them have one name. */
  around(needed: readonly string[]): Tool[] | null {
    const ids = [...new Set(needed)];
    const tools = ids.map((id) => this.#catalogue[this.#positions.get(id) ?? -1]);
    if (!tools.every((tool) => tool !== undefined) || tools.length === 0) return null;
    if (new Set(tools.map(({ name }) => name)).size < tools.length) return null;
    const key = JSON.stringify(ids);
    const known = this.#known.get(key) ?? this.#filled(tools);
    this.#known.set(key, known);
    return known;
  }

  #filled(needed: readonly Tool[]): Tool[] {
    const position = ({ id }: Tool): number => this.#positions.get(id) ?? 0;
    if (this.#words === null) {
      const rarity = wordRarity(this.#catalogue);
      this.#words = this.#catalogue.map((tool) => weighted(tool, rarity));
    }
    const words = this.#words;
    const own = words[position(needed[0] as Tool)] as Map<string, number>;
    const near = this.#catalogue
      .map((tool, index) => ({ tool, index, score: cosine(own, words[index] as Map<string, number>) }))
      .sort((a, b) => b.score - a.score || a.index - b.index);
    const taken = [...needed];
    const names = new Set(needed.map(({ name }) => name));
    for (const { tool } of near) {
      if (taken.length >= this.#limit) break;
      // Two tools of one name cannot be offered to a model at once.
      if (names.has(tool.name)) continue;
      names.add(tool.name);
      taken.push(tool);
    }
    return taken.sort((a, b) => position(a) - position(b));
  }
}
