/** Kills processes with everything that they started. */
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { findAlive, type Prey } from './processTable.ts';

/** A process may fork while it is being looked for: what is new is found in the next round. */
const mostRounds = 20;
/** Between two looks, milliseconds. */
const roundPause = 15;

/** Kills the group that a process leads, at once and without looking at the process table. */
export function killGroup(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (process.platform === 'win32') return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}

/** Kills processes, their descendants, and whatever escaped from them but has their temporary folder. */
export async function killTree(prey: Prey): Promise<void> {
  if (process.platform === 'win32') {
    await Promise.all(prey.pids.map(taskkill));
    return;
  }
  for (const pid of prey.pids) killGroup(pid);
  for (let round = 0; round < mostRounds; round++) {
    const alive = await findAlive(prey).catch(() => [...prey.pids]);
    if (alive.length === 0) return;
    for (const pid of alive) killOne(pid);
    await pause(roundPause);
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just gone, or it belongs to somebody else.
  }
}

function taskkill(pid: number): Promise<void> {
  return new Promise((resolve) => execFile('taskkill', ['/PID', String(pid), '/T', '/F'], () => resolve()));
}
