/** What the tests of the page look at, and waiting for it. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../helpers/eventually.ts';
import type { OpenedPage } from './openPage.ts';

export { eventually };

/** Looks until it equals. */
export async function becomes<T>(what: string, expected: T, look: () => Promise<T>): Promise<void> {
  let last: T | undefined;
  await eventually(what, async () => {
    last = await look();
    return JSON.stringify(last) === JSON.stringify(expected);
  }).catch(() => assert.deepEqual(last, expected, what));
}

export const rows = (page: Page): Locator => page.locator('.rows [role=row]');

export const row = (page: Page, index: number): Locator => page.locator(`.rows [data-index="${index}"]`);

export const chips = (page: Page): Promise<string[]> => page.locator('.lists .chip-words').allTextContents();

/** `12 of 699 examples` */
export const counted = (page: Page): Promise<string> =>
  page.locator('.list-filter [role=status]').innerText();

export const bar = (page: Page, name: RegExp): Locator => page.getByRole('button', { name });

export const tab = (page: Page, name: RegExp): Locator => page.getByRole('tab', { name });

/** The list is there, with its first row. */
export async function listed(page: Page): Promise<void> {
  await rows(page).and(page.locator(':not(.waiting)')).first().waitFor();
}

/** Text of the row that has the focus; empty where none has. */
export function focusedRow(page: Page): Promise<string> {
  return page.evaluate(
    () => document.activeElement?.closest('[role=row]')?.querySelector('.row-title')?.textContent ?? '',
  );
}

/** Nothing of another host was asked for, the policy was kept, and nothing failed. */
export function assertClean({ foreign, complaints }: OpenedPage): void {
  assert.deepEqual(foreign, [], 'requests to others');
  assert.deepEqual(complaints, [], 'complaints');
}
