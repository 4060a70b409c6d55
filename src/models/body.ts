import { MalformedAnswer } from './answer.ts';

/** The longest body that is read, bytes: far more than any answer within its token limit. */
const bodyLimit = 16 * 1024 * 1024;

/** The whole body as text. Throws `MalformedAnswer` for one that does not end. */
export async function readBody(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > bodyLimit) throw new MalformedAnswer('its answer is larger than 16 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
