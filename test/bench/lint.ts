/** Time and memory of the linter over a large file of training data. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundles.ts';
import { memoryOf } from './processUse.ts';
import type { Row } from './row.ts';

const size = 200 * 1024 * 1024;
const golden = fileURLToPath(new URL('../fixtures/training/openai.jsonl', import.meta.url));

export const lint: Row = {
  name: 'lint',
  what: 'memory of imaginarium lint over 200 MB of training data',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'imaginarium-bench-lint-'));
    try {
      const path = join(folder, 'train.jsonl');
      const rows = await writeRows(path);
      const started = performance.now();
      const { output, peak } = await lintAndWatch(path);
      const seconds = (performance.now() - started) / 1000;
      const last = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as { rows: number; errors: number };
      if (last.rows !== rows || last.errors > 0)
        throw new Error(`${rows} right rows were read as ${last.rows} with ${last.errors} errors.`);
      return {
        figures: [{ what: '', value: peak, unit: 'MB', limit: 256 }],
        note: `${rows} rows in ${seconds.toFixed(1)} s, ${(size / 1024 / 1024 / seconds).toFixed(0)} MB/s`,
        details: { rows, seconds },
      };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** Rows that are all different; how many. */
async function writeRows(path: string): Promise<number> {
  const texts = readFileSync(golden, 'utf8').trimEnd().split('\n');
  const out = createWriteStream(path);
  let written = 0;
  let rows = 0;
  for (; written < size; rows += 1) {
    const row = texts[rows % texts.length]?.replace('"content":"', `"content":"${rows}: `) ?? '';
    written += row.length + 1;
    if (!out.write(`${row}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return rows;
}

async function lintAndWatch(path: string): Promise<{ output: string; peak: number }> {
  const child = spawn(process.execPath, [bundle('cli'), 'lint', '--json', '--most', '1', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  let peak = 0;
  const watch = setInterval(() => {
    try {
      const { rss, peak: highest } = memoryOf(child.pid ?? 0);
      peak = Math.max(peak, highest ?? rss);
    } catch {
      // It has just ended.
    }
  }, 200);
  try {
    await once(child, 'close');
  } finally {
    clearInterval(watch);
  }
  return { output, peak };
}
