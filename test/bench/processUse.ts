/** How much memory and processor time another process uses. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const mebibyte = 1024 * 1024;

/** Resident set of a process now and at its highest, MB (2²⁰ bytes); the highest is null where the system does not tell. */
export function memoryOf(pid: number): { rss: number; peak: number | null } {
  if (process.platform !== 'linux') {
    const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
    return { rss: (kilobytes * 1024) / mebibyte, peak: null };
  }
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string): number => {
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
    if (kilobytes === undefined) throw new Error(`The system does not tell ${name} of process ${pid}.`);
    return (Number(kilobytes) * 1024) / mebibyte;
  };
  return { rss: field('VmRSS'), peak: field('VmHWM') };
}

/** Ticks of `/proc`: a hundred a second on every Linux. */
const tickMs = 10;

/** Processor time that a process has taken, all its threads, milliseconds; null where the system does not tell. */
export function cpuOf(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  // The name of the process may hold spaces; what follows its closing bracket is counted from the third field.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
