/** Reads the files of one workspace folder that may be specs, each only when it is another than before. */
import { hash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceResult } from '../boundTool.ts';
import type { ReadDefaults, SpecFormat } from '../formats/format.ts';
import { formats as allFormats } from '../formats/index.ts';
import type { ReadingThread } from '../reading.ts';
import { looksLikeSpec, problemSource, readSpec } from '../source.ts';
import { isManifest } from './candidates.ts';
import { isExported } from './exported.ts';
import { headText, NotRead, type OpenFile, utf8Text, withFile } from './fileText.ts';

/** A file as it was read last. */
export interface KnownFile {
  /** What it says; null for what is no spec. */
  source: SourceResult | null;
  /** Of the file on disk; null where it must be looked at again. */
  stamp: string | null;
  /** Of its text; null where it must be read again. */
  hash: string | null;
}

export interface SpecReaderOptions {
  /** Absolute path of the workspace folder, and the real one. */
  folder: string;
  realFolder: string;
  /** What an editor holds unsaved of a file (absolute path); null for what is on disk. */
  readText: (absolutePath: string) => string | null;
  thread: ReadingThread;
  /** For tests: other formats, which are read in this thread. */
  formats?: readonly SpecFormat[];
}

/** Bytes of a source at most; an OpenAPI document in JSON may be longer. */
export const largest = 1024 * 1024;
const largestOpenApi = 32 * 1024 * 1024;
/** What is looked at to tell whether a file may be a spec, bytes. */
const headLength = 64 * 1024;
/** A manifest no longer than this is read here: a worker would take longer to start. Characters. */
const readHere = 32 * 1024;

function tooLarge(path: string, limit: number): string {
  const size = `${limit / 1024 / 1024} MiB`;
  const parts = isManifest(path) ? 'several *.tools.yaml' : 'several files';
  return `The file is larger than ${size} and is not read: split it into ${parts}.`;
}

const noUtf8 = 'The file is not written in UTF-8: save it with that encoding.';

export class SpecReader {
  readonly #options: SpecReaderOptions;
  readonly #formats: readonly SpecFormat[];

  constructor(options: SpecReaderOptions) {
    this.#options = options;
    this.#formats = options.formats ?? allFormats;
  }

  /**
   * What a file says now. Where it is as `before`, the same source.
   *
   * @throws NotRead `gone`
   */
  async read(path: string, before: KnownFile | undefined, defaults: ReadDefaults): Promise<KnownFile> {
    const { folder, realFolder, readText } = this.#options;
    const absolute = join(folder, path);
    const unsaved = readText(absolute);
    if (unsaved !== null) return this.#readUnsaved(path, unsaved, before, defaults);
    try {
      return await withFile(absolute, realFolder, async (file) => {
        const stamp = file.stamp === null ? null : stampOf(file.stamp, defaults);
        if (before && stamp !== null && before.stamp === stamp) return before;
        const now = { ...(await this.#readFile(path, file, before, defaults)), stamp };
        return now.source !== null && (await isExported(absolute, realFolder))
          ? { source: null, stamp, hash: null }
          : now;
      });
    } catch (error) {
      if (!(error instanceof NotRead)) throw error;
      // A link to nothing is still there.
      if (error.why === 'gone' && !(await isThere(absolute))) throw error;
      return this.#problem(path, isManifest(path) ? error.message : null);
    }
  }

  async #readUnsaved(
    path: string,
    text: string,
    before: KnownFile | undefined,
    defaults: ReadDefaults,
  ): Promise<KnownFile> {
    const head = text.slice(0, headLength);
    if (!this.#mayBe(path, head)) return { source: null, stamp: null, hash: null };
    const limit = this.#limitOf(path, head);
    if (Buffer.byteLength(text) > limit) return this.#large(path, head, limit);
    return this.#readText(path, text, before, defaults);
  }

  async #readFile(
    path: string,
    file: OpenFile,
    before: KnownFile | undefined,
    defaults: ReadDefaults,
  ): Promise<Omit<KnownFile, 'stamp'>> {
    const start = await file.read(Math.min(file.size, headLength));
    const head = headText(start, file.size <= headLength);
    if (!this.#mayBe(path, head)) return { source: null, hash: null };
    const limit = this.#limitOf(path, head);
    if (file.size > limit) return this.#large(path, head, limit);
    const bytes = file.size > headLength ? await file.read(file.size) : start;
    const text = utf8Text(bytes);
    return text === null ? this.#problem(path, noUtf8) : this.#readText(path, text, before, defaults);
  }

  async #readText(
    path: string,
    text: string,
    before: KnownFile | undefined,
    defaults: ReadDefaults,
  ): Promise<KnownFile> {
    const digest = stampOf(hash('sha1', text, 'base64'), defaults);
    if (before && before.hash === digest) return { source: before.source, stamp: null, hash: digest };
    const { source, late } = await this.#sourceOf(path, text, defaults);
    return { source, stamp: null, hash: late ? null : digest };
  }

  async #sourceOf(
    path: string,
    text: string,
    defaults: ReadDefaults,
  ): Promise<{ source: SourceResult | null; late: boolean }> {
    const { folder, thread, formats } = this.#options;
    if (formats || (isManifest(path) && text.length <= readHere)) {
      return { source: readSpec(folder, path, text, defaults, this.#formats), late: false };
    }
    return thread.read({ folder, path, text, defaults });
  }

  /** A file that is too large is looked at no further than that it would have been one of ours. */
  async #large(path: string, head: string, limit: number): Promise<KnownFile> {
    const lines = head.slice(0, Math.max(head.lastIndexOf('\n'), 0)) || head;
    const isSpec = isManifest(path) || (await this.#looksLikeSpec(path, lines));
    return this.#problem(path, isSpec ? tooLarge(path, limit) : null);
  }

  async #looksLikeSpec(path: string, head: string): Promise<boolean> {
    const { folder, thread, formats } = this.#options;
    return formats ? looksLikeSpec(folder, path, head, formats) : thread.looksLikeSpec(folder, path, head);
  }

  #mayBe(path: string, head: string): boolean {
    return this.#formats.some((format) => format.mayBe(path, head));
  }

  #limitOf(path: string, head: string): number {
    const openApi = this.#formats.some((format) => format.name === 'openapi' && format.mayBe(path, head));
    return openApi && /\.jsonc?$/i.test(path) ? largestOpenApi : largest;
  }

  #problem(path: string, message: string | null): KnownFile {
    const source = message === null ? null : problemSource(path, this.#options.folder, message);
    return { source, stamp: null, hash: null };
  }
}

async function isThere(absolute: string): Promise<boolean> {
  return lstat(absolute).then(
    () => true,
    () => false,
  );
}

function stampOf(text: string, defaults: ReadDefaults): string {
  return `${text} ${JSON.stringify(defaults)}`;
}
