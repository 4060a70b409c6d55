/** Servers of a manifest: started when a tool first needs them, once an engine, and ended with it. */
import type { BoundTool, ServiceSpec } from './boundTool.ts';
import type { ToolProcess, ToolProcesses } from './processes/toolProcesses.ts';
import { ReadyLine } from './readyLine.ts';
import { type FillingSources, fillingFor } from './runners/filling.ts';
import { drain, Output } from './runners/output.ts';
import { CallRefused } from './runners/runner.ts';

/** What a "ready" line told: its named groups. */
export type ServiceValues = Readonly<Record<string, string>>;

/** A service that dies this often within the window is not started again until the window has passed. */
const mostDeaths = 5;
const deathWindow = 60_000;
/** What a service says before it is ready is kept for the message, bytes. */
const lastWords = 2048;
/** How long a service that has ended may take to hand over its output, milliseconds. */
const lastWordsWait = 200;

interface Running {
  /** The spec it was started with, as JSON: another one is another service. */
  spec: string;
  values: Promise<ServiceValues>;
  process: ToolProcess | null;
}

export class Services {
  readonly #processes: ToolProcesses;
  readonly #sources: Omit<FillingSources, 'service'>;
  readonly #log: (line: string) => void;
  readonly #running = new Map<string, Running>();
  readonly #deaths = new Map<string, number[]>();
  #disposed = false;

  constructor(
    processes: ToolProcesses,
    sources: Omit<FillingSources, 'service'>,
    log: (line: string) => void,
  ) {
    this.#processes = processes;
    this.#sources = sources;
    this.#log = log;
  }

  /** What the service told when it was ready; starts it when it does not run. Rejects with `CallRefused`. */
  async values(bound: Pick<BoundTool, 'folder' | 'services'>, name: string): Promise<ServiceValues> {
    const spec = bound.services.find((one) => one.name === name);
    if (!spec) throw new CallRefused('unreachable', `The manifest has no usable service "${name}".`);
    const key = JSON.stringify([bound.folder, spec.source, name]);
    const written = JSON.stringify(spec);
    const running = this.#running.get(key);
    if (running?.spec === written) return running.values;
    if (running) {
      this.#running.delete(key);
      await running.process?.end();
    }
    return this.#start(key, spec, written, bound.folder).values;
  }

  /** Whether a service of the tool has died since the call began: then it is the service's fault that nothing listens. */
  diedSince(bound: BoundTool, time: number): string | null {
    for (const { name, source } of bound.services) {
      const deaths = this.#deaths.get(JSON.stringify([bound.folder, source, name])) ?? [];
      if (deaths.some((death) => death >= time)) return name;
    }
    return null;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([...this.#running.values()].map(({ process }) => process?.end()));
    this.#running.clear();
  }

  #start(key: string, spec: ServiceSpec, written: string, folder: string): Running {
    const running: Running = { spec: written, process: null, values: Promise.resolve({}) };
    // One list for all lives of a service: one that is being ended may still die after the next has begun.
    const deaths = this.#deaths.get(key) ?? [];
    while (deaths[0] !== undefined && performance.now() - deaths[0] >= deathWindow) deaths.shift();
    this.#deaths.set(key, deaths);
    const forget = (): void => {
      if (this.#running.get(key) === running) this.#running.delete(key);
    };
    running.values =
      deaths.length >= mostDeaths
        ? Promise.reject(
            new CallRefused(
              'tool_fault',
              `The service "${spec.name}" has died ${deaths.length} times within a minute; it is left alone for a while.`,
            ),
          )
        : this.#launch(running, spec, folder, () => {
            forget();
            deaths.push(performance.now());
          });
    this.#running.set(key, running);
    // One that did not get ready is tried anew with the next call.
    running.values.catch(() => {
      forget();
      void running.process?.end();
    });
    return running;
  }

  async #launch(
    running: Running,
    spec: ServiceSpec,
    folder: string,
    died: () => void,
  ): Promise<ServiceValues> {
    const noService = (): Promise<ServiceValues> => {
      throw new CallRefused('unreachable', `The service "${spec.name}" cannot use another service.`);
    };
    const filling = await fillingFor(
      [...spec.command, ...Object.values(spec.env)],
      {},
      { ...this.#sources, service: noService },
    );
    const [program = '', ...args] = spec.command.flatMap((text) => filling.text(text) ?? []);
    if (this.#disposed) throw new CallRefused('cancelled', 'The engine is ending.');
    const process = this.#processes.start({
      program,
      args,
      cwd: folder,
      env: filling.texts(spec.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.process = process;
    const { child } = process;
    const { promise, resolve, reject } = Promise.withResolvers<ServiceValues>();
    const said = new Output(lastWords);
    const fail = (status: 'unreachable' | 'tool_fault', why: string): void => {
      const words = said.text().trimEnd();
      reject(
        new CallRefused(status, `The service "${spec.name}" ${why}.${words === '' ? '' : `\n${words}`}`),
      );
    };
    const timer = setTimeout(
      () => fail('unreachable', `did not say that it is ready within ${spec.readyTimeoutMs / 1000} s`),
      spec.readyTimeoutMs,
    );
    child.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'ENOENT'
          ? `could not be started: "${program}" was not found`
          : `could not be started: ${error.message}`;
      fail('unreachable', why);
    });
    child.once('exit', (code, signal) => {
      died();
      void process.end();
      if (!this.#disposed) this.#log(`The service "${spec.name}" ended (${signal ?? `exit code ${code}`}).`);
      // Its last words may still be on their way; a grandchild that keeps the pipes open is not waited for.
      const end = (): void =>
        fail('tool_fault', `ended before it was ready (${signal ?? `exit code ${code}`})`);
      child.once('close', end);
      setTimeout(end, lastWordsWait).unref();
    });
    let decided = false;
    for (const stream of [child.stdout, child.stderr]) {
      const line = new ReadyLine(spec.readyLine);
      drain(stream, said);
      stream?.on('data', (chunk: Buffer) => {
        if (decided) return;
        try {
          const values = line.add(chunk.toString('utf8'));
          if (!values) return;
          decided = true;
          resolve(values);
        } catch {
          decided = true;
          fail('unreachable', 'cannot be recognised as ready: the expression "ready.line" takes too long');
        }
      });
    }
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      // A service that waits for calls must not keep the engine from ending.
      for (const one of [child, child.stdout, child.stderr] as ({ unref?(): void } | null)[]) one?.unref?.();
    }
  }
}
