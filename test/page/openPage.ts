/** The built page in a plain Chromium, under the policy that it has in the editor, with a fake host at its other end. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core';
import { root } from '../../src/build/install.mjs';
import { pageFiles } from '../../src/build/page.ts';
import { panelHtml } from '../../src/extension/panel/panelHtml.ts';
import { ensureChromium } from '../helpers/vscode/chromium.ts';
import type { FakeHost } from './fakeHost.ts';
import { type ThemeName, themes } from './themes.ts';

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

export interface OpenedPage {
  page: Page;
  /** Addresses that were asked for and are not ours. */
  foreign: string[];
  /** What broke the policy, and errors that nobody caught. */
  complaints: string[];
  close(): Promise<void>;
}

export interface PageOptions {
  theme?: ThemeName;
  size?: { width: number; height: number };
  /** Of the editor's window. */
  zoom?: number;
  reducedMotion?: boolean;
}

/** One browser and one server for the tests of a file. */
export class PageBench {
  #browser: Browser | null = null;
  #server: Server | null = null;
  #origin = '';

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      const name = (request.url ?? '/').split('?')[0]?.slice(1) ?? '';
      const known = pageFiles.find((file) => file === name);
      const type = known ? types[name.split('.').at(-1) ?? ''] : 'text/html';
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.end(known ? readFileSync(join(root, 'dist', known)) : this.#html());
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.#origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.#browser = await chromium.launch({
      executablePath: await ensureChromium(),
      args: ['--no-sandbox', '--headless', '--disable-gpu'],
    });
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    this.#server?.close();
  }

  #html(): string {
    return panelHtml({
      script: '/webview.js',
      styles: '/webview.css',
      icons: '/codicon.css',
      source: this.#origin,
      nonce: 'n0nce',
      language: 'en',
    });
  }

  /** Opens the page; the host is asked from then on. */
  async open(host: FakeHost, options: PageOptions = {}): Promise<OpenedPage> {
    if (!this.#browser) throw new Error('not started');
    const { width, height } = options.size ?? { width: 1100, height: 800 };
    const zoom = options.zoom ?? 1;
    const context = await this.#browser.newContext({
      // A zoomed window has fewer pixels of the page's own, each of more of the screen's.
      viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
      deviceScaleFactor: zoom,
      reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const foreign: string[] = [];
    const complaints: string[] = [];
    await this.#watch(context, page, foreign, complaints);
    await page.exposeFunction('hostPost', (message: unknown) => host.hear(message));
    await page.addInitScript(playEditor, themes[options.theme ?? 'dark']);
    host.connect(page);
    await page.goto(this.#origin);
    return { page, foreign, complaints, close: () => context.close() };
  }

  async #watch(context: BrowserContext, page: Page, foreign: string[], complaints: string[]): Promise<void> {
    await context.route('**/*', async (route) => {
      const url = route.request().url();
      if (url.startsWith(this.#origin)) return route.continue();
      foreign.push(url);
      return route.abort();
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.exposeFunction('violated', (what: string) => void complaints.push(what));
  }
}

/** Runs in the page before its own script: what the editor gives to a webview. */
function playEditor({ variables, body }: { variables: Record<string, string>; body: string }): void {
  const scope = globalThis as unknown as {
    hostPost(message: unknown): void;
    violated(what: string): void;
    acquireVsCodeApi: unknown;
  };
  scope.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => scope.hostPost(message),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
  document.addEventListener('securitypolicyviolation', (event) =>
    scope.violated(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`),
  );
  document.addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(variables))
      document.documentElement.style.setProperty(name, value);
    document.body.className = body;
  });
}

export type Scope = Page | FrameLocator;
