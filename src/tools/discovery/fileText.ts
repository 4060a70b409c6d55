/** Reads files without waiting for pipes, without following links out of the workspace folder, and no more than is needed. */
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { sep } from 'node:path';

/** A pipe that nobody writes into would be waited for, and there is no end to that. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const noLink = constants.O_NOFOLLOW ?? 0;

/** A time that lies less than this before its reading may be that of a change that came after it, nanoseconds. */
const sameTick = 50_000_000n;

export interface OpenFile {
  size: number;
  /** Another when the file has changed; null where that cannot be told. */
  stamp: string | null;
  /** From the beginning. */
  read(length: number): Promise<Buffer>;
}

/** Why a file is not read. */
export class NotRead extends Error {
  /** `gone` is nothing to worry about. */
  readonly why: 'gone' | 'outside' | 'noFile' | 'failed';

  constructor(why: NotRead['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/**
 * Opens a file for `use`. A link is followed within `root` alone.
 * @param root real path of the workspace folder
 * @throws NotRead
 */
export async function withFile<T>(
  absolute: string,
  root: string,
  use: (file: OpenFile) => Promise<T>,
): Promise<T> {
  let handle: FileHandle;
  try {
    handle = await openInside(absolute, root);
  } catch (error) {
    throw error instanceof NotRead ? error : notRead(error);
  }
  try {
    const stat = await handle.stat({ bigint: true });
    if (!stat.isFile()) throw new NotRead('noFile', 'This is no file, so it is not read.');
    const fresh = BigInt(Date.now()) * 1_000_000n - stat.mtimeNs < sameTick;
    return await use({
      size: Number(stat.size),
      stamp: fresh ? null : `${stat.mtimeNs} ${stat.ctimeNs} ${stat.size} ${stat.ino}`,
      read: (length) => readStart(handle, length),
    });
  } catch (error) {
    throw isSystemError(error) ? notRead(error) : error;
  } finally {
    await handle.close();
  }
}

async function openInside(absolute: string, root: string): Promise<FileHandle> {
  try {
    return await open(absolute, withoutWaiting | noLink);
  } catch (error) {
    if (!isSystemError(error) || !['ELOOP', 'EMLINK'].includes(error.code ?? '')) throw error;
    const real = await realpath(absolute);
    if (!isInside(real, root)) {
      throw new NotRead(
        'outside',
        'This is a link to a place outside of the workspace folder: it is not followed.',
      );
    }
    return await open(real, withoutWaiting | noLink);
  }
}

export function isInside(real: string, root: string): boolean {
  return real.startsWith(root.endsWith(sep) ? root : root + sep);
}

async function readStart(handle: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';
}

function notRead(error: unknown): NotRead {
  const { code, message } = error as NodeJS.ErrnoException;
  // Opening a socket, or a device without a driver.
  if (code === 'ENXIO' || code === 'ENODEV')
    return new NotRead('noFile', 'This is no file, so it is not read.');
  const gone = code === 'ENOENT' || code === 'ENOTDIR';
  return new NotRead(gone ? 'gone' : 'failed', `The file cannot be read: ${message}.`);
}

/** The beginning of a text, whatever its encoding: what cannot be decoded is replaced. */
export function headText(bytes: Buffer, whole: boolean): string {
  const wide = wideEncoding(bytes);
  const text = new TextDecoder(wide ?? 'utf-8').decode(bytes);
  // The last character may be cut.
  return whole ? text : text.replace(/\uFFFD$/, '');
}

/** Null when the text is not written in UTF-8. */
export function utf8Text(bytes: Buffer): string | null {
  if (wideEncoding(bytes)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}
