import { hash } from 'node:crypto';
import type { SourceResult } from './boundTool.ts';
import type { ReadDefaults } from './formats/format.ts';

/**
 * Sources as they were read last. What a source says follows from its text alone, so one whose text is the same is not read
 * again: parsing a megabyte of YAML takes half a second, and an edit changes one file of many.
 */
export class KnownSources {
  readonly #read = new Map<string, { stamp: string; result: SourceResult }>();

  /** What was read from this text; null when it has to be read. */
  find(path: string, text: string, defaults: ReadDefaults): SourceResult | null {
    const known = this.#read.get(path);
    return known?.stamp === stampOf(text, defaults) ? known.result : null;
  }

  keep(path: string, text: string, defaults: ReadDefaults, result: SourceResult): void {
    // One that gave nothing may have run out of time: it gets another chance.
    if (result.tools.length > 0) this.#read.set(path, { stamp: stampOf(text, defaults), result });
    else this.#read.delete(path);
  }

  /** Forgets files that are gone. */
  keepOnly(paths: readonly string[]): void {
    const present = new Set(paths);
    for (const path of this.#read.keys()) if (!present.has(path)) this.#read.delete(path);
  }
}

function stampOf(text: string, defaults: ReadDefaults): string {
  return `${hash('sha1', text, 'base64')} ${JSON.stringify(defaults)}`;
}
