import type { EngineEvent } from '../protocol/engine.ts';
import type { EngineListener } from './ports.ts';

/** At least this long between two batches, milliseconds: ten a second. */
const pause = 100;

/**
 * Hands events to listeners in batches. Of events that replace each other (the catalogue's version, a run's state, what
 * a tool is doing) a batch holds the newest only; trials and notices are never dropped.
 */
export class EventBatches {
  #listeners = new Set<EngineListener>();
  #queue = new Map<string | symbol, EngineEvent>();
  #onSent: (() => void)[] = [];
  #timer: NodeJS.Timeout | null = null;
  #lastFlush = Number.NEGATIVE_INFINITY;

  listen(listener: EngineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(event: EngineEvent): void {
    const key = replaceKey(event) ?? Symbol(event.type);
    // Taken out first: the newest state stands where it came to be, so a run's end comes after its trials.
    this.#queue.delete(key);
    this.#queue.set(key, event);
    const due = this.#lastFlush + pause - performance.now();
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(0, due));
  }

  /** Resolves when everything published so far has been sent. */
  sent(): Promise<void> {
    if (this.#queue.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onSent.push(resolve));
  }

  /** Sends what waits, and nothing after it. */
  dispose(): void {
    this.#flush();
    this.#listeners.clear();
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const events = [...this.#queue.values()];
    this.#queue.clear();
    this.#lastFlush = performance.now();
    if (events.length > 0) for (const listener of [...this.#listeners]) listener(events);
    for (const resolve of this.#onSent.splice(0)) resolve();
  }
}

function replaceKey(event: EngineEvent): string | null {
  if (event.type === 'catalogue') return 'catalogue';
  if (event.type === 'job') return `job ${event.job.id}`;
  if (event.type === 'run') return `run ${event.run.id}`;
  if (event.type === 'progress') return `progress ${event.runId} ${event.tool}`;
  return null;
}
