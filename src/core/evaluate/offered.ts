/** Which tools stand beside the right one, so that choosing it is part of what is asked. */
import { nearestSiblings } from '../explore/siblings.ts';
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
    const names = new Set(needed.map(({ name }) => name));
    const near = nearestSiblings(
      needed[0] as Tool,
      this.#catalogue,
      Math.max(0, this.#limit - needed.length),
      ({ name }) => !names.has(name),
    );
    const position = ({ id }: Tool): number => this.#positions.get(id) ?? 0;
    return [...needed, ...near].sort((a, b) => position(a) - position(b));
  }
}
