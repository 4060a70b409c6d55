import { isJsonObject, type Json } from '../core/json.ts';
import { EmbeddedError, MalformedAnswer, parseAnswer } from './answer.ts';

/**
 * The vectors of an answer to `POST …/embeddings`, in the order in which they were asked for. Throws `MalformedAnswer` for
 * what are not `count` vectors of one length, or `EmbeddedError`.
 */
export function readEmbeddings(body: string, count: number): Float32Array[] {
  const { data, error } = parseAnswer(body);
  if (!Array.isArray(data)) {
    if (error !== undefined && error !== null) throw new EmbeddedError(error);
    throw new MalformedAnswer('its answer has no embeddings ("data" is missing)');
  }
  const vectors = new Array<Float32Array | undefined>(count);
  data.forEach((item, position) => {
    if (!isJsonObject(item)) return;
    const index = typeof item.index === 'number' ? item.index : position;
    if (index >= 0 && index < count) vectors[index] = vectorOf(item.embedding);
  });
  const [first] = vectors;
  const all = vectors.filter((vector) => vector !== undefined && vector.length === first?.length);
  if (data.length !== count || all.length !== count)
    throw new MalformedAnswer(`its answer has not one embedding each for ${count} texts`);
  return all as Float32Array[];
}

function vectorOf(value: Json | undefined): Float32Array | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((one) => typeof one === 'number') ? Float32Array.from(value) : undefined;
}
