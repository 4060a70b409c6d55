/** Runs inside the extension host for `npm run bench`: activates the extension, which is asleep, and tells what it took. */
import { setTimeout as wait } from 'node:timers/promises';
import { commands, extensions } from 'vscode';

const id = 'imaginarium.imaginarium';
/** A window has come to rest when it answers this fast, milliseconds, this often in a row. */
const fast = 10;
const inARow = 10;
/** How long that may take, milliseconds. */
const patience = 6_000;

/** Called by VS Code. */
export async function run(): Promise<void> {
  const extension = extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not installed.`);
  await rest();
  if (extension.isActive) throw new Error(`${id} is awake already: its activation cannot be measured.`);
  const started = performance.now();
  await extension.activate();
  const ms = performance.now() - started;
  console.log(`[activation] ${JSON.stringify({ ms })}`);
}

/** Waits until the window has finished starting: what it does then is no cost of ours. */
async function rest(): Promise<void> {
  const started = performance.now();
  for (let row = 0; row < inARow && performance.now() - started < patience; ) {
    await wait(50);
    const asked = performance.now();
    await commands.executeCommand('setContext', 'imaginarium.bench', row);
    row = performance.now() - asked < fast ? row + 1 : 0;
  }
}
