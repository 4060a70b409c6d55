/** Runs inside the extension host: all test files of one suite folder, by mocha. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import Reporter from '../helpers/mocha/reporter.ts';

/** Called by VS Code. Rejects when a test failed or there was none. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const files = globSync('*.test.cjs', { cwd: __dirname }).sort();
  // The window's console carries much beside the report; the mark tells the two apart.
  const mark = process.env.IMAGINARIUM_TEST_MARK ?? '';
  Mocha.reporters.Base.consoleLog = (...args) => console.log(mark + format(...args));
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: Reporter,
    color: process.env.IMAGINARIUM_TEST_COLOR === '1',
    timeout: 20_000,
    forbidOnly: true,
    forbidPending: true,
    failZero: true,
  });
  for (const file of files) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (mocha.suite.total() === 0) {
    Mocha.reporters.Base.consoleLog('  The suite has no tests.');
    throw new Error('The suite has no tests.');
  }
  if (failures > 0) throw new Error(`${failures} failed.`);
}
