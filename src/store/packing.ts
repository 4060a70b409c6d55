/**
 * How values stand in a column. SQLite's text cannot hold a lone surrogate, and readers stop at NUL; JSON text escapes
 * both, so whatever a model or a tool said comes back as it was.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What a packed value may be in its column. */
export type Packed = string | Uint8Array;

/** JSON texts longer than this are compressed; below it the row fits its page anyway. Bytes. */
const compressFrom = 4096;

/** A text as a column value: itself when SQLite can hold it, else its JSON as a blob. */
export function packText(text: string): Packed {
  return text.isWellFormed() && !text.includes('\0') ? text : Buffer.from(JSON.stringify(text));
}

/** The text of a column that `packText` filled. */
export function unpackText(packed: Packed): string {
  if (typeof packed === 'string') return packed;
  return JSON.parse(Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString()) as string;
}

/** A value that JSON can say, as a column value: its text, or compressed when that is long. */
export function packJson(value: unknown): Packed {
  const text = JSON.stringify(value);
  // Level 1: half the time of the default for a tenth more bytes.
  return text.length > compressFrom ? deflateRawSync(text, { level: 1 }) : text;
}

/** The value of a column that `packJson` filled, of the type it had. */
export function unpackJson<T>(packed: Packed): T {
  return JSON.parse(typeof packed === 'string' ? packed : inflateRawSync(packed).toString()) as T;
}

/** A text for the word index, where odd characters do not matter. */
export function searchable(text: string): string {
  return text.toWellFormed().replaceAll('\0', ' ');
}
