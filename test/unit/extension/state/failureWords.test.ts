import assert from 'node:assert/strict';
import { failureTypes, type Outcome } from '../../../../src/core/trial.ts';
import { failureWord, outcomeIcon, outcomeWord } from '../../../../src/extension/state/failureWords.ts';

const outcomes: Outcome[] = ['fulfilled', 'unfulfilled', 'abandoned', 'error'];

describe('Words for failures and outcomes', () => {
  it('are short, differ, and are no ids', () => {
    const words = failureTypes.map(failureWord);
    assert.equal(new Set(words).size, failureTypes.length);
    for (const word of words) assert.match(word, /^[a-z]+( [a-z]+){0,4}$/);
  });

  it('each outcome has a word and an icon of its own', () => {
    assert.equal(new Set(outcomes.map(outcomeWord)).size, outcomes.length);
    assert.equal(new Set(outcomes.map(outcomeIcon)).size, outcomes.length);
  });
});
