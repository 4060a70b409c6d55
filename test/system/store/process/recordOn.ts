/** Records trials one after another from where the log ends, flushing after each, and says what is safe; until it is killed. */
import { writeSync } from 'node:fs';
import { openStore } from '../../../../src/store/index.ts';
import { madeExample, madeRecord, madeRun } from '../../../bench/storeFixtures.ts';

// A function, since a CommonJS bundle has no `await` at its top.
async function main(): Promise<void> {
  const store = await openStore({ folder: process.argv[2] ?? '' });
  if (store.run('r1') === null) store.createRun(madeRun('r1'));
  writeSync(1, `open ${store.lastSeq()} ${store.recovered.runs.join()}\n`);
  for (let index = store.lastSeq(); ; index++) {
    const record = madeRecord('r1', index, 2);
    // Every trial brings an example, so that there is something to tear apart.
    store.recordTrial({ ...record, example: madeExample(record.trial) });
    writeSync(1, `recorded ${record.trial.id}\n`);
    await store.flushExamples();
    writeSync(1, `flushed ${record.trial.id}\n`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
