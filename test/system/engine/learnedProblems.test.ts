import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../src/build/install.mjs';
import type { LearnedProblem } from '../../../src/engine/language/learnedProblems.ts';
import { eventually } from '../../helpers/eventually.ts';
import { type TestEngine, testEngine } from '../../helpers/testEngine.ts';

/** Tools that want more than their specs say, run for real by the sampler's calls. */
describe('Problems that trials have shown', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imaginarium-bookings-'));
  const manifest = join(folder, 'imaginarium.yaml');
  let test: TestEngine;

  before(async function () {
    this.timeout(60_000);
    cpSync(join(root, 'test/fixtures/workspaces/bookings'), folder, { recursive: true });
    test = await testEngine(folder, { defaultModel: 'offline' });
    const settings = { episodes: 6, trials: 3, stopRule: false };
    const { runId } = await test.engine.explore({ tools: [], settings, seed: 4 });
    await test.engine.finished(runId);
  });

  after(async () => {
    await test.engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const needed = (): LearnedProblem | undefined =>
    test.engine.specs.problems
      .list()
      .find(({ kind, argument }) => kind === 'needed' && argument === '/guests');

  it('are found while a run goes on, with real trials behind them', async () => {
    const problem = await eventually('the problem', needed);
    assert.match(
      problem.message,
      /^"guests" is documented as optional, but the tool refused all \d+ calls without it \(“guests is missing/,
    );
    for (const id of problem.trials) {
      const trial = await test.engine.learned.trial(id);
      assert.ok(
        trial?.steps.some(
          ({ call, observation }) =>
            call && !('guests' in call.arguments) && observation.status === 'rejected',
        ),
      );
    }
  });

  it('propose a change that is one line of the spec, and are gone with it', async () => {
    const { id } = await eventually('the problem', needed);
    const change = await test.engine.specs.change(id);
    assert.ok(change?.before !== null && change?.path === manifest);
    assert.equal(change.before, readFileSync(manifest, 'utf8'));
    assert.equal(change.after, change.before.replace('required: [date]', 'required: [date, guests]'));
    writeFileSync(manifest, change.after);
    await test.engine.refresh(manifest);
    await eventually('it is gone', () => !needed());
    assert.equal(await test.engine.specs.change(id), null);
    writeFileSync(manifest, change.before);
    await test.engine.refresh(manifest);
    await eventually('it is back with the spec that it is about', needed);
  });

  it('are dismissed for good, in a file for git that another engine reads', async () => {
    const { id } = await eventually('the problem', needed);
    assert.equal(await test.engine.specs.problems.dismiss(id), true);
    assert.equal(needed(), undefined);
    assert.equal(await test.engine.specs.problems.dismiss(id), false);
    const file = join(folder, '.imaginarium/dismissed.jsonl');
    const [line = '', ...rest] = readFileSync(file, 'utf8').split('\n');
    assert.deepEqual(rest, ['']);
    assert.equal(JSON.parse(line).id, id);
    await test.engine.dispose();

    test = await testEngine(folder, { defaultModel: 'offline' });
    test.engine.specs.problems.followOpen(() => [manifest, join(folder, 'functions.json')]);
    test.engine.specs.problems.look();
    // Once the problem of the other tool is shown, all were looked at.
    await eventually('another problem', () => test.engine.specs.problems.list().length > 0);
    assert.equal(needed(), undefined);

    // What a person takes out of the file comes back.
    rmSync(file);
    await test.engine.refresh(file);
    await eventually('it is back', needed);
  });

  it('are not read, and nothing is written, without trust', async () => {
    rmSync(join(folder, '.imaginarium/dismissed.jsonl'), { force: true });
    await test.engine.setTrusted(false);
    test.engine.specs.problems.look();
    await eventually('nothing is shown', () => test.engine.specs.problems.list().length === 0);
    assert.equal(await test.engine.specs.problems.dismiss('x'), false);
    assert.ok(!existsSync(join(folder, '.imaginarium/dismissed.jsonl')));
  });
});
