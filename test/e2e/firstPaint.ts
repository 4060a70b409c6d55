/** From activation to the first level of the tree on the screen, in a window that has been there before. */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../helpers/eventually.ts';
import type { VSCode } from '../helpers/vscode/launch.ts';
import type { Window } from './window.ts';

/** Set in the page when the first row is there, milliseconds since 1970. */
type Painted = { __painted?: number };

/** Runs in the page, where there is a document. */
const watchTree = `
  const look = () => {
    const row = document.querySelector('[role="tree"][aria-label="Tools"] [role="treeitem"]');
    if (row) globalThis.__painted = Date.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
`;

/** Loads the window anew, again and again. Milliseconds of each round, of activation alone and until the tree is painted. */
export async function firstPaints(
  vscode: VSCode,
  window: Window,
  rounds: number,
): Promise<{ activation: number[]; painted: number[] }> {
  await window.page.addInitScript({ content: watchTree });
  const times = { activation: [] as number[], painted: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    await quiet(vscode, window);
    const before = activations(vscode).length;
    await window.page.reload();
    await window.row('Tools', /./).first().waitFor();
    const painted = await eventually('the tree is painted', () =>
      window.page.evaluate(() => (globalThis as Painted).__painted).catch(() => undefined),
    );
    const activation = await eventually(
      'the extension says when it was activated',
      () => activations(vscode)[before],
    );
    times.activation.push(activation.ms);
    times.painted.push(painted - activation.began);
  }
  return times;
}

/** Share of the processors' time that counts as nothing going on. */
const idle = 0.2;

/** Until the engine has read all files, and the window before has let go of everything: neither belongs to what is measured. */
async function quiet(vscode: VSCode, window: Window): Promise<void> {
  const engine = join(vscode.logs.folder, '.*engine.cjs');
  await eventually(
    'one engine, with all files read',
    async () =>
      (await window.page.getByText('As last seen').count()) === 0 &&
      spawnSync('pgrep', ['-fc', engine], { encoding: 'utf8' }).stdout.trim() === '1',
    30_000,
  ).catch(() => {});
  // A machine that has other things to do never comes to rest: then it is measured all the same.
  const until = performance.now() + 6_000;
  for (let still = 0; still < 3 && performance.now() < until; ) still = (await busy()) < idle ? still + 1 : 0;
}

/** Share of the processors' time that was used in the next third of a second. */
async function busy(): Promise<number> {
  const sum = () => {
    const times = cpus().map((cpu) => cpu.times);
    const all = times.reduce(
      (total, { user, nice, sys, irq, idle }) => total + user + nice + sys + irq + idle,
      0,
    );
    return { all, idle: times.reduce((total, one) => total + one.idle, 0) };
  };
  const before = sum();
  await wait(333);
  const after = sum();
  return 1 - (after.idle - before.idle) / Math.max(1, after.all - before.all);
}

/** When activations began (milliseconds since 1970) and how long they took, as the extension's own logs say. */
function activations({ logs }: VSCode): { began: number; ms: number }[] {
  return globSync('**/Imaginarium.log', { cwd: logs.folder })
    .map((path) => readFileSync(join(logs.folder, path), 'utf8'))
    .flatMap((text) => [...text.matchAll(/Activation began at (\S+Z) and took ([\d.]+) ms/g)])
    .map((match) => ({ began: Date.parse(match[1] ?? ''), ms: Number(match[2]) }))
    .sort((a, b) => a.began - b.began);
}
