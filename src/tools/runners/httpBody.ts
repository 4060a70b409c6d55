/** The body of a response as text: unpacked, up to a limit, and described where it is no text. */
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Output } from './output.ts';

export interface BodyText {
  content: string;
  truncated: boolean;
}

/** Rejects when the connection breaks or the body cannot be unpacked. Stops reading at the limit (bytes). */
export async function readBody(
  body: Readable,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  limit: number,
): Promise<BodyText> {
  const output = new Output(limit);
  const stream = unpacked(body, String(headers['content-encoding'] ?? ''));
  for await (const chunk of stream) {
    output.add(chunk as Buffer);
    if (output.truncated) break;
  }
  body.destroy();
  const type = String(headers['content-type'] ?? '').toLowerCase();
  if (isText(type)) return { content: output.text(charsetOf(type)), truncated: output.truncated };
  const size = output.truncated ? `more than ${limit}` : String(output.said);
  return {
    content: `(${size} bytes of ${type.split(';')[0]}, which is no text)`,
    truncated: output.truncated,
  };
}

function unpacked(body: Readable, encoding: string): Readable {
  const unpack = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[encoding.trim().toLowerCase()];
  // An error reaches the reader through the last stream.
  return unpack ? pipeline(body, unpack(), () => undefined) : body;
}

const textTypes =
  /^(?:text\/|application\/(?:.*[+/])?(?:json|xml|javascript|ecmascript|yaml|x-ndjson|jsonl|graphql|x-www-form-urlencoded)\b|image\/svg\+xml|multipart\/)/;

function isText(type: string): boolean {
  return type === '' || textTypes.test(type);
}

function charsetOf(type: string): string {
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/.exec(type) ?? [];
  try {
    return new TextDecoder(charset).encoding;
  } catch {
    // A name that nobody knows: most texts are UTF-8.
    return 'utf-8';
  }
}
