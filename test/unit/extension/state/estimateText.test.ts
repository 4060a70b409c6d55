import assert from 'node:assert/strict';
import { estimateText } from '../../../../src/extension/state/estimateText.ts';
import { estimate } from '../fakes.ts';

const model = { name: 'gpt-x', isSampler: false };
const sampler = { name: 'offline', isSampler: true };

describe('The estimate before a run', () => {
  it('says what it may take, what it may cost and what will be asked', () => {
    const { question, detail } = estimateText(
      estimate({
        tools: 2,
        trials: 120,
        modelCalls: 1500,
        tokens: 2_000_000,
        usd: 1.234,
        asksFor: [{ tool: 'a#drop', risk: 'destructive' }],
      }),
      model,
      null,
    );
    assert.equal(question, 'Explore 2 tools with gpt-x?');
    assert.match(detail, /120 trials, 1,500 model calls and 2,000,000 tokens, for about \$1\.23\./);
    assert.match(detail, /asked before .* drop \(may destroy things\)\./);
  });

  it('names a tool that is alone, and says when nothing asks and nobody knows the price', () => {
    const { question, detail } = estimateText(estimate(), model, 'add_date');
    assert.equal(question, 'Explore add_date with gpt-x?');
    assert.match(detail, /price of this model is not known/);
    assert.match(detail, /this tool only reads/);
    const cheap = estimateText(estimate({ usd: 0.0004 }), model, null);
    assert.match(cheap.detail, /for about less than \$0\.01|less than \$0\.01/);
  });

  it('calls the sampler a demonstration that costs nothing', () => {
    const { question, detail } = estimateText(estimate({ usd: 0 }), sampler, null);
    assert.equal(question, 'Explore 1 tool with the offline sampler?');
    assert.match(detail, /^A demonstration: .*no evidence/);
    assert.match(detail, /At most 60 trials\. It is usually far less: .* It costs nothing\./);
  });

  it('names eight of many tools that ask, and three of those that are left out', () => {
    const asksFor = Array.from({ length: 40 }, (_, i) => ({ tool: `f#t${i}`, risk: 'write' as const }));
    const leftOut = Array.from({ length: 5 }, (_, i) => `"x${i}" is left out: no runner.`);
    const { detail } = estimateText(estimate({ asksFor, leftOut }), model, null);
    assert.match(detail, /t7 \(may change things\) and 32 more\./);
    assert.ok(!detail.includes('t8 '));
    assert.match(detail, /5 tools cannot be run\.\n"x0" .*\n"x1" .*\n"x2" .*\nThe view Tools says why/);
  });

  it('says which limits hold', () => {
    const budget = { modelCalls: 500, tokens: null, usd: 2 };
    assert.match(
      estimateText(estimate({ budget }), model, null).detail,
      /stops at its limit: 500 model calls, \$2\.00\./,
    );
  });

  it('says what is simulated, that it costs model calls, and that nothing asks', () => {
    const one = estimateText(estimate({ simulated: 1 }), model, 'x').detail;
    assert.match(
      one,
      /Simulated: the model plays this tool\. The calls it answers are model calls, counted above\./,
    );
    assert.match(one, /no evidence about the real tools/);
    assert.match(one, /nothing is really called/);
    const some = estimateText(estimate({ tools: 3, simulated: 2 }), model, null).detail;
    assert.match(some, /the model plays 2 of these tools/);
    assert.match(some, /the other tools only read/);
    const free = estimateText(estimate({ tools: 2, simulated: 2, usd: 0 }), sampler, null).detail;
    assert.match(free, /the model plays these tools\. What it says/);
    assert.doesNotMatch(estimateText(estimate(), model, null).detail, /imulated/);
  });
});
