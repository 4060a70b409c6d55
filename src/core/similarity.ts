/** How alike two texts are, without a model: for the diversity gate, for siblings, and for lessons that say the same. */

const wordPattern = /[\p{L}\p{N}]+/gu;

/** Words in lower case, with how often each stands there. */
export function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(wordPattern))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Cosine of two weighted bags, 0..1; 0 when either is empty. */
export function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let dot = 0;
  for (const [key, weight] of a) dot += weight * (b.get(key) ?? 0);
  if (dot === 0) return 0;
  return dot / (norm(a) * norm(b));
}

function norm(bag: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const weight of bag.values()) sum += weight * weight;
  return Math.sqrt(sum);
}

/** Triples of characters: catch texts that differ in spelling only. */
function trigrams(text: string): Map<string, number> {
  const padded = `  ${text.toLowerCase().replace(/\s+/g, ' ').trim()} `;
  const counts = new Map<string, number>();
  for (let i = 0; i + 3 <= padded.length; i++) {
    const gram = padded.slice(i, i + 3);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/**
 * Similarity of two short texts, 0..1: the larger of what words (order left out) and character triples (spelling left
 * out) say, so that neither a reordered nor a re-spelt copy passes for something new.
 */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  return Math.max(cosine(wordCounts(a), wordCounts(b)), cosine(trigrams(a), trigrams(b)));
}
