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

/**
 * A text made ready for comparing with many: for a query about 15 µs to make and 2 µs to compare. Under 1 KB, since
 * hashes of 32 bits stand for words and triples; two of them meet in one comparison of a million, and shift it a little.
 */
export interface TextProfile {
  text: string;
  words: HashBag;
  /** Triples of characters: catch texts that differ in spelling only. */
  trigrams: HashBag;
}

/** Hashes in rising order, each as often as what it stands for. */
interface HashBag {
  hashes: Uint32Array;
  norm: number;
}

export function profileOf(text: string): TextProfile {
  const lower = text.toLowerCase();
  const words = (lower.match(wordPattern) ?? []).map((word) => hash(word, 0, word.length));
  const padded = `  ${lower.replace(/\s+/g, ' ').trim()} `;
  const trigrams = new Uint32Array(padded.length - 2);
  for (let i = 0; i < trigrams.length; i++) trigrams[i] = hash(padded, i, i + 3);
  return { text, words: hashBag(Uint32Array.from(words)), trigrams: hashBag(trigrams) };
}

/**
 * Similarity of two short texts, 0..1: the larger of what words (order left out) and character triples (spelling left
 * out) say, so that neither a reordered nor a re-spelt copy passes for something new.
 */
export function similarityOf(a: TextProfile, b: TextProfile): number {
  if (a.text === b.text) return 1;
  return Math.max(bagCosine(a.words, b.words), bagCosine(a.trigrams, b.trigrams));
}

/** `similarityOf` for two texts that are compared once. */
export function similarity(a: string, b: string): number {
  return a === b ? 1 : similarityOf(profileOf(a), profileOf(b));
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string, from: number, to: number): number {
  let value = 0x811c9dc5;
  for (let i = from; i < to; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** Sorts what it is given, in place. */
function hashBag(hashes: Uint32Array): HashBag {
  hashes.sort();
  return { hashes, norm: Math.sqrt(dot(hashes, hashes)) };
}

function bagCosine(a: HashBag, b: HashBag): number {
  const product = dot(a.hashes, b.hashes);
  return product === 0 ? 0 : product / (a.norm * b.norm);
}

/** Sum over equal hashes of how often they stand in the one times how often in the other. */
function dot(a: Uint32Array, b: Uint32Array): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const key = a[i] as number;
    const other = b[j] as number;
    if (key < other) i++;
    else if (key > other) j++;
    else {
      const [startA, startB] = [i, j];
      while (a[i] === key) i++;
      while (b[j] === key) j++;
      sum += (i - startA) * (j - startB);
    }
  }
  return sum;
}
