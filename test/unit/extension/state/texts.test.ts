import assert from 'node:assert/strict';
import { approvalText, visible } from '../../../../src/extension/state/approvalText.ts';
import { endText, estimateText } from '../../../../src/extension/state/runTexts.ts';
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

  it('says before the start what it may cost and what will be asked', () => {
    const { question, detail } = estimateText(
      {
        tools: 2,
        trials: 120,
        modelCalls: 1500,
        tokens: 2_000_000,
        usd: 1.234,
        asksFor: [{ tool: 'a#drop', risk: 'destructive' }],
      },
      'gpt-x',
    );
    assert.equal(question, 'Explore 2 tools with gpt-x?');
    assert.match(detail, /120 trials, 1,500 model calls and 2,000,000 tokens\. About \$1\.23 at most\./);
    assert.match(detail, /asked before .* drop \(may destroy things\)/);
  });
});

describe('The question before a call', () => {
  it('names tool, risk and arguments', () => {
    const asked = {
      name: 'book_seat',
      risk: 'write' as const,
      arguments: { seat: 4 },
      scope: 'run' as const,
    };
    assert.deepEqual(approvalText(asked), {
      question: 'Run "book_seat" (may change things) with {"seat":4}?',
      allow: 'Allow for This Run',
    });
    assert.equal(approvalText({ ...asked, scope: 'call' }).allow, 'Allow This Call');
  });

  it('hides nothing: control, direction and zero-width characters are written out', () => {
    assert.equal(visible('a\u001b[2Kb\u202ec\u200bd\ne'), 'a\\u{1b}[2Kb\\u{202e}c\\u{200b}d\\u{a}e');
    assert.equal(visible('Zürich 東京 🚄'), 'Zürich 東京 🚄');
  });

  it('is cut in the middle, so that both ends are seen', () => {
    const shown = visible(`begin${'x'.repeat(5000)}end`);
    assert.ok(shown.length <= 310, String(shown.length));
    assert.match(shown, /^beginx+ … 4,?\d+ more … x+end$/);
  });
});
