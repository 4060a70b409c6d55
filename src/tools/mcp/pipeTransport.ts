/**
 * An MCP server as a process of ours. The library's own transport would start the process itself, out of the warden's
 * sight and with more of our environment than a configuration names.
 */
import {
  deserializeMessage,
  type JSONRPCMessage,
  serializeMessage,
  type Transport,
} from '@modelcontextprotocol/client';
import type { ToolProcess } from '../processes/toolProcesses.ts';
import { Lines } from './lines.ts';
import { Tail } from './tail.ts';

/** A longer message ends the connection, bytes. */
const longestMessage = 16 * 1024 * 1024;
/** What a server writes beside the protocol is kept for messages, bytes. */
const lastWords = 4096;
/** Of a line that is no message, characters. */
const longestNoise = 500;
/** A server whose input has ended may tidy up this long before it is killed, milliseconds. */
const grace = 400;

export class PipeTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** The library knows by these two that a silent server is an old one, not an outage. */
  readonly stderr = null;
  readonly pid: number | null;

  readonly #process: ToolProcess;
  readonly #lines = new Lines(longestMessage);
  readonly #errors = new Tail(lastWords);
  readonly #noise = new Tail(lastWords);
  readonly #exited: Promise<void>;
  #how: string | null = null;
  #endedItself = false;
  #closed = false;

  constructor(process: ToolProcess) {
    this.#process = process;
    const { child } = process;
    this.pid = child.pid ?? null;
    this.#exited = new Promise((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        this.#how ??= startProblem(error, child.spawnfile);
        resolve();
        this.#end();
      });
      child.once('exit', (code, signal) => {
        this.#endedItself = this.#how === null;
        this.#how ??= signal ? `was killed by ${signal}` : `ended with exit code ${code}`;
        resolve();
      });
      // When its output has ended: an answer may still be on its way after the exit.
      child.once('close', () => this.#end());
    });
    child.stdin?.on('error', () => undefined);
    child.stdout?.on('error', () => undefined);
    child.stderr?.on('error', () => undefined);
    child.stderr?.on('data', (chunk: Buffer) => this.#errors.add(chunk));
    // A grandchild that holds the pipes open is not waited for.
    child.once('exit', () => setTimeout(() => this.#end(), grace).unref());
  }

  /** It was started, and then ended by itself. */
  get endedItself(): boolean {
    return this.#endedItself;
  }

  /** How it ended and what it said last, as a sentence; null while it lives. */
  get death(): string | null {
    if (this.#how === null) return null;
    const words = this.lastWords;
    return `${this.#how}.${words === '' ? '' : `\n${words}`}`;
  }

  /** Resolves when the server has ended. */
  get ended(): Promise<void> {
    return this.#exited;
  }

  /** What it wrote beside the protocol. */
  get lastWords(): string {
    return [this.#noise.text(), this.#errors.text()].filter((text) => text !== '').join('\n');
  }

  async start(): Promise<void> {
    this.#process.child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    if (this.#how !== null) this.#end();
  }

  send(message: JSONRPCMessage): Promise<void> {
    const { stdin } = this.#process.child;
    if (this.#closed || !stdin?.writable) return Promise.reject(new Error('The server has ended.'));
    const { promise, resolve } = Promise.withResolvers<void>();
    // A server that does not read makes its caller wait, not us keep ever more.
    if (stdin.write(serializeMessage(message))) resolve();
    else {
      stdin.once('drain', resolve);
      stdin.once('close', resolve);
    }
    return promise;
  }

  /** Ends the server: its input first, so that it can tidy up, then all that is left of it. */
  async close(): Promise<void> {
    const { child } = this.#process;
    child.stdin?.end();
    const waited = Promise.withResolvers<void>();
    const timer = setTimeout(waited.resolve, grace);
    await Promise.race([this.#exited, waited.promise]);
    clearTimeout(timer);
    await this.#process.end();
    this.#end();
  }

  /** Without a call the engine may end, and the server with it. */
  hold(busy: boolean): void {
    const { child } = this.#process;
    for (const one of [child, child.stdin, child.stdout, child.stderr] as (Reference | null)[]) {
      if (busy) one?.ref?.();
      else one?.unref?.();
    }
  }

  #read(chunk: Buffer): void {
    if (this.#closed) return;
    try {
      for (const line of this.#lines.add(chunk)) this.#receive(line);
    } catch {
      // Whoever pours out bytes is not asked to tidy up.
      this.#how ??= `sent a message of more than ${longestMessage >> 20} MiB`;
      this.#process.child.stdout?.destroy();
      this.#end();
    }
  }

  #receive(line: string): void {
    if (line.trim() === '' || this.#closed) return;
    let message: JSONRPCMessage;
    try {
      message = deserializeMessage(line);
    } catch {
      // Prints of a program that should write to its error output.
      this.#noise.add(Buffer.from(`${line.slice(0, longestNoise)}\n`));
      return;
    }
    try {
      this.onmessage?.(message);
    } catch (error) {
      this.onerror?.(error as Error);
    }
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    void this.#process.end();
    this.onclose?.();
  }
}

interface Reference {
  ref?(): void;
  unref?(): void;
}

function startProblem({ code, message }: NodeJS.ErrnoException, program: string): string {
  if (code === 'ENOENT') {
    return `could not be started: "${program}" was not found, or the folder it shall start in is not there`;
  }
  if (code === 'EACCES') return `could not be started: "${program}" may not be executed`;
  return `could not be started: ${code ?? message}`;
}
