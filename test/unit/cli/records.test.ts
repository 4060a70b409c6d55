import assert from 'node:assert/strict';
import { runFinished, runStarted, trialFinished } from '../../../src/cli/exploreRecords.ts';
import { trialRecord } from '../../../src/cli/trialRecord.ts';
import { adaptivePreset } from '../../../src/core/settings.ts';
import type { RunSummary } from '../../../src/protocol/engine.ts';
import { sampleTrial } from '../../helpers/sampleTrial.ts';

const estimate = { tools: 1, trials: 8, modelCalls: 40, tokens: 1000, usd: null };

describe('records that scripts read', () => {
  it('run.started', () => {
    assert.deepEqual(runStarted('r1', ['a#b'], estimate), {
      event: 'run.started',
      runId: 'r1',
      tools: ['a#b'],
      estimate,
    });
  });

  it('trial.finished', () => {
    const row = {
      id: 't1',
      runId: 'r1',
      tool: 'a#b',
      episode: 2,
      trial: 3,
      query: 'private',
      outcome: 'fulfilled' as const,
      toolCalls: 4,
      failures: ['rejected' as const],
      example: true,
      startedAt: 5,
      ms: 6,
    };
    assert.deepEqual(trialFinished(row), {
      event: 'trial.finished',
      runId: 'r1',
      tool: 'a#b',
      trialId: 't1',
      episode: 2,
      trial: 3,
      outcome: 'fulfilled',
      toolCalls: 4,
      failures: ['rejected'],
      example: true,
      simulated: false,
    });
    assert.equal(trialFinished({ ...row, simulated: true }).simulated, true);
  });

  it('run.finished', () => {
    const usage = { modelCalls: 9, inputTokens: 8, cachedTokens: 7, outputTokens: 6, usd: null };
    const summary: RunSummary = {
      id: 'r1',
      status: 'budget',
      tools: ['a#b'],
      settings: adaptivePreset,
      budget: { modelCalls: 9, tokens: null, usd: null },
      estimate,
      model: { id: 'm', label: 'M', baseUrl: null, isLanguageModel: true },
      seed: 1,
      concurrency: 4,
      promptsDir: null,
      allowWrites: false,
      memoryUpTo: 0,
      startedAt: 1,
      endedAt: 2,
      usage,
      error: null,
      counts: { trials: 5, examples: 4, failures: 3, lessons: 2 },
      planned: 8,
    };
    assert.deepEqual(runFinished(summary, 1.5), {
      event: 'run.finished',
      runId: 'r1',
      status: 'budget',
      trials: 5,
      examples: 4,
      failures: 3,
      lessons: 2,
      simulated: 0,
      usage,
      seconds: 1.5,
    });
  });

  it('a trial', () => {
    const failure = { type: 'rejected' as const, message: 'no', argument: '/unit' };
    const trial = sampleTrial({
      steps: [
        {
          thought: 'try',
          call: { tool: 'a#b', arguments: { unit: 'mi' } },
          observation: { status: 'rejected', content: 'no', ms: 3, truncated: false },
          failure,
          failures: [failure],
        },
        {
          thought: '',
          call: null,
          observation: { status: 'not_run', content: 'unreadable', ms: 0, truncated: false },
          failure: { type: 'malformed', message: 'unreadable' },
          failures: [{ type: 'malformed', message: 'unreadable' }],
        },
      ],
      reflection: { text: 'No', claimed: false, fulfilled: false },
      answer: 'It cannot be done.',
    });
    assert.deepEqual(trialRecord(trial), {
      trialId: trial.id,
      runId: trial.runId,
      tool: trial.tool,
      episode: 1,
      trial: 1,
      query: trial.query,
      outcome: trial.outcome,
      simulated: false,
      steps: [
        {
          thought: 'try',
          call: { tool: 'a#b', arguments: { unit: 'mi' } },
          observation: { status: 'rejected', content: 'no', ms: 3, truncated: false },
          failure,
        },
        {
          thought: '',
          call: null,
          observation: { status: 'not_run', content: 'unreadable', ms: 0, truncated: false },
          failure: { type: 'malformed', message: 'unreadable' },
        },
      ],
      reflection: { text: 'No', claimed: false, fulfilled: false },
      answer: 'It cannot be done.',
      model: trial.model,
    });
  });
});
