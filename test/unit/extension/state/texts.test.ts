import assert from 'node:assert/strict';
import { endText } from '../../../../src/extension/state/runTexts.ts';
import { run } from '../fakes.ts';

const counts = { trials: 24, examples: 9, failures: 1, lessons: 0 };

describe('What is said of a run', () => {
  it('names the tool and the counts, and offers to go on where that is possible', () => {
    assert.deepEqual(endText(run('r', { status: 'finished', counts })), {
      severity: 'info',
      text: 'Explored add_date: 24 trials, 9 examples, 1 failed call, 0 lessons.',
      resumable: false,
    });
    for (const status of ['stopped', 'budget', 'interrupted'] as const) {
      assert.ok(endText(run('r', { status, counts })).resumable, status);
    }
    assert.match(endText(run('r', { status: 'budget', counts })).text, /Raise the limit in the settings/);
    const error = { message: 'The key was refused.', advice: 'Set another.' };
    const failed = endText(run('r', { status: 'failed', counts, error }));
    assert.deepEqual([failed.severity, failed.resumable], ['error', true]);
    assert.match(failed.text, /The key was refused\. Set another\./);
  });

  it('calls the sampler what it is', () => {
    const model = {
      id: 'offline',
      label: 'Offline sampler (no language model)',
      baseUrl: null,
      isLanguageModel: false,
    };
    const end = endText(run('r', { status: 'finished', tools: ['a#x', 'a#y'], counts, model }));
    assert.match(
      end.text,
      /^Explored 2 tools: .*lessons\. .*offline sampler, no language model.*demonstration\.$/,
    );
  });
});
