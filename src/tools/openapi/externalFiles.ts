/**
 * Files that a document refers to: read from inside its workspace folder and from nowhere else, links and `..` followed to
 * where they really lead. No address is ever asked.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** Bytes of a file at most, and files of a document. */
const largest = 4 * 1024 * 1024;
const mostFiles = 100;

/** A file's text, or why it is not read. */
export type ExternalText = { path: string; text: string } | { path: null; why: string };

export class ExternalFiles {
  readonly #folder: string;
  #read = 0;

  /** @param folder absolute path of the workspace folder */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * The path that a reference leads to, relative to the folder, with `/`.
   * @param from the file that the reference stands in, relative to the folder
   */
  pathOf(reference: string, from: string): { path: string } | { path: null; why: string } {
    if (/^[a-z][a-z+.-]+:/i.test(reference) || reference.startsWith('//')) {
      return refused('it is an address, and references are read from files of the workspace folder alone');
    }
    let plain: string;
    try {
      plain = decodeURIComponent(reference);
    } catch {
      plain = reference;
    }
    if (plain.includes('\0')) return refused('it is no path');
    const target = resolve(this.#folder, dirname(from), plain.replaceAll('\\', '/'));
    const path = relative(this.#folder, target);
    if (isOutside(path)) return refused('it leads out of the workspace folder');
    return { path: path.split(sep).join('/') };
  }

  /** @param path as `pathOf` gives it */
  read(path: string): ExternalText {
    if (this.#read >= mostFiles) return refused(`only ${mostFiles} other files of a document are read`);
    this.#read += 1;
    try {
      const real = realpathSync(resolve(this.#folder, path));
      if (isOutside(relative(realpathSync(this.#folder), real))) {
        return refused('it is a link that leads out of the workspace folder');
      }
      const text = textOf(real);
      return typeof text === 'string' ? { path, text } : refused(text.why);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return refused(code === 'ENOENT' ? 'there is no such file' : message);
    }
  }
}

/** Opened without waiting: a pipe that nobody writes into would be waited for for ever. */
function textOf(path: string): string | { why: string } {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { why: 'it is no file' };
    if (stat.size > largest) return { why: 'the file is larger than 4 MiB' };
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) return { why: 'the file is not written in UTF-8' };
    throw error;
  } finally {
    closeSync(file);
  }
}

function isOutside(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}

function refused(why: string): { path: null; why: string } {
  return { path: null, why };
}
