/** The texts that the sources show, and the checks of what translates them. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { getL10nJson, type l10nJsonFormat } from '@vscode/l10n-dev';
import { root } from './install.mjs';

/** Where the editor looks for them (`l10n` in package.json). */
export const l10nFolder = join(root, 'media', 'l10n');
/** Every text in English: what translators begin with. */
export const englishBundle = join(l10nFolder, 'bundle.l10n.json');

/** Every text that goes through `l10n.t`, sorted, as the file of the English bundle. */
export async function writtenBundle(): Promise<string> {
  const files = globSync('src/{extension,webview}/**/*.ts', { cwd: root }).sort();
  const contents = files.map((path) => ({
    extension: '.ts',
    contents: readFileSync(join(root, path), 'utf8'),
  }));
  return fileOf(await getL10nJson(contents));
}

/** A bundle as it lies on the disk. */
export function fileOf(bundle: l10nJsonFormat): string {
  const sorted = Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}

export function readBundle(path: string): l10nJsonFormat {
  return JSON.parse(readFileSync(path, 'utf8')) as l10nJsonFormat;
}

/** The translations of an English file (`bundle.l10n.json`, `package.nls.json`), by language. */
export function translationsOf(english: string): { language: string; path: string }[] {
  const [stem = ''] = basename(english).split('.json');
  return globSync(`${stem}.*.json`, { cwd: join(english, '..') }).map((name) => ({
    language: name.slice(stem.length + 1, -'.json'.length),
    path: join(english, '..', name),
  }));
}

/**
 * What is wrong with a translation: a key that there is not, a text without what is filled in, or with something else. A
 * text that is missing is shown in English, and no fault.
 */
export function translationProblems(english: l10nJsonFormat, translated: l10nJsonFormat): string[] {
  return Object.entries(translated).flatMap(([key, text]) => {
    const original = english[key];
    if (original === undefined) return [`"${key}" is no text of ours (any more).`];
    const wanted = marks(original);
    const found = marks(text);
    return wanted.join() === found.join()
      ? []
      : [`"${key}" has ${wanted.join() || 'none'}, its translation ${found.join() || 'none'}.`];
  });
}

/** What is filled in, and what must stay as it is: placeholders, links of commands and settings, line breaks, icons. */
function marks(text: l10nJsonFormat[string]): string[] {
  const plain = typeof text === 'string' ? text : text.message;
  return (plain.match(/\{\w+\}|\]\(command:[^)]*\)|`#?[^`]+`|\$\([\w~-]+\)|\n/g) ?? []).sort();
}
