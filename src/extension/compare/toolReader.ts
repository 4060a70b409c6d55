/** The documents of tools, made when they are asked for. Knows no editor. */
import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import type { Surroundings } from '../surroundings.ts';
import { shownLine } from '../trial/plainText.ts';
import type { ToolSide } from './toolAddress.ts';
import { toolText } from './toolText.ts';

/** So many texts are kept, to tell when they have changed. */
const kept = 16;

export class ToolReader {
  readonly #around: Pick<Surroundings, 'link'>;
  readonly #known = new Map<string, { text: string; changedAt: number }>();

  constructor(around: Pick<Surroundings, 'link'>) {
    this.#around = around;
  }

  /**
   * The text of one side as it is now, and since when (milliseconds).
   *
   * @throws as `EngineLink.request` does
   */
  async read(id: string, side: ToolSide): Promise<{ text: string; changedAt: number }> {
    const tool = await this.#around.link.request(engine.tool, { id });
    const text = tool
      ? toolText(tool, side)
      : `// ${l10n.t('This tool is no longer in the workspace: {0}', shownLine(id))}\n`;
    const key = `${side}:${id}`;
    const known = this.#known.get(key);
    const now = known?.text === text ? known : { text, changedAt: Date.now() };
    this.#known.delete(key);
    this.#known.set(key, now);
    for (const oldest of [...this.#known.keys()].slice(0, -kept)) this.#known.delete(oldest);
    return now;
  }
}
