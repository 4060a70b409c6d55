import type { SourceResult } from '../boundTool.ts';

/** What the workspace's person has set for whatever a source leaves open. */
export interface ReadDefaults {
  /** Time limit of a call, milliseconds. */
  timeoutMs: number;
}

/** One format in which tools are written down: one file in this folder, listed in `index.ts`. */
export interface SpecFormat {
  name: string;
  /** Whether a file is worth reading for its name alone. */
  names(path: string): boolean;
  /** Whether this format reads the file. `text` may be anything. */
  recognises(path: string, text: string): boolean;
  /** Reads it; reports every problem and never throws for what the text says. `path` is relative, with `/`. */
  read(path: string, folder: string, text: string, defaults: ReadDefaults): SourceResult;
}
