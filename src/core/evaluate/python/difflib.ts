/** The likeness of texts as Python's `difflib` measures it; a text is a sequence of code points. */

/** From this length on, elements that make up more than a hundredth of the second sequence are too common to start from. */
const longSequence = 200;

/**
 * `get_close_matches(word, possibilities, 1, cutoff)`: the possibility that is likest to the word, of equally like ones the
 * last by code points. Null where none reaches the cutoff.
 */
export function closestMatch(word: string, possibilities: readonly string[], cutoff: number): string | null {
  const second = indexed([...word]);
  let best: { text: string; ratio: number } | null = null;
  for (const text of possibilities) {
    const ratio = ratioTo([...text], second);
    if (ratio < cutoff) continue;
    if (best === null || ratio > best.ratio || (ratio === best.ratio && isAfter(text, best.text))) {
      best = { text, ratio };
    }
  }
  return best?.text ?? null;
}

/** `SequenceMatcher(None, a, b).ratio()`. */
export function similarity(a: string, b: string): number {
  return ratioTo([...a], indexed([...b]));
}

interface Sequence {
  elements: readonly string[];
  /** Where each element stands; those that are too common are not in it. */
  places: ReadonlyMap<string, readonly number[]>;
}

function indexed(elements: readonly string[]): Sequence {
  const places = new Map<string, number[]>();
  elements.forEach((element, i) => {
    const known = places.get(element);
    if (known) known.push(i);
    else places.set(element, [i]);
  });
  if (elements.length >= longSequence) {
    const most = Math.floor(elements.length / 100) + 1;
    for (const [element, at] of places) if (at.length > most) places.delete(element);
  }
  return { elements, places };
}

/** Twice the matching elements by the elements of both. */
function ratioTo(a: readonly string[], b: Sequence): number {
  const length = a.length + b.elements.length;
  return length === 0 ? 1 : (2 * matchingElements(a, b)) / length;
}

/** The longest block that both have, and in turn those before and behind it. */
function matchingElements(a: readonly string[], b: Sequence): number {
  let matches = 0;
  const open: [number, number, number, number][] = [[0, a.length, 0, b.elements.length]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [aFrom, aTo, bFrom, bTo] = next;
    const { aAt, bAt, size } = longestMatch(a, b, next);
    if (size === 0) continue;
    matches += size;
    if (aFrom < aAt && bFrom < bAt) open.push([aFrom, aAt, bFrom, bAt]);
    if (aAt + size < aTo && bAt + size < bTo) open.push([aAt + size, aTo, bAt + size, bTo]);
  }
  return matches;
}

/** The longest block within the bounds; of several the first in a, and of those the first in b. */
function longestMatch(
  a: readonly string[],
  { elements: b, places }: Sequence,
  [aFrom, aTo, bFrom, bTo]: readonly [number, number, number, number],
): { aAt: number; bAt: number; size: number } {
  let aAt = aFrom;
  let bAt = bFrom;
  let size = 0;
  /** Length of the block that ends at this place of b and at the element of a before. */
  let lengths = new Map<number, number>();
  for (let i = aFrom; i < aTo; i++) {
    const longer = new Map<number, number>();
    for (const j of places.get(a[i] as string) ?? []) {
      if (j < bFrom) continue;
      if (j >= bTo) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      longer.set(j, length);
      if (length > size) {
        aAt = i - length + 1;
        bAt = j - length + 1;
        size = length;
      }
    }
    lengths = longer;
  }
  // Elements that were too common to start from belong to a block that they continue.
  while (aAt > aFrom && bAt > bFrom && a[aAt - 1] === b[bAt - 1]) {
    aAt--;
    bAt--;
    size++;
  }
  while (aAt + size < aTo && bAt + size < bTo && a[aAt + size] === b[bAt + size]) size++;
  return { aAt, bAt, size };
}

/** Whether a text comes after another by code points, which UTF-16 units do not order alike. */
function isAfter(text: string, other: string): boolean {
  const [one, two] = [[...text], [...other]];
  for (let i = 0; i < one.length && i < two.length; i++) {
    const difference = (one[i] as string).codePointAt(0) as number;
    const against = (two[i] as string).codePointAt(0) as number;
    if (difference !== against) return difference > against;
  }
  return one.length > two.length;
}
