/** Opens a store as the user nobody and says what came of it. */
import { UserError } from '../../../../src/core/errors.ts';
import { openStore } from '../../../../src/store/index.ts';
import { madeRun } from '../../../bench/storeFixtures.ts';

// A function, since a CommonJS bundle has no `await` at its top.
async function main(): Promise<void> {
  process.setgid?.(65534);
  process.setuid?.(65534);
  try {
    const store = await openStore({ folder: process.argv[2] ?? '' });
    const { rows } = store.trials({ limit: 10 });
    console.log(`opened readOnly=${store.readOnly} trials=${rows.length} write=${writeProblem(store)}`);
    await store.close();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.log(`rejected ${error.message} | ${error.advice}`);
  }
}

function writeProblem(store: Awaited<ReturnType<typeof openStore>>): string {
  try {
    store.createRun(madeRun('r9'));
    return 'none';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
