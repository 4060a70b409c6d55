/** Right specs with something changed at random, the same at every run. */
import type { Carrier } from './carriers.ts';
import type { HostileFile } from './texts.ts';

/** A small generator (mulberry32): the same numbers from the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const scraps = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\u0000',
  '\u202e',
  '\ud800',
  '/*',
  '//',
  '&a',
  '*a',
  '<<',
  '!!',
  '- ',
  '\t',
  '\n',
  '1e999',
  '-',
  'null',
  'true',
  '"__proto__": {}',
  '"$ref": "#"',
  '"type": ["object", 7]',
  '{"a":'.repeat(300),
  '"\\u',
  '%',
];

/** As many mutants of each carrier as are asked for. */
export function mutants(carriers: readonly Carrier[], each: number): HostileFile[] {
  const files: HostileFile[] = [];
  for (const [index, carrier] of carriers.entries()) {
    for (let count = 0; count < each; count++) {
      const pick = numbers(index * 1_000 + count);
      let text = carrier.text();
      for (let change = 0; change <= pick(4); change++) text = changed(text, pick);
      files.push({ carrier, what: `mutant ${count}`, bytes: Buffer.from(text), told: false });
    }
  }
  return files;
}

function changed(text: string, pick: (below: number) => number): string {
  const at = pick(text.length);
  const length = 1 + pick(12);
  switch (pick(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + scraps[pick(scraps.length)] + text.slice(at);
    case 2:
      return text.slice(0, at) + scraps[pick(scraps.length)] + text.slice(at + length);
    case 3:
      return text.slice(0, at) + text.slice(at, at + 60) + text.slice(at);
    case 4:
      return text.slice(0, at) + String.fromCharCode(pick(0x2100)) + text.slice(at + 1);
    default:
      return text.slice(0, Math.max(20, at));
  }
}
