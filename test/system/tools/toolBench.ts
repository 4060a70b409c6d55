/** A workspace folder with the tools of a manifest, and a host that calls them. */
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Failure, Observation } from '../../../src/core/trial.ts';
import type { BoundTool } from '../../../src/tools/boundTool.ts';
import { readSource } from '../../../src/tools/source.ts';
import { ToolHost, type ToolHostOptions } from '../../../src/tools/toolHost.ts';

/** Small programs that behave well and badly. */
export const programs = join(import.meta.dirname, '../../fixtures/tools');

export interface Bench {
  /** A folder of this bench alone, removed with it. */
  scratch: string;
  host: ToolHost;
  log: string[];
  tool(name: string): BoundTool;
  call(name: string, args?: JsonObject, signal?: AbortSignal): Promise<Observation>;
  check(name: string, args: JsonObject): Promise<Failure[]>;
  close(): Promise<void>;
}

/** @param manifest as JSON, which is YAML too */
export function openBench(
  manifest: (scratch: string) => object,
  options: Partial<ToolHostOptions> = {},
): Bench {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'bench-')));
  const source = readSource(programs, 'imaginarium.yaml', JSON.stringify(manifest(scratch)));
  const errors = source.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const log: string[] = [];
  const host = new ToolHost({
    trusted: () => true,
    secret: async () => null,
    log: (line) => log.push(line),
    ...options,
  });
  const tool = (name: string): BoundTool => {
    const found = source.tools.find((one) => one.tool.name === name);
    if (!found) throw new Error(`No tool ${name}.`);
    return found;
  };
  return {
    scratch,
    host,
    log,
    tool,
    call: (name, args = {}, signal = new AbortController().signal) => host.call(tool(name), args, { signal }),
    check: (name, args) => host.check(tool(name).tool, args),
    async close() {
      await host.dispose();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** Whether a process lives; one that has ended and waits to be asked for its exit code does not. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

/** Waits until none of the processes lives; throws when one still does after `limit` milliseconds. */
export async function allGone(pids: readonly number[], limit = 2000): Promise<void> {
  const end = performance.now() + limit;
  while (pids.some(isAlive)) {
    if (performance.now() > end) throw new Error(`Still alive: ${pids.filter(isAlive).join(', ')}`);
    await pause(10);
  }
}

/** The pid that a program wrote into a file, once it is there. */
export async function pidIn(file: string): Promise<number> {
  while (!existsSync(file) || readFileSync(file, 'utf8').trim() === '') await pause(5);
  return Number(readFileSync(file, 'utf8').trim().split('\n').at(-1));
}
