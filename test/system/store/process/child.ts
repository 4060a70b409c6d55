import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A child process that uses the store and tells of it line by line. */
export class StoreChild {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #exit: Promise<number | null>;

  constructor(process: ChildProcess, lines: Interface) {
    this.#process = process;
    this.#lines = lines[Symbol.asyncIterator]();
    this.#exit = once(process, 'exit').then(([code]) => code as number | null);
  }

  /** The next line; empty when there is none any more. */
  async line(): Promise<string> {
    const next = await this.#lines.next();
    return next.done === true ? '' : next.value;
  }

  /** All lines that are still to come. */
  async rest(): Promise<string[]> {
    const lines: string[] = [];
    for (let line = await this.line(); line !== ''; line = await this.line()) lines.push(line);
    return lines;
  }

  /** SIGKILL, and wait until it is gone. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exit;
  }

  /** Its exit code. */
  exit(): Promise<number | null> {
    return this.#exit;
  }
}

let bundles: Promise<string> | null = null;

/** Starts the program `name` of this folder on a workspace. They are bundled once: that is what makes twenty starts quick. */
export async function childOf(
  name: 'recordOn' | 'openAsNobody' | 'holdLock',
  folder: string,
): Promise<StoreChild> {
  bundles ??= bundled();
  const child = spawn(process.execPath, [join(await bundles, `${name}.cjs`), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new StoreChild(child, createInterface({ input: child.stdout }));
}

async function bundled(): Promise<string> {
  // Outside of the project, which another user may not be able to read.
  const outdir = mkdtempSync(join(tmpdir(), 'imaginarium-children-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    entryPoints: ['recordOn', 'openAsNobody', 'holdLock'].map((name) =>
      fileURLToPath(new URL(`./${name}.ts`, import.meta.url)),
    ),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    define: { 'import.meta.url': '"file:///bundle.cjs"' },
    logLevel: 'silent',
  });
  return outdir;
}
