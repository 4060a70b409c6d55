/** What following a large folder costs while nobody does anything: the engine, and the extension host of a real VS Code. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Window } from '../e2e/window.ts';
import { launchVSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';
import { cpuOf } from './processUse.ts';
import type { Row } from './row.ts';
import { specTree, treeSize } from './specTree.ts';

/** A window goes on with many things for a while after its start. Seconds. */
const settling = 20;
const left = 10;

export const idle: Row = {
  name: 'idle',
  what: `a window with ${treeSize} files and their tools, left alone`,
  async measure() {
    if (process.platform !== 'linux') throw new Error('Only Linux tells how much time a process takes.');
    const vscode = await launchVSCode({
      workspace: await specTree(),
      inPlace: true,
      trusted: true,
      extension: { vsix: await packedExtension() },
    });
    try {
      const window = new Window(vscode.page);
      await window.openViews();
      await window
        .row('Tools', /imaginarium\.yaml/)
        .first()
        .waitFor({ timeout: 60_000 });
      await wait(settling * 1000);
      const engine = ownProcess(/engine\.cjs/);
      const host = ownProcess(/--type=extensionHost/);
      const before = [engine, host].map((pid) => cpuOf(pid) ?? 0);
      await wait(left * 1000);
      const [ofEngine = 0, ofHost = 0] = [engine, host].map(
        (pid, index) => ((cpuOf(pid) ?? 0) - (before[index] ?? 0)) / left,
      );
      return {
        figures: [
          { what: 'a second, engine', value: ofEngine, unit: 'ms', limit: 2 },
          { what: 'a second, extension host', value: ofHost, unit: 'ms', limit: 25 },
        ],
        note: `processor time over ${left} s, ${settling} s after the tools were shown; the host works for all extensions: without ours, 11 to 19 ms`,
      };
    } finally {
      await vscode.dispose();
    }
  },
};

/** Id of the process below this one whose command line is like that. */
function ownProcess(like: RegExp): number {
  const found = readdirSync('/proc').find((pid) => {
    if (!/^\d+$/.test(pid) || !like.test(textOf(`/proc/${pid}/cmdline`))) return false;
    return isBelow(Number(pid));
  });
  if (found === undefined) throw new Error(`There is no process ${like}.`);
  return Number(found);
}

function isBelow(pid: number): boolean {
  for (let at = pid; at > 1; ) {
    if (at === process.pid) return true;
    at = Number(/^PPid:\s+(\d+)$/m.exec(textOf(`/proc/${at}/status`))?.[1] ?? 0);
  }
  return false;
}

/** Empty for a process that has just ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
