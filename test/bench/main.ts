/**
 * `npm run bench [-- --json] [ROW…]`: measures, prints one table and writes it to `.cache/bench.json`; with `--json`
 * prints that instead. Exit code 1 when a row missed its mark, 2 for wrong use.
 *
 * `npm run bench -- experiment` is something else, without marks: see `experiment/main.ts`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../src/build/install.mjs';
import { ensureBundles } from './bundles.ts';
import { choose } from './choose.ts';
import { discovery } from './discovery.ts';
import { extension } from './extension.ts';
import { hover } from './hover.ts';
import { idle } from './idle.ts';
import { lint } from './lint.ts';
import { memory } from './memory.ts';
import { nearest } from './nearest.ts';
import { perCall } from './perCall.ts';
import { recall } from './recall.ts';
import { type Result, type Row, resultOf } from './row.ts';
import { table } from './table.ts';
import { trialLog } from './trialLog.ts';
import { wallTime } from './wallTime.ts';
import { windowTimes } from './windowTimes.ts';

const rows: Row[] = [
  wallTime,
  perCall,
  memory,
  trialLog,
  hover,
  nearest,
  choose,
  recall,
  lint,
  discovery,
  idle,
  extension,
  windowTimes,
];

/** The rows that are asked for, in their usual order; ends the process when there is no such row. */
function chosen(names: readonly string[]): Row[] {
  const unknown = names.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length > 0) {
    console.error(`There is no row "${unknown.join('", "')}".`);
    console.error(`These are the rows: ${rows.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  return names.length === 0 ? rows : rows.filter(({ name }) => names.includes(name));
}

/** Progress goes to standard error: standard output is the table, or the JSON. */
function tell(result: Result): void {
  console.error(`${result.ok ? 'ok    ' : 'MISSED'} ${result.name} (${result.seconds} s): ${result.what}`);
}

const given = process.argv.slice(2);
if (given.includes('experiment')) {
  const { experiment } = await import('./experiment/main.ts');
  process.exit(await experiment(given.filter((one) => one !== 'experiment')));
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const asked = chosen(positionals);
try {
  ensureBundles();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const results: Result[] = [];
// One after the other: each has the machine to itself.
for (const row of asked) {
  const result = await resultOf(row);
  tell(result);
  results.push(result);
}
const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpus: cpus().length,
};
const json = JSON.stringify({ at: new Date().toISOString(), ...machine, rows: results }, null, 2);
mkdirSync(join(root, '.cache'), { recursive: true });
writeFileSync(join(root, '.cache', 'bench.json'), `${json}\n`);
console.log(values.json ? json : `\n${table(results)}`);
// At once: a row that hung has left something that would keep this process alive, and all that was started ends with it.
process.exit(results.every(({ ok }) => ok) ? 0 : 1);
