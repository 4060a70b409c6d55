/**
 * The path of somebody who wants examples that hold: a language model judges them, what is in doubt is looked at and decided,
 * and the rest is exported. The end-to-end test asserts on it, and pictures are taken along it.
 */
import { eventually } from '../helpers/eventually.ts';
import { doubted, learnedTool } from './learnedWorkspace.ts';
import type { Seen } from './walk.ts';
import type { Window } from './window.ts';

/** Walks the path in a window on a `learnedWorkspace()`. */
export async function walkReview(window: Window, seen: Seen): Promise<void> {
  await window.openViews();
  await widen(window);
  await window.expand('Tools', new RegExp(`^${learnedTool}`));
  await window.expand('Tools', /^Learned examples/);
  await window.row('Tools', /JPY called\?/).waitFor();
  await verify(window, seen);
  await decide(window, seen);
  await exportData(window, seen);
}

/** Queries are long: the side bar is drawn as wide as it takes to read them. */
async function widen({ page }: Window): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  if (!bar) throw new Error('There is no side bar.');
  await page.mouse.move(bar.x + bar.width, bar.y + 300);
  await page.mouse.down();
  await page.mouse.move(bar.x + bar.width + 280, bar.y + 300, { steps: 5 });
  await page.mouse.up();
}

async function verify(window: Window, seen: Seen): Promise<void> {
  // Typed, there are others of nearly that name.
  await window.page.keyboard.press('F1');
  await window.quickInput.getByRole('textbox').fill('>Imaginarium: Verify Examples…');
  await window.pick(/^Imaginarium: Verify Examples…/);
  await window.dialog.getByText(/^Verify .* with/).waitFor();
  await seen('verify-estimate');
  await window.answer('Start');
  await window.toast(/Verified .* 1 to review/).waitFor();
  await window.toast(/Verifying examples:/).waitFor({ state: 'detached' });
  await window.row('Tools', /^To review \(1\)/).waitFor();
  await seen('verified');
  await window
    .toast(/to review/)
    .getByRole('button', { name: 'Review' })
    .click();
  await window.clear();
  await window.expand('Tools', /^To review/);
  await window.row('Tools', new RegExp(`^${escaped(doubted)}`)).waitFor();
}

/** With the keyboard alone. */
async function decide(window: Window, seen: Seen): Promise<void> {
  const { keyboard } = window.page;
  const row = window.row('Tools', new RegExp(`^${escaped(doubted)}, ${learnedTool}, calls worked`)).first();
  const hasFocus = async (): Promise<boolean> =>
    (await row.getAttribute('class'))?.includes('focused') ?? false;
  /** The command that leads here moves the focus to the row above until it stays there. */
  const focus = async (): Promise<boolean> => {
    if (await hasFocus()) return true;
    for (const key of ['Home', 'ArrowDown']) await keyboard.press(key);
    return hasFocus();
  };
  let seenFocused = 0;
  await eventually('the row is open and keeps the focus', async () => {
    if (!(await focus())) return false;
    if ((await row.getAttribute('aria-expanded')) === 'false') await keyboard.press('ArrowRight');
    seenFocused += 1;
    return seenFocused > 10 && window.row('Tools', /^The judge said/).isVisible();
  });
  await seen('review');
  await eventually('the trial is open', async () => {
    if (await focus()) await keyboard.press('Enter');
    return window.tab(new RegExp(learnedTool)).isVisible();
  });
  await eventually('the trial is shown', async () => /Query/.test(await window.shownText()));
  await keyboard.press('ControlOrMeta+End');
  await eventually('its example is in sight', async () =>
    /Reasons of the judge/.test(await window.shownText()),
  );
  await seen('review-trial');
  await window.command('Accept Example');
  await window.options(new RegExp(escaped(doubted))).waitFor();
  await keyboard.press('Enter');
  await window.row('Tools', /^To review/).waitFor({ state: 'detached' });
  await window.row('Tools', new RegExp(`^${escaped(doubted)}, accepted`)).waitFor();
  await seen('examples');
}

async function exportData(window: Window, seen: Seen): Promise<void> {
  await window.command('Export Examples…');
  await window.options(/OpenAI, Azure/).waitFor();
  await seen('export-format');
  await window.pick(/LLaMA-Factory/);
  await window.options(/Kept for validation/).waitFor();
  await seen('export-options');
  await window.pick(/Choose File…/);
  // The editor's own dialog, with the name that is suggested.
  await window.quickInput.getByRole('textbox').waitFor();
  await eventually('a file is suggested', async () =>
    (await window.quickInput.getByRole('textbox').inputValue()).endsWith('.jsonl'),
  );
  await window.page.keyboard.press('Enter');
  await window.toast(/Exported .* rows/).waitFor();
  await seen('exported');
  await window.clear();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
