/** A VS Code window as a person uses it: by what is written on it, with mouse and keyboard, and with nothing from inside. */

import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from '../helpers/eventually.ts';

/** How long anything may take to show, milliseconds. */
const patience = 20_000;

export class Window {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(patience);
  }

  /** Runs a command of ours from the palette, by its title. */
  async command(title: string): Promise<void> {
    await this.run(`Imaginarium: ${title}`);
  }

  /** Runs any command from the palette, by its whole title. */
  async run(title: string): Promise<void> {
    const begin = await this.ready(title);
    await begin();
  }

  /** Brings a command to where Enter runs it. The result presses it, and says when (`performance.now()`). */
  async ready(title: string): Promise<() => Promise<number>> {
    await this.page.keyboard.press('F1');
    const box = this.quickInput.getByRole('textbox');
    await box.waitFor();
    await box.fill(`>${title}`);
    await this.options(title).first().waitFor();
    return async () => {
      const at = performance.now();
      await this.page.keyboard.press('Enter');
      return at;
    };
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Rows of the list that is open. */
  options(name?: string | RegExp): Locator {
    return this.quickInput.getByRole('option', name === undefined ? {} : { name });
  }

  /** Rows of a list in which several can be ticked. */
  get boxes(): Locator {
    return this.quickInput.locator('.quick-input-list .monaco-list-row[role="checkbox"]');
  }

  /** Ticks the first rows, and takes the ticks off those that are proposed beyond them. */
  async tickFirst(count: number): Promise<void> {
    const shown = await this.boxes.count();
    for (let index = 0; index < shown; index++) {
      const box = this.boxes.nth(index);
      const wanted = String(index < count);
      if ((await box.getAttribute('aria-checked')) === wanted) continue;
      await box.locator('.monaco-checkbox').click();
      await eventually(
        'the row is as wanted',
        async () => (await box.getAttribute('aria-checked')) === wanted,
      );
    }
  }

  /** Picks a row of the list that is open. */
  async pick(name: string | RegExp): Promise<void> {
    await this.options(name).first().click();
  }

  /** A modal question. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  async answer(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button }).click();
  }

  /** Notifications on the screen that have this text. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** Opens our place in the activity bar. */
  async openViews(): Promise<void> {
    const tab = this.page.getByRole('tab', { name: 'Imaginarium' });
    if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
    await this.page.locator('.pane-header').filter({ hasText: 'Tools' }).waitFor();
  }

  tree(view: 'Tools' | 'Runs'): Locator {
    return this.page.getByRole('tree', { name: view });
  }

  /** Rows of a view by what a screen reader says of them. */
  row(view: 'Tools' | 'Runs', name: string | RegExp): Locator {
    return this.tree(view).getByRole('treeitem', { name });
  }

  /** Opens a row, if it is closed. */
  async expand(view: 'Tools' | 'Runs', name: string | RegExp): Promise<void> {
    const row = this.row(view, name).first();
    await row.scrollIntoViewIfNeeded();
    // A view that is drawn anew in this very moment loses a click, as it does a person's.
    await eventually('the row is open', async () => {
      if ((await row.getAttribute('aria-expanded')) === 'true') return true;
      await row.locator('.monaco-tl-twistie').click();
      await this.page.waitForTimeout(300);
      return (await row.getAttribute('aria-expanded')) === 'true';
    });
  }

  /** The status bar item of ours. */
  get status(): Locator {
    return this.page.locator('.statusbar').getByRole('button', { name: /^Imaginarium/ });
  }

  /** Tabs of editors. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name });
  }

  /** What the active editor shows, as far as it is in sight. */
  async shownText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .view-lines .view-line');
    const tops = await lines.evaluateAll((found) =>
      found
        .map((line) => ({
          top: Number.parseFloat((line as unknown as { style: { top: string } }).style.top),
          text: line.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ')),
    );
    return tops.join('\n');
  }

  /** What both sides of a comparison show, as far as they are in sight. */
  async comparedText(): Promise<string> {
    const lines = this.page.locator('.monaco-diff-editor .view-lines .view-line');
    return (await lines.allTextContents()).join('\n').replaceAll('\u00a0', ' ');
  }

  /** The page of the dashboard. */
  get dashboard(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+P');
    await this.quickInput.getByRole('textbox').fill(name);
    await this.options(new RegExp(`^${name.replaceAll('.', '\\.')}`))
      .first()
      .waitFor();
    await this.page.keyboard.press('Enter');
    await this.tab(name).waitFor();
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  }

  /** Closes what floats over the window: lists and notifications. */
  async clear(): Promise<void> {
    await this.page.keyboard.press('Escape');
    const toasts = this.page.locator('.notification-toast');
    while ((await toasts.count()) > 0) {
      await toasts.first().hover();
      await toasts
        .first()
        .getByRole('button', { name: /Clear Notification/ })
        .click();
    }
  }
}
