/**
 * The one mapping of foreign names to names that every provider takes: `^[a-zA-Z0-9_-]{1,64}$`, unique, and reversible.
 * A legal name keeps itself. Another is written with the letters it can be written with; where two would be the same, or
 * one is too long, a hash of the whole name tells them apart. So a name depends on how it is written and on what it
 * collides with, never on the order in which tools are found; only of a name that stands twice the first keeps it.
 */
import { createHash } from 'node:crypto';

/** Names in both directions, in the order in which they were given. */
export interface NameMap {
  /** One for each name that was given. */
  shown: readonly string[];
  /** The position of a shown name, which leads back to what is written. */
  indexOf(shown: string): number | undefined;
}

const longest = 64;
const hashLength = 8;
const legal = /^[a-zA-Z0-9_-]{1,64}$/;

/** Whether a name can be shown to a model as it is. */
export function isLegalName(name: string): boolean {
  // Where a name becomes a key, this one becomes a prototype.
  return legal.test(name) && name !== '__proto__';
}

/** Legal, unique names for these, one each. */
export function nameMap(written: readonly string[]): NameMap {
  const repeats = new Map<string, number>();
  const keys = written.map((name) => {
    const count = (repeats.get(name) ?? 0) + 1;
    repeats.set(name, count);
    return count === 1 ? name : `${name}~${count}`;
  });
  const positions = new Map<string, number>();
  const shown: string[] = [];
  const take = (index: number, name: string): void => {
    shown[index] = name;
    positions.set(name, index);
  };
  for (const [index, key] of keys.entries()) if (isLegalName(key)) take(index, key);

  const readable = keys.map((key) => (isLegalName(key) ? key : readableName(key)));
  const claims = new Map<string, number>();
  for (const name of readable) claims.set(name, (claims.get(name) ?? 0) + 1);
  for (const [index, key] of keys.entries()) {
    if (shown[index] !== undefined) continue;
    const name = readable[index] as string;
    const isFree = name !== '' && name.length <= longest && claims.get(name) === 1 && !positions.has(name);
    take(index, isFree ? name : hashedName(name, key, positions));
  }
  return { shown, indexOf: (name) => positions.get(name) };
}

/** The name with what may not stand in it left out, accents included; empty when nothing is left. */
function readableName(written: string): string {
  return written
    .slice(0, 1000)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-zA-Z0-9_-]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

function hashedName(readable: string, written: string, taken: ReadonlyMap<string, number>): string {
  for (let round = 0; ; round++) {
    const seed = round === 0 ? written : `${written}~${round}`;
    const hash = createHash('sha256').update(seed).digest('hex').slice(0, hashLength);
    const start = (readable === '' ? 'tool' : readable).slice(0, longest - hashLength - 1);
    const name = `${start.replace(/_+$/, '')}_${hash}`;
    if (!taken.has(name)) return name;
  }
}
