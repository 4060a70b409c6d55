/** A spec that its own trials contradict: lenses over its tools, the problem, and the change that is proposed. */

import type { Seen } from './walk.ts';
import type { Window } from './window.ts';

/** Explores a tool of the restaurant's workspace from the lens above it, and takes the proposal as far as the comparison. */
export async function walkSpec(window: Window, seen: Seen): Promise<void> {
  const { page } = window;
  await window.openViews();
  await window.row('Tools', /^free_tables/).waitFor();
  await window.openFile('imaginarium.yaml');
  const lenses = page.locator('.editor-group-container.active .codelens-decoration');
  await lenses.getByText('Explore', { exact: true }).first().click();
  await window.dialog.waitFor();
  await window.answer('Start');
  await window.row('Runs', /^free_tables, finished/).waitFor();
  await window.clear();
  await lenses
    .getByText(/^\d+ failed calls?$/)
    .first()
    .waitFor();
  const problem = page.locator(
    '.editor-group-container.active .squiggly-info, .editor-group-container.active .squiggly-warning',
  );
  await problem.first().waitFor();
  await seen('spec');
  await window.run('Go to Next Problem in Files (Error, Warning, Info)');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+.');
  await page
    .locator('.action-widget')
    .getByText(/^Propose/)
    .first()
    .click();
  await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
  await seen('proposal');
}
