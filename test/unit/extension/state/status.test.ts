import assert from 'node:assert/strict';
import { statusOf } from '../../../../src/extension/state/status.ts';
import { Workbench } from '../../../../src/extension/state/workbench.ts';
import { run } from '../fakes.ts';

function bench(changes: Parameters<Workbench['set']>[0]): Workbench {
  const workbench = new Workbench();
  workbench.set({ link: 'ready', trusted: true, folders: 1, ...changes });
  return workbench;
}

describe('The status bar', () => {
  it('is not there without a folder, and before the engine is needed', () => {
    assert.equal(statusOf(bench({ folders: 0 })).visible, false);
    assert.equal(statusOf(bench({ link: 'asleep' })).visible, false);
  });

  it('says how far the run is; trials count as they come', () => {
    const workbench = bench({});
    workbench.hear([
      { type: 'run', run: run('r1', { counts: { trials: 11, examples: 1, failures: 0, lessons: 0 } }) },
    ]);
    const row = {
      id: 't',
      runId: 'r1',
      tool: 'x',
      episode: 1,
      trial: 1,
      query: 'q',
      outcome: 'fulfilled' as const,
      toolCalls: 2,
      failures: ['rejected' as const],
      example: true,
      startedAt: 0,
      ms: 1,
    };
    workbench.hear([{ type: 'trial', row }]);
    const status = statusOf(workbench);
    assert.equal(status.text, '$(sync~spin) Imaginarium: 12 of 60 trials');
    assert.equal(status.label, 'Imaginarium: 12 of 60 trials');
    assert.match(status.tooltip, /Exploring add_date with Model M: 12 trials, 2 examples, 1 failed call/);
  });

  it('puts what needs a person first', () => {
    const workbench = bench({ waitingApprovals: 2 });
    workbench.hear([{ type: 'run', run: run('r1') }]);
    assert.deepEqual(
      [statusOf(workbench).text, statusOf(workbench).tone],
      ['$(question) Imaginarium: 2 approvals waiting', 'warning'],
    );
    assert.equal(statusOf(bench({ link: 'away', waitingApprovals: 2 })).tone, 'error');
  });

  it('says when nothing is run, and why', () => {
    assert.match(statusOf(bench({ trusted: false })).tooltip, /Restricted Mode/);
    const workbench = bench({});
    const storeProblem = { message: 'The disk is full.', advice: 'Make room.' };
    workbench.setEngine(
      {
        version: '1',
        trusted: true,
        readOnly: false,
        storeProblem,
        runs: [run('r0', { status: 'stopped' })],
      },
      { version: 1, tools: 0, runnable: 0, sources: [] },
    );
    assert.deepEqual(
      [statusOf(workbench).tooltip, statusOf(workbench).tone],
      ['The disk is full. Make room.', 'warning'],
    );
  });
});
