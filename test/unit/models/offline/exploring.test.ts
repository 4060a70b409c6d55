import assert from 'node:assert/strict';
import { madeUpTools } from './madeUpTools.ts';
import { explore } from './world.ts';

describe('exploring with the offline sampler', () => {
  for (const made of madeUpTools) {
    it(`learns the convention of ${made.name}`, async () => {
      const trials = await explore(made, 20, 1);
      const fulfilled = new Set(trials.filter((trial) => trial.fulfilled).map(({ query }) => query));
      assert.ok(fulfilled.size >= 3, `${fulfilled.size} distinct fulfilled trials\n${summary(trials)}`);
      const failed = trials.flatMap(({ steps }) => steps).filter((step) => step.failure);
      assert.ok(failed.length > 0, 'failures are met, too');
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
