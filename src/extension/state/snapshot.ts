/**
 * The first level of the catalogue, kept in the editor's storage of the workspace: the next window shows it before its
 * engine is there. What is read back is checked, since an older or newer version may have written it.
 */
import type { ServerState, SourceRow, Sources } from '../../protocol/engine.ts';
import { isFormat } from './sourceTexts.ts';

/** The editor's storage, as far as it is needed. */
export interface Memento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const key = 'sources';
const version = 2;
/** Characters that are kept at most. */
const largest = 200_000;
/** Problems of a source that are kept: their text is for the tooltip. */
const problemsKept = 5;
/** A change is written when nothing has changed for so long, milliseconds. */
const pause = 2000;

/** What an earlier window kept of these folders; null when there is nothing to show. */
export function readSnapshot(memento: Memento, folders: readonly string[]): Sources | null {
  const kept = memento.get(key);
  if (!isObject(kept) || kept.version !== version || !Array.isArray(kept.sources)) return null;
  const sources = kept.sources.filter(isSourceRow).filter(({ folder }) => folders.includes(folder));
  if (sources.length === 0) return null;
  const { tools, runnable } = kept;
  if (!isCount(tools) || !isCount(runnable)) return null;
  return { version: -1, tools, runnable, sources };
}

/** What is kept of `sources`: no more than fits. */
export function snapshotOf({ tools, runnable, sources }: Sources): unknown {
  const kept: SourceRow[] = [];
  let size = 100;
  for (const source of sources) {
    const row = {
      ...source,
      server: source.server && whenGone(source.server, source.tools),
      problems: source.problems.slice(0, problemsKept),
    };
    size += JSON.stringify(row).length + 1;
    if (size > largest) break;
    kept.push(row);
  }
  return { version, tools, runnable, sources: kept };
}

/** A server does not outlive its window. */
function whenGone(server: ServerState, tools: number): ServerState {
  if (server.status === 'failed') return server;
  return { ...server, status: tools > 0 ? 'remembered' : 'unlisted' };
}

/** Writes what the engine said last, when it has said nothing else for a while. */
export class SnapshotWriter {
  readonly #memento: Memento;
  readonly #log: (error: unknown) => void;
  readonly #pause: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written = '';

  constructor(memento: Memento, log: (error: unknown) => void, wait = pause) {
    this.#memento = memento;
    this.#log = log;
    this.#pause = wait;
  }

  keep(sources: Sources): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const snapshot = snapshotOf(sources);
      const text = JSON.stringify(snapshot);
      if (text === this.#written) return;
      this.#written = text;
      this.#memento.update(key, snapshot).then(undefined, this.#log);
    }, this.#pause);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}

function isSourceRow(value: unknown): value is SourceRow {
  if (!isObject(value)) return false;
  const { path, file, format, server, folder, tools, shown, problems } = value;
  if (file !== null && typeof file !== 'string') return false;
  if (!isFormat(format) || !isServer(server)) return false;
  if (typeof path !== 'string' || typeof folder !== 'string' || !isCount(tools) || !isCount(shown))
    return false;
  return Array.isArray(problems) && problems.every(isProblem);
}

function isServer(value: unknown): boolean {
  return (
    value === null ||
    (isObject(value) &&
      ['name', 'shown', 'status', 'transport'].every((part) => typeof value[part] === 'string') &&
      (value.problem === null || typeof value.problem === 'string'))
  );
}

function isProblem(value: unknown): boolean {
  return isObject(value) && typeof value.message === 'string' && typeof value.line === 'number';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
