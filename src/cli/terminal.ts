import { once } from 'node:events';
import type { WriteStream } from 'node:tty';
import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

/** Columns of what is no terminal. */
const usualWidth = 100;

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Terminal {
  /** Writes results; resolves when there is room for more. */
  out(text: string): Promise<void>;
  /** A line about what is going on, never a result. */
  say(line: string): void;
  /** Of results: without effect unless somebody looks at them. */
  readonly colors: Colors;
  /** Of what is said. */
  readonly sayColors: Colors;
  /** Somebody looks at what is said, so that it may move. */
  readonly live: boolean;
  /** Columns of the results. */
  readonly width: number;
}

/** The terminal of this process. `onClosed` is called once when the reader of the results has gone (`| head`). */
export function processTerminal(onClosed: () => void): Terminal {
  const { stdout, stderr } = process;
  let closed = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (closed) return;
    closed = true;
    if (error.code !== 'EPIPE') stderr.write(`The results cannot be written: ${error.message}\n`);
    onClosed();
  });
  // Nobody reads what is said: that is no reason to stop.
  stderr.on('error', () => {});
  // One wait for all who write while there is no room: each of their own would be a listener more.
  let room: Promise<unknown> | null = null;
  return {
    async out(text) {
      if (closed || stdout.write(text)) return;
      room ??= Promise.race([once(stdout, 'drain'), once(stdout, 'close')])
        .catch(() => {})
        .finally(() => {
          room = null;
        });
      await room;
    },
    say: (line) => void stderr.write(`${line}\n`),
    colors: pc.createColors(colorful(stdout)),
    sayColors: pc.createColors(colorful(stderr)),
    live: stderr.isTTY === true,
    width: stdout.isTTY && stdout.columns > 0 ? Math.max(20, stdout.columns) : usualWidth,
  };
}

function colorful(stream: WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}
