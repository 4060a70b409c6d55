import { setImmediate as turn } from 'node:timers/promises';
import { type TextHit, toolText } from '../../core/exploit/choose/index.ts';
import { MemoryTextIndex } from '../../store/index.ts';
import type { ToolIndex } from '../catalogue/toolIndex.ts';

/** Tools that are added before others get a turn. */
const slice = 200;

/** The tools that there are examples of, found by the words of their specs. Made anew when the catalogue or these are others. */
export class LearnedTools {
  #index: MemoryTextIndex | null = null;
  #of: { catalogue: ToolIndex; ids: string } | null = null;
  /** One after the other: two who ask at once wait for the same. */
  #made: Promise<void> = Promise.resolve();

  /** @param ids of the tools with examples; those that have left the catalogue are found no more */
  async search(query: string, k: number, catalogue: ToolIndex, ids: readonly string[]): Promise<TextHit[]> {
    const made = this.#made.then(() => this.#make(catalogue, ids));
    this.#made = made.catch(() => {});
    await made;
    return this.#index?.search(query, k) ?? [];
  }

  dispose(): void {
    this.#index?.close();
    this.#index = null;
    this.#of = null;
  }

  async #make(catalogue: ToolIndex, tools: readonly string[]): Promise<void> {
    const ids = tools.join('\n');
    if (this.#of?.catalogue === catalogue && this.#of.ids === ids) return;
    const index = new MemoryTextIndex();
    for (let from = 0; from < tools.length; from += slice) {
      const known = tools.slice(from, from + slice).flatMap((id) => catalogue.definition(id) ?? []);
      index.add(known.map(toolText));
      if (from + slice < tools.length) await turn();
    }
    this.dispose();
    this.#index = index;
    this.#of = { catalogue, ids };
  }
}
