/** What a person opens in the window, again and again, and how long it takes each time, milliseconds. */
import type { Window } from '../e2e/window.ts';

/** From Enter in the command palette to rows in the dashboard's list. */
export async function dashboards(window: Window, rounds: number): Promise<number[]> {
  return repeated(rounds, async () => {
    const begin = await window.ready('Imaginarium: Open Dashboard');
    const began = await begin();
    await window.dashboard.getByRole('row').nth(3).waitFor();
    const ms = performance.now() - began;
    await window.run('View: Close All Editors');
    return ms;
  });
}

/** From the click on a row to the query on the screen. */
export async function trials(window: Window, rounds: number): Promise<number[]> {
  await window.expand('Runs', /finished/);
  const rows = window.row('Runs', /(fulfilled|unfulfilled|abandoned|error)/);
  await rows.nth(1).waitFor();
  return repeated(rounds, async (round) => {
    const row = rows.nth(1 + (round % 8));
    const query = /number \d+/.exec((await row.getAttribute('aria-label')) ?? '')?.[0] ?? 'no query';
    const began = performance.now();
    await row.click();
    await shown(window, query);
    return performance.now() - began;
  });
}

/** From Enter in the command palette to the list of examples; and from OK to the example in the document. */
export async function insertions(
  window: Window,
  rounds: number,
): Promise<{ 'list of examples to insert': number[]; 'inserting an example': number[] }> {
  await window.openFile('notes.md');
  const inserted: number[] = [];
  const listed = await repeated(rounds, async () => {
    await window.page.keyboard.press('ControlOrMeta+Home');
    const begin = await window.ready('Imaginarium: Insert Learned Examples…');
    const began = await begin();
    await window.boxes.nth(1).waitFor();
    const ms = performance.now() - began;
    await window.tickFirst(1);
    const pressed = performance.now();
    await window.quickInput.getByRole('button', { name: 'OK' }).click();
    await shown(window, 'Call `');
    inserted.push(performance.now() - pressed);
    await window.page.keyboard.press('ControlOrMeta+Z');
    await shown(window, 'Call `', true);
    return ms;
  });
  return { 'list of examples to insert': listed, 'inserting an example': inserted };
}

async function repeated(rounds: number, round: (index: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  // The first time loads code: it is no part of what is measured.
  for (let index = 0; index <= rounds; index++) times.push(await round(index));
  return times.slice(1);
}

/** Waits until the active editor shows the text, or with `gone` until it does not. */
async function shown(window: Window, text: string, gone = false): Promise<void> {
  const lines = "document.querySelector('.editor-group-container.active .view-lines')";
  const has = `(${lines}?.textContent ?? '').replaceAll('\\u00a0', ' ').includes(${JSON.stringify(text)})`;
  await window.page.waitForFunction(gone ? `!${has}` : has);
}
