/**
 * The main path, as a person goes it: command palette → Explore Tool… → progress → tree → trial log → dashboard → examples
 * in a prompt file. The end-to-end test asserts on it, and the pictures of the readme are taken along it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../helpers/eventually.ts';
import type { Window } from './window.ts';

/** The tool that is explored (the sampler learns it, and always has calls refused), and the file that gets its examples. */
export const walked = { tool: 'look_up_code', prompt: 'codes.prompt.md' };

const promptText = `---
description: Answers questions about codes.
---

# Codes

You name what is behind a code of a country, a language or a currency. Call the tool look_up_code once, and answer with the name.

## Examples

`;

/** Called at each step, with its name, when the step can be seen. */
export type Seen = (step: string) => Promise<void>;

/** Walks the path in a window on a copy of the sample workspace. Returns what the prompt file holds at the end. */
export async function walk(window: Window, workspace: string, seen: Seen): Promise<string> {
  await writeFile(join(workspace, walked.prompt), promptText);
  await window.openViews();
  await window.expand('Tools', /^imaginarium.yaml/);
  await window.row('Tools', new RegExp(`^${walked.tool}`)).waitFor();
  await seen('1-tools');
  await explore(window, seen);
  await readTree(window, seen);
  await readTrial(window, seen);
  await readDashboard(window, seen);
  return insert(window, workspace, seen);
}

async function explore(window: Window, seen: Seen): Promise<void> {
  await window.command('Explore Tool…');
  await window.options(new RegExp(walked.tool)).waitFor();
  await seen('2-choose-tool');
  await window.pick(new RegExp(walked.tool));
  await window.options(/Offline sampler/).waitFor();
  await seen('3-choose-model');
  await window.pick(/Offline sampler/);
  await window.dialog.waitFor();
  await seen('4-estimate');
  await window.answer('Start');
  await window.toast(new RegExp(walked.tool)).waitFor();
  await seen('5-progress');
  await window.toast(new RegExp(`Explored ${walked.tool}`)).waitFor();
  await window.toast(new RegExp(`Exploring ${walked.tool}`)).waitFor({ state: 'detached' });
  await window.row('Runs', new RegExp(`^${walked.tool}, finished`)).waitFor();
  await seen('6-explored');
  await window.clear();
}

async function readTree(window: Window, seen: Seen): Promise<void> {
  await window.expand('Tools', new RegExp(`^${walked.tool}`));
  await window.expand('Tools', /^Failed calls/);
  await window.expand('Tools', /^Refused by the tool/);
  await window.tree('Tools').locator('[role="treeitem"][aria-level="5"]').first().waitFor();
  await seen('7-tree');
  await window.expand('Tools', /^Learned examples/);
  await window
    .row('Tools', /demonstration$/)
    .first()
    .waitFor();
}

async function readTrial(window: Window, seen: Seen): Promise<void> {
  await window.expand('Runs', new RegExp(`^${walked.tool}, finished`));
  await window
    .row('Tools', /demonstration$/)
    .first()
    .click();
  await window.tab(new RegExp(walked.tool)).waitFor();
  await eventually('the trial is shown', async () => /Query/.test(await window.shownText()));
  await seen('8-trial');
}

async function readDashboard(window: Window, seen: Seen): Promise<void> {
  await window.command('Open Dashboard');
  const page = window.dashboard;
  await page.getByRole('tab', { name: /^Examples/ }).waitFor();
  await page.getByRole('row').nth(3).waitFor();
  await seen('9-dashboard');
}

async function insert(window: Window, workspace: string, seen: Seen): Promise<string> {
  await window.openFile(walked.prompt);
  await window.page.keyboard.press('ControlOrMeta+End');
  await window.command('Insert Learned Examples…');
  // What the sampler invented is offered only when asked for.
  await window
    .toast(/only demonstrations/)
    .getByRole('button', { name: 'Include Demonstrations' })
    .click();
  await window.boxes.nth(1).waitFor();
  await eventually(
    'what fits the text is ticked',
    async () => (await window.boxes.first().getAttribute('aria-checked')) === 'true',
  );
  await seen('10-choose-examples');
  await window.tickFirst(2);
  await window.quickInput.getByRole('button', { name: 'OK' }).click();
  await eventually('the examples are in the file', async () => /```json/.test(await window.shownText()));
  await seen('11-inserted');
  await window.page.keyboard.press('ControlOrMeta+S');
  const path = join(workspace, walked.prompt);
  return eventually('the file is saved', async () => {
    const text = await readFile(path, 'utf8');
    return text !== promptText && text;
  });
}
