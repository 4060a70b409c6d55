import assert from 'node:assert/strict';
import pc from 'picocolors';
import { runEnding } from '../../../src/cli/runReport.ts';
import { adaptivePreset } from '../../../src/core/settings.ts';
import type { RunSummary } from '../../../src/protocol/engine.ts';

const explore = 'imaginarium explore --workspace w';

describe('how a run ended', () => {
  it('says how to go on with it', () => {
    assert.deepEqual(last({ status: 'stopped' }), `Go on with: ${explore} --resume r1`);
    assert.match(last({ status: 'finished' }), /^Finished: /);
  });

  it('names a higher limit where the one it had is used up, since with the old one it would end at once', () => {
    assert.match(last({ status: 'budget' }), /--resume r1 --max-calls 80$/);
    const money = { modelCalls: 50, tokens: null, usd: 0.25 };
    assert.match(last({ status: 'budget', budget: money }), /--resume r1 --max-usd 0\.5$/);
    const none = { modelCalls: 0, tokens: null, usd: null };
    assert.match(last({ status: 'budget', budget: none }), /--max-calls 100$/);
  });

  it('leaves an unknown price unknown', () => {
    assert.match(
      ending({ status: 'stopped' })[0] ?? '',
      /40 model calls, 14 tokens, price not known; 2\.0 s\.$/,
    );
  });
});

function last(change: Partial<RunSummary>): string {
  return ending(change).at(-1) ?? '';
}

function ending(change: Partial<RunSummary>): string[] {
  return runEnding({ ...summary, ...change }, 2, pc.createColors(false), explore);
}

const summary: RunSummary = {
  id: 'r1',
  status: 'finished',
  tools: ['a#b'],
  settings: adaptivePreset,
  budget: { modelCalls: 40, tokens: null, usd: null },
  estimate: { tools: 1, trials: 8, modelCalls: 72, tokens: 1000, usd: null },
  model: { id: 'm', label: 'M', baseUrl: null, isLanguageModel: true },
  seed: 1,
  concurrency: 4,
  promptsDir: null,
  allowWrites: false,
  memoryUpTo: 0,
  startedAt: 1,
  endedAt: 2,
  usage: { modelCalls: 40, inputTokens: 8, cachedTokens: 7, outputTokens: 6, usd: null },
  error: null,
  counts: { trials: 5, examples: 4, failures: 3, lessons: 2 },
  planned: 8,
};
