import assert from 'node:assert/strict';
import { madeUpTools } from './madeUpTools.ts';
import { explore } from './world.ts';

describe('exploring with the offline sampler', () => {
  for (const made of madeUpTools) {
    it(`learns the convention of ${made.name}`, async () => {
      for (const seed of [1]) {
        const trials = await explore(made, 20, seed);
        const fulfilled = new Set(trials.filter((trial) => trial.fulfilled).map(({ query }) => query));
        assert.ok(
          fulfilled.size >= 3,
          `seed ${seed}: ${fulfilled.size} distinct fulfilled trials\n${summary(trials)}`,
        );
        const failed = trials.flatMap(({ steps }) => steps).filter((step) => step.failure);
        assert.ok(failed.length > 0, `seed ${seed}: failures are met, too`);
      }
    });
  }
});

function summary(trials: Awaited<ReturnType<typeof explore>>): string {
  return trials
    .map(({ query, steps, fulfilled, lesson }) =>
      [
        `${fulfilled ? 'Y' : 'n'} ${query}`,
        ...steps.map((step) => `    ${JSON.stringify(step.call?.arguments)} ${step.observation.content}`),
        `    = ${lesson}`,
      ].join('\n'),
    )
    .join('\n');
}
