// `npm test`: every check in order, each with its time. Runs on any Node that npm runs on.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureGit } from './git.mjs';
import { ensureInstalled, run } from './install.mjs';

const checks = [
  'typecheck',
  'lint',
  'format:check',
  'check:manifest',
  'test:unit',
  'test:system',
  'test:page',
  'test:integration',
  'test:package',
  'test:e2e',
];

ensureInstalled();
ensureGit();
const scratch = mkdtempSync(join(tmpdir(), 'imaginarium-test-'));
/** @type {{ check: string, ok: boolean, passed: number, failed: number, seconds: number }[]} */
const results = [];
try {
  for (const check of checks) {
    console.log(`\n── ${check}`);
    const started = Date.now();
    const counts = join(scratch, check.replace(':', '-'));
    const code = await run('npm', ['run', '--silent', check], { IMAGINARIUM_TEST_COUNTS: counts });
    const seconds = (Date.now() - started) / 1000;
    results.push({ check, ok: code === 0, seconds, ...count(counts, code === 0) });
    if (code >= 129) break;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

console.log('');
for (const { check, ok, passed, failed, seconds } of results) {
  const tests = `${passed} passed, ${failed} failed`;
  console.log(
    `${ok ? 'ok    ' : 'FAILED'} ${check.padEnd(18)} ${seconds.toFixed(1).padStart(6)} s   ${tests}`,
  );
}
const sum = (/** @type {'passed' | 'failed'} */ key) => results.reduce((all, result) => all + result[key], 0);
const complete = results.length === checks.length && results.every((result) => result.ok);
process.exitCode = complete ? 0 : 1;
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);

/**
 * What the mocha runs of a check wrote down. A check without tests of its own counts as one test, and one that failed
 * without a failed test (a crash, an empty suite) as one failure more.
 *
 * @param {string} path
 * @param {boolean} ok
 */
function count(path, ok) {
  let passed = 0;
  let failed = 0;
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    passed = ok ? 1 : 0;
  }
  for (const line of text.split('\n').filter(Boolean)) {
    const run = JSON.parse(line);
    passed += run.passed;
    failed += run.failed;
  }
  if (!ok && failed === 0) failed = 1;
  return { passed, failed };
}
