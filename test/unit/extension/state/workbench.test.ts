import assert from 'node:assert/strict';
import { Workbench } from '../../../../src/extension/state/workbench.ts';
import { run } from '../fakes.ts';

describe('The workbench', () => {
  it('takes a run that goes on for running at once, and one that has ended for ended', () => {
    const workbench = new Workbench();
    const error = { message: 'The model failed.', advice: 'Resume.' };
    workbench.hear([
      { type: 'run', run: run('cut', { status: 'stopped', endedAt: 5, error }) },
      { type: 'run', run: run('done', { status: 'finished', endedAt: 6 }) },
    ]);
    for (const id of ['cut', 'done', 'unknown']) workbench.own(id);
    assert.equal(workbench.run('cut')?.status, 'running');
    assert.equal(workbench.run('cut')?.error, null);
    assert.deepEqual(
      workbench.running.map(({ id }) => id),
      ['cut'],
    );
    assert.equal(workbench.run('done')?.status, 'finished');
    assert.equal(workbench.run('unknown'), undefined);
  });
});
