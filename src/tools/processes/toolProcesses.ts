/** Starts every process of a tool or a service, each with a session and a temporary folder of its own, and ends it whole. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killGroup, killTree } from './processTree.ts';
import { Warden } from './warden.ts';

export interface ProcessStart {
  program: string;
  args: readonly string[];
  cwd: string;
  /** What the manifest names, beside PATH, HOME, LANG and TMPDIR. */
  env: Readonly<Record<string, string>>;
  stdio: StdioOptions;
}

export class ToolProcess {
  readonly child: ChildProcess;
  readonly #tempFolder: string;
  readonly #ended: () => void;
  #end: Promise<void> | null = null;

  constructor(child: ChildProcess, tempFolder: string, ended: () => void) {
    this.child = child;
    this.#tempFolder = tempFolder;
    this.#ended = ended;
  }

  /** Kills the process with all that it started, and removes its temporary folder. Safe to call twice. */
  end(): Promise<void> {
    const { pid } = this.child;
    if (pid !== undefined) killGroup(pid);
    this.#end ??= this.#kill(pid);
    return this.#end;
  }

  async #kill(pid: number | undefined): Promise<void> {
    if (pid !== undefined) await killTree({ pids: [pid], tempFolders: [this.#tempFolder] });
    this.#ended();
    await rm(this.#tempFolder, { recursive: true, force: true }).catch(() => undefined);
  }
}

export class ToolProcesses {
  readonly #env: NodeJS.ProcessEnv;
  readonly #running = new Set<ToolProcess>();
  #warden: Warden | null = null;
  #tempFolder: string | null = null;
  #count = 0;
  #disposed = false;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** The program may fail to start: listen for `error`. Throws what `spawn` throws for arguments that no program takes. */
  start(start: ProcessStart): ToolProcess {
    if (this.#disposed) throw new Error('No process is started any more.');
    this.#tempFolder ??= mkdtempSync(join(tmpdir(), 'imaginarium-'));
    this.#warden ??= new Warden(this.#tempFolder);
    const tempFolder = join(this.#tempFolder, String(++this.#count));
    mkdirSync(tempFolder, { recursive: true });
    const child = spawn(start.program, start.args, {
      cwd: start.cwd,
      env: { ...this.#basics(start.program), ...start.env, TMPDIR: tempFolder },
      stdio: start.stdio,
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const { pid } = child;
    if (pid !== undefined) this.#warden.guard(pid);
    const started = new ToolProcess(child, tempFolder, () => {
      this.#running.delete(started);
      if (pid !== undefined) this.#warden?.release(pid);
    });
    this.#running.add(started);
    return started;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([...this.#running].map((one) => one.end()));
    this.#warden?.dispose();
    if (this.#tempFolder) rmSync(this.#tempFolder, { recursive: true, force: true });
  }

  /** All that a tool gets of our environment. */
  #basics(program: string): Record<string, string> {
    const basics: Record<string, string> = {};
    for (const name of process.platform === 'win32' ? windowsNames : names) {
      const value = this.#env[name];
      if (value !== undefined) basics[name] = value;
    }
    // In VS Code our own runtime is Electron, which is a Node only when it is told so.
    if (program === process.execPath && process.versions.electron) basics.ELECTRON_RUN_AS_NODE = '1';
    return basics;
  }
}

const names = ['PATH', 'HOME', 'LANG'];
const windowsNames = [...names, 'SystemRoot'];
