/** A folder on disk with a search over it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultTimeoutMs } from '../../src/tools/boundTool.ts';
import { FolderSearch, type FolderSearchOptions } from '../../src/tools/discovery/folderSearch.ts';
import { ReadingThread } from '../../src/tools/reading.ts';
import { type CountedFormat, lineFormat } from './lineFormat.ts';

export class SearchedFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'searched-'));
  readonly format: CountedFormat = lineFormat();
  /** Unsaved texts, by relative path. */
  readonly unsaved = new Map<string, string>();
  /** How often the search told of a change. */
  changes = 0;
  readonly search: FolderSearch;
  readonly #thread = new ReadingThread();

  constructor(options: Partial<FolderSearchOptions> = {}) {
    this.search = new FolderSearch(this.folder, {
      thread: this.#thread,
      formats: [this.format],
      readText: (path) => this.unsaved.get(path.slice(this.folder.length + 1)) ?? null,
      changed: () => {
        this.changes += 1;
      },
      ...options,
    });
  }

  write(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  /** Searches all; ids of the tools. */
  async all(): Promise<string[]> {
    await this.search.search({ timeoutMs: defaultTimeoutMs });
    return this.ids;
  }

  /** After changes of these; ids of the tools. */
  async after(...paths: string[]): Promise<string[]> {
    await this.search.refresh(paths);
    return this.ids;
  }

  get ids(): string[] {
    return this.search.sources.flatMap(({ tools }) => tools.map(({ tool }) => tool.id));
  }

  get problems(): string[] {
    return this.search.sources.flatMap((one) =>
      one.problems.map(({ path, message }) => `${path}: ${message}`),
    );
  }

  /** Paths that were read since the last time. */
  takeRead(): string[] {
    return this.format.read_.splice(0);
  }

  async remove(): Promise<void> {
    await this.#thread.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
