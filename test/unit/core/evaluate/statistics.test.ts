import assert from 'node:assert/strict';
import { mcnemar, pairedDifference, wilson } from '../../../../src/core/evaluate/statistics.ts';
import { seededRandom } from '../../../../src/core/random.ts';

/** A paired table: both right, only before, only after, neither. */
function pairs(both: number, before: number, after: number, neither: number) {
  const some = (count: number, pair: { before: number; after: number }) =>
    Array.from({ length: count }, () => pair);
  return [
    ...some(both, { before: 1, after: 1 }),
    ...some(before, { before: 1, after: 0 }),
    ...some(after, { before: 0, after: 1 }),
    ...some(neither, { before: 0, after: 0 }),
  ];
}

function near(found: number, expected: number, within = 5e-4): void {
  assert.ok(Math.abs(found - expected) <= within, `${found} is not ${expected}`);
}

describe("Wilson's interval", () => {
  it("gives Newcombe's published values", () => {
    // Table I of Newcombe 1998 (single proportion), method 3.
    for (const [right, n, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      near(wilson(right / n, n).low, low, 5e-5);
      near(wilson(right / n, n).high, high, 5e-5);
    }
  });

  it('says nothing where nothing was asked', () => {
    assert.deepEqual(wilson(0, 0), { low: 0, high: 1 });
  });
});

describe('The difference of paired shares', () => {
  it('gives published values', () => {
    // Bentur et al. 2009, as in Fagerland, Lydersen and Laake 2014: 1, 1, 7, 12; they subtract the other way round.
    const bentur = pairedDifference(pairs(1, 1, 7, 12));
    near(bentur.difference, 0.286);
    near(bentur.low, 0.026);
    near(bentur.high, 0.507);
    // Altman et al. 2000, table 6.2: 14, 5, 0, 22.
    const altman = pairedDifference(pairs(14, 5, 0, 22));
    near(altman.difference, -0.122);
    near(altman.low, -0.226);
    near(altman.high, -0.011);
  });

  it('is no point where all agree, and never leaves its range', () => {
    const same = pairedDifference(pairs(3, 0, 0, 0));
    assert.equal(same.difference, 0);
    assert.ok(same.low < -0.2 && same.high > 0.2);
    const all = pairedDifference(pairs(0, 0, 4, 0));
    assert.equal(all.difference, 1);
    assert.ok(all.low > 0 && all.low < 0.5);
    assert.equal(all.high, 1);
    assert.deepEqual(pairedDifference([]), { difference: 0, low: -1, high: 1 });
  });

  it('covers the truth in about 95 of 100 samples', () => {
    const random = seededRandom(5);
    let covered = 0;
    const samples = 2000;
    for (let sample = 0; sample < samples; sample++) {
      const drawn = Array.from({ length: 40 }, () => {
        const before = random.next() < 0.4 ? 1 : 0;
        return { before, after: random.next() < (before ? 0.9 : 0.35) ? 1 : 0 };
      });
      const { low, high } = pairedDifference(drawn);
      const truth = 0.4 * 0.9 + 0.6 * 0.35 - 0.4;
      if (low <= truth && truth <= high) covered += 1;
    }
    assert.ok(covered / samples > 0.93 && covered / samples < 0.985, String(covered / samples));
  });

  it('takes means over repeats as they are', () => {
    const { difference, low, high } = pairedDifference([
      { before: 0.5, after: 1 },
      { before: 0, after: 0.5 },
      { before: 1, after: 1 },
    ]);
    near(difference, 1 / 3, 1e-9);
    assert.ok(low < difference && difference < high);
  });
});

describe("McNemar's exact test", () => {
  it('gives the values of the binomial distribution', () => {
    assert.equal(mcnemar(0, 0), 1);
    near(mcnemar(6, 0), 0.03125, 1e-12);
    near(mcnemar(0, 6), 0.03125, 1e-12);
    near(mcnemar(9, 1), 0.021484375, 1e-12);
    near(mcnemar(10, 2), 158 / 4096, 1e-12);
    near(mcnemar(5, 5), 1, 1e-12);
    // Where 2 ** -n is no number any more.
    near(mcnemar(1000, 1000), 1, 1e-9);
    assert.ok(mcnemar(1200, 1000) < 0.0001 && mcnemar(1200, 1000) > 0.00001);
  });
});
