/** Takes the explorer's lock, keeps it, and writes a trial now and then. */
import { setInterval } from 'node:timers';
import { openStore } from '../../../../src/store/index.ts';
import { madeRecord, madeRun } from '../../../bench/storeFixtures.ts';

// A function, since a CommonJS bundle has no `await` at its top.
async function main(): Promise<void> {
  const store = await openStore({ folder: process.argv[2] ?? '' });
  store.createRun(madeRun('held'));
  let index = 0;
  store.recordTrial(madeRecord('held', index++));
  console.log(`holding ${store.readOnly}`);
  setInterval(() => store.recordTrial(madeRecord('held', index++)), 1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
