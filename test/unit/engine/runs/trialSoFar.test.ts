import assert from 'node:assert/strict';
import { TrialSoFar } from '../../../../src/engine/runs/trialSoFar.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';

const tool = sampleTool({ risk: 'write' });
const place = { runId: 'r', tool: tool.id, episode: 1, trial: 2 };
const call = { tool: tool.id, arguments: { date: 'x' } };
const ok = { status: 'ok' as const, content: 'done', ms: 1, truncated: false };

describe('a trial that is broken off after a call that may have changed something', () => {
  it('is kept with what is known of it: its query, the calls that ended, and the one that may have run', () => {
    const soFar = new TrialSoFar({ type: 'trialStarted', callFirst: false, ...place });
    soFar.follow({ type: 'imagined', query: 'too close', tooClose: true, ...place });
    soFar.follow({ type: 'imagined', query: 'Book it.', tooClose: false, ...place });
    soFar.follow({ type: 'called', step: 1, thought: 'first', call, ...place });
    soFar.follow({ type: 'observed', step: 1, observation: ok, failure: null, ...place });
    const unreadable = { type: 'malformed' as const, message: 'no call' };
    const unrun = { ...ok, status: 'not_run' as const };
    soFar.follow({ type: 'observed', step: 2, observation: unrun, failure: unreadable, ...place });
    soFar.follow({ type: 'called', step: 3, thought: 'again', call, ...place });

    const trial = soFar.interrupted({ tool, runSeed: 5 }, 'm');
    assert.equal(trial.outcome, 'error');
    assert.equal(trial.query, 'Book it.');
    assert.deepEqual(
      trial.steps.map(({ call: made, observation, failure }) => [
        made !== null,
        observation.status,
        failure?.type ?? null,
      ]),
      [
        [true, 'ok', null],
        [false, 'not_run', 'malformed'],
        [true, 'may_have_run', 'cancelled'],
      ],
    );
    assert.deepEqual([trial.episode, trial.trial, trial.messages], [1, 2, []]);
    assert.match(trial.error?.advice ?? '', /not made twice/);
  });
});
