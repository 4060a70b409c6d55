import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { experiment } from '../../bench/experiment/main.ts';
import { variants } from '../../bench/experiment/variants.ts';

describe('The experiment', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'imaginarium-bench-'));
  after(() => rmSync(folder, { recursive: true }));

  async function run(...args: string[]): Promise<{ code: number; out: string; said: string }> {
    const result = { out: '', said: '' };
    const code = await experiment(args, {
      out: (text) => {
        result.out += text;
      },
      say: (line) => {
        result.said += `${line}\n`;
      },
      folder,
    });
    return { code, ...result };
  }

  it('has a variant for each part, and says what is wrong with its arguments', async () => {
    assert.equal(variants.length, 11);
    assert.equal((await run('--only', 'nobody')).code, 2);
    assert.match((await run('--only', 'nobody')).said, /There is no variant "nobody"/);
    assert.equal((await run('--seeds', '0')).code, 2);
    assert.equal((await run('--fast')).code, 2);
  });

  it('goes through the whole loop, however small, and prints its table', async () => {
    const small = ['--seeds', '1', '--runs', '1', '--episodes', '1', '--trials', '1', '--paraphrases', '2'];
    const { code, out, said } = await run(
      '--only',
      'adaptive',
      ...small,
      '--questions',
      '4',
      '--abstentions',
      '0',
    );
    assert.equal(code, 0, said);
    assert.match(out, /shows the mechanism and says nothing about real models/);
    assert.match(out, /^4 held-out questions/m);
    assert.match(out, /^adaptive +12 /m);
    const kept = JSON.parse(readFileSync(join(folder, 'experiment.json'), 'utf8')) as {
      rows: { correct: Record<string, { share: number }> }[];
    };
    const { correct = {} } = kept.rows[0] ?? {};
    assert.deepEqual(Object.keys(correct), ['zero-shot', 'examples', 'lessons', 'both']);
  });
});
