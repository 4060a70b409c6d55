import type { FormatName } from '../../core/source.ts';
import type { SourceResult } from '../boundTool.ts';
import type { SpecDocument } from './document.ts';

/** What the workspace's person has set for whatever a source leaves open. */
export interface ReadDefaults {
  /** Time limit of a call, milliseconds. */
  timeoutMs: number;
}

/** A file that may be a spec. */
export interface SpecFile {
  /** Relative to `folder`, with `/`. */
  readonly path: string;
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** May be anything. */
  readonly text: string;
  /** The text as values that know where they stand; parsed when it is first asked for. */
  readonly document: SpecDocument;
}

/** One format in which tools are written down: one file in this folder, listed in `index.ts`. */
export interface SpecFormat {
  name: FormatName;
  /**
   * Whether a file may be of this format, by its path and its text unparsed: cheap, and true rather once too often. For a
   * long file `text` is its beginning.
   */
  mayBe(path: string, text: string): boolean;
  /** Whether it is, by its content (where the name decides, by that). */
  recognises(file: SpecFile): boolean;
  /** Reads it; reports every problem and never throws for what the text says. */
  read(file: SpecFile, defaults: ReadDefaults): SourceResult;
}
