/**
 * Mocha's own `spec`, which also adds its counts as one JSON line to the file that `IMAGINARIUM_TEST_COUNTS` names: so
 * `npm test` can sum over all suites without reading terminal output.
 */
import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';

export default class Reporter extends Mocha.reporters.Spec {
  override done = (failures: number, finished?: (failures: number) => void): void => {
    const path = process.env.IMAGINARIUM_TEST_COUNTS;
    const counts = { passed: this.stats.passes, failed: this.stats.failures };
    if (path) appendFileSync(path, `${JSON.stringify(counts)}\n`);
    finished?.(failures);
  };
}
