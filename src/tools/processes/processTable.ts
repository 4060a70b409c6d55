/** Which processes there are, and which of them belong to a tool, escaped ones included. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface ProcessRow {
  pid: number;
  parent: number;
  group: number;
  session: number;
}

/** What is to be found: a process with all that it started, and whatever has one of the markers in its environment. */
export interface Prey {
  pids: readonly number[];
  /** Beginnings of the `TMPDIR` that only processes of ours were given. */
  tempFolders: readonly string[];
}

/** The pids of the prey that are alive, this process never among them. */
export async function findAlive(prey: Prey): Promise<number[]> {
  const rows = process.platform === 'linux' ? await linuxRows() : await psRows();
  const found = new Set(prey.pids.filter((pid) => pid > 1));
  if (process.platform === 'linux') for (const pid of await marked(rows, prey.tempFolders)) found.add(pid);
  // A descendant is known by its parent, or by the group or session that an ancestor leads, even a dead one.
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const row of rows) {
      if (found.has(row.parent) || found.has(row.group) || found.has(row.session)) found.add(row.pid);
    }
  }
  const alive = new Set(rows.map(({ pid }) => pid));
  return [...found].filter((pid) => alive.has(pid) && pid !== process.pid);
}

async function linuxRows(): Promise<ProcessRow[]> {
  const names = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name));
  const rows = await Promise.all(names.map(linuxRow));
  return rows.filter((row) => row !== null);
}

async function linuxRow(name: string): Promise<ProcessRow | null> {
  const stat = await readOrNothing(`/proc/${name}/stat`);
  // The second field is the program's name in brackets and may hold anything, brackets and spaces too.
  const [state, parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie is dead: it waits to be asked for its exit code.
  if (stat === '' || state === 'Z' || state === 'X') return null;
  return { pid: Number(name), parent: Number(parent), group: Number(group), session: Number(session) };
}

async function marked(rows: readonly ProcessRow[], tempFolders: readonly string[]): Promise<number[]> {
  if (tempFolders.length === 0) return [];
  const markers = tempFolders.map((folder) => `TMPDIR=${folder}`);
  const found = await Promise.all(
    rows.map(async ({ pid }) => {
      const variables = (await readOrNothing(`/proc/${pid}/environ`)).split('\0');
      const ours = variables.some((one) =>
        markers.some((marker) => one === marker || one.startsWith(`${marker}/`)),
      );
      return ours ? pid : null;
    }),
  );
  return found.filter((pid) => pid !== null);
}

/** A process that has gone meanwhile, or that is somebody else's, has nothing to tell. */
async function readOrNothing(path: string): Promise<string> {
  return readFile(path, 'latin1').catch(() => '');
}

async function psRows(): Promise<ProcessRow[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,pgid='], {
    maxBuffer: 16 << 20,
  });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((row) => row.length === 3)
    .map(([pid = 0, parent = 0, group = 0]) => ({ pid, parent, group, session: 0 }));
}
