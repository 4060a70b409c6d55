import { type ChildProcess, spawn } from 'node:child_process';
import { entryPath } from '../entryPath.ts';

/** The engine's side of `warden.process.ts`: one process that kills what the engine leaves behind. */
export class Warden {
  readonly #tempFolder: string;
  readonly #pids = new Set<number>();
  #child: ChildProcess | null = null;
  #disposed = false;

  constructor(tempFolder: string) {
    this.#tempFolder = tempFolder;
    this.#start();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** From now on the process dies with the engine. */
  guard(pid: number): void {
    this.#pids.add(pid);
    this.#tell(`+${pid}\n`);
  }

  release(pid: number): void {
    if (this.#pids.delete(pid)) this.#tell(`-${pid}\n`);
  }

  /** Ends it; it kills what is still there. */
  dispose(): void {
    this.#disposed = true;
    this.#child?.stdin?.end();
  }

  #start(): void {
    const child = spawn(
      process.execPath,
      [entryPath('./warden.process.ts', import.meta.url), this.#tempFolder],
      {
        // A session of its own: a signal to the engine's group does not reach it.
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
        env: process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {},
        windowsHide: true,
      },
    );
    this.#child = child;
    child.stdin?.on('error', () => undefined);
    child.once('error', () => this.#replace(child));
    child.once('exit', () => this.#replace(child));
    // The engine may end while it is there; that is what it waits for.
    child.unref();
    (child.stdin as { unref?: () => void } | null)?.unref?.();
    for (const pid of this.#pids) this.#tell(`+${pid}\n`);
  }

  #replace(dead: ChildProcess): void {
    if (this.#disposed || this.#child !== dead) return;
    this.#child = null;
    // One that cannot live at all must not be started over and over.
    setTimeout(() => {
      if (!this.#disposed) this.#start();
    }, 100).unref();
  }

  #tell(line: string): void {
    this.#child?.stdin?.write(line);
  }
}
