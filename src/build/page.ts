/** The dashboard's page: one script and one style sheet for a browser, and the icons that it shows. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { root } from './install.mjs';

/** Files of the page in `dist`. */
export const pageFiles = ['webview.js', 'webview.css', 'codicon.css', 'codicon.ttf'] as const;

/** What esbuild is asked for. The Chromium of the oldest VS Code that we run in understands ES2024. */
export function pageOptions(production: boolean): BuildOptions {
  return {
    entryPoints: { webview: 'src/webview/main.ts' },
    outdir: 'dist',
    absWorkingDir: root,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2024',
    tsconfig: 'src/webview/tsconfig.json',
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
  };
}

/** Puts the icons beside the page. */
export function copyIcons(dist: string): void {
  mkdirSync(dist, { recursive: true });
  for (const name of ['codicon.css', 'codicon.ttf']) {
    copyFileSync(join(root, 'node_modules/@vscode/codicons/dist', name), join(dist, name));
  }
}
