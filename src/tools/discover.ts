/** Finds and reads the sources of a workspace folder. */
import { constants, type Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpecProblem } from '../core/tool.ts';
import { defaultTimeoutMs, type SourceResult } from './boundTool.ts';
import type { ReadDefaults } from './formats/format.ts';
import { formats } from './formats/index.ts';
import { KnownSources } from './knownSources.ts';
import { readInWorker } from './reading.ts';
import { problemSource, readSource } from './source.ts';

export { readSource } from './source.ts';

export interface DiscoverOptions {
  /** What an editor holds unsaved of a file (absolute path); null for what is on disk. */
  readText?: (absolutePath: string) => string | null;
  signal?: AbortSignal;
  /** Time limit of calls to tools that name none, milliseconds. */
  timeoutMs?: number;
  /** What was read in this folder before; it is brought up to date. */
  known?: KnownSources;
}

const skipped = new Set(['node_modules', '.git', '.hg', '.svn', 'dist', '.imaginarium']);
const deepest = 12;
const mostFolders = 20_000;
const mostSources = 500;
/** Bytes of a source at most. */
const largest = 1024 * 1024;
/** A text longer than this is read in a worker: parsing it may take longer than an editor can wait. */
const readHere = 32 * 1024;
/** Sources that are read at a time. */
const lanes = 2;

/**
 * Reads every source in the folder. What cannot be read is a problem of its source, never an error. Links to folders are
 * not followed. Rejects when the signal is aborted.
 */
export async function discover(folder: string, options: DiscoverOptions = {}): Promise<SourceResult[]> {
  const { paths, problems } = await findSources(folder, options.signal);
  const reader = new Reader(folder, options);
  const results: SourceResult[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < paths.length) {
      options.signal?.throwIfAborted();
      const index = next++;
      results[index] = await reader.read(paths[index] as string);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  options.known?.keepOnly(paths);
  return [...results, ...problems].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Reads the sources of one folder, each only when its text is another than before. */
class Reader {
  readonly #folder: string;
  readonly #options: DiscoverOptions;
  readonly #defaults: ReadDefaults;
  readonly #known: KnownSources;

  constructor(folder: string, options: DiscoverOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#defaults = { timeoutMs: options.timeoutMs ?? defaultTimeoutMs };
    this.#known = options.known ?? new KnownSources();
  }

  async read(path: string): Promise<SourceResult> {
    const absolute = join(this.#folder, path);
    const text = this.#options.readText?.(absolute) ?? (await readFileText(absolute));
    if (typeof text !== 'string') return problemSource(path, this.#folder, text.problem);
    if (Buffer.byteLength(text) > largest) return problemSource(path, this.#folder, tooLarge);
    const known = this.#known.find(path, text, this.#defaults);
    if (known) return known;
    const result =
      text.length > readHere
        ? await readInWorker(this.#folder, path, text, this.#defaults, this.#options.signal)
        : readSource(this.#folder, path, text, this.#defaults);
    this.#known.keep(path, text, this.#defaults, result);
    return result;
  }
}

const tooLarge = 'The file is larger than 1 MiB and is not read: split it into several *.tools.yaml.';

interface Found {
  paths: string[];
  problems: SourceResult[];
}

async function findSources(folder: string, signal: AbortSignal | undefined): Promise<Found> {
  const found: Found = { paths: [], problems: [] };
  const open: { path: string; depth: number }[] = [{ path: '', depth: 0 }];
  for (let seen = 0; seen < open.length; seen++) {
    signal?.throwIfAborted();
    const { path, depth } = open[seen] as (typeof open)[number];
    const entries = await list(folder, path, found.problems);
    for (const entry of entries) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (depth < deepest && open.length < mostFolders && !skipped.has(entry.name)) {
          open.push({ path: inner, depth: depth + 1 });
        }
      } else if (found.paths.length < mostSources && formats.some((format) => format.mayBe(inner, ''))) {
        found.paths.push(inner);
      }
    }
  }
  return found;
}

async function list(folder: string, path: string, problems: SourceResult[]): Promise<Dirent[]> {
  try {
    const entries = await readdir(join(folder, path), { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const message = `The folder cannot be read, so its tools are not known: ${(error as Error).message}.`;
    problems.push(problemSource(path === '' ? '.' : path, folder, message, severityOf(error)));
    return [];
  }
}

/** A folder that has just gone is nothing to worry about. */
function severityOf(error: unknown): SpecProblem['severity'] {
  return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'warning' : 'error';
}

/** A pipe that nobody writes into would be waited for, and there is no end to that. */
const readWithoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function readFileText(path: string): Promise<string | { problem: string }> {
  try {
    await using file = await open(path, readWithoutWaiting);
    const stat = await file.stat();
    if (!stat.isFile()) return { problem: 'This is no file, so it is not read.' };
    if (stat.size > largest) return { problem: tooLarge };
    const bytes = await file.readFile();
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError)
      return { problem: 'The file is not written in UTF-8: save it with that encoding.' };
    return { problem: `The file cannot be read: ${(error as Error).message}.` };
  }
}
