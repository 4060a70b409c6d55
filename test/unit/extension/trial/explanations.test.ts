import assert from 'node:assert/strict';
import type { Outcome } from '../../../../src/core/trial.ts';
import { explanationAt } from '../../../../src/extension/trial/explanations.ts';
import { trialText } from '../../../../src/extension/trial/trialText.ts';
import { sampleTrial } from '../../../helpers/sampleTrial.ts';
import { around } from './trials.ts';

describe('What the words of a trial mean', () => {
  it('is said on the line where they stand, and nowhere else', () => {
    const trial = sampleTrial();
    const { text, sections } = trialText(trial, around);
    const lines = text.split('\n');
    const at = (begin: string): string | undefined => {
      const line = lines.findIndex((one) => one.trimStart().startsWith(begin));
      assert.ok(line >= 0, begin);
      return explanationAt(line, lines[line] ?? '', sections, trial.outcome);
    };
    assert.match(at('add_date') ?? '', /^The model got what the query asks for\. In a trial the model/);
    assert.match(at('Episode') ?? '', /one conversation/);
    assert.match(at('Step 1') ?? '', /^A step/);
    assert.match(at('← Observation') ?? '', /returned/);
    assert.match(at('Reflection') ?? '', /judges the trial/);
    for (const plain of ['Tool', 'Open', 'Which day', 'Details']) assert.equal(at(plain), undefined, plain);
  });

  it('differs with the outcome', () => {
    const { sections } = trialText(sampleTrial(), around);
    const outcomes: Outcome[] = ['fulfilled', 'unfulfilled', 'abandoned', 'error'];
    const said = outcomes.map((outcome) => explanationAt(0, 'add_date', sections, outcome));
    assert.equal(new Set(said).size, outcomes.length);
  });
});
