import { exitCodes } from './cli.ts';

const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * The wish of a person to end the command. As long as no command listens, signals do what they always do. The first one
 * asks the command to stop, the second ends the process at once.
 */
export class Interruptions {
  #stop: (() => void) | null = null;
  #asked = false;
  readonly #onSignal = () => this.interrupt();

  /** Listens until the result is called. */
  listen(stop: () => void): () => void {
    this.#stop = stop;
    for (const signal of signals) process.on(signal, this.#onSignal);
    return () => {
      this.#stop = null;
      for (const signal of signals) process.off(signal, this.#onSignal);
    };
  }

  /** A signal came. */
  interrupt(): void {
    if (this.#asked) process.exit(exitCodes.stopped);
    this.#asked = true;
    this.#stop?.();
  }

  /** Nobody reads the results any more: stop what runs, or end quietly where nothing does. */
  readerGone(): void {
    if (!this.#stop) process.exit(exitCodes.done);
    if (this.#asked) return;
    this.#asked = true;
    this.#stop();
  }
}
