import assert from 'node:assert/strict';
import { adaptivePreset, paperPreset } from '../../../../src/core/settings.ts';
import { WrongRequest } from '../../../../src/engine/errors.ts';
import { budgetOfRun, raisedBudget } from '../../../../src/engine/runs/budgetOfRun.ts';
import { concurrencyOf, exploreSettings } from '../../../../src/engine/runs/settings.ts';

const unset = { preset: null, protocol: null, episodes: null, trials: null, turns: null };

describe('settings of a run', () => {
  it('are the adaptive preset when nobody says anything', () => {
    assert.deepEqual(exploreSettings(undefined, unset), adaptivePreset);
  });

  it('are what the request says, else what the person has set, else the preset', () => {
    const person = { ...unset, preset: 'paper' as const, episodes: 3, trials: 2 };
    assert.deepEqual(exploreSettings({ episodes: 5 }, person), { ...paperPreset, episodes: 5, trials: 2 });
    assert.equal(exploreSettings({ preset: 'adaptive' }, person).preset, 'adaptive');
    assert.equal(exploreSettings({ lessonsInMemory: false }, unset).lessonsInMemory, false);
  });

  it('paper goes with react alone: a request for tools is refused, a setting made for other runs is not', () => {
    assert.throws(() => exploreSettings({ preset: 'paper', protocol: 'tools' }, unset), {
      name: 'WrongRequest',
      message: /cannot use the protocol "tools": the paper tells the model of tools as text/,
    });
    assert.equal(exploreSettings({ preset: 'paper' }, { ...unset, protocol: 'tools' }).protocol, 'react');
    assert.equal(exploreSettings(undefined, { ...unset, protocol: 'react' }).protocol, 'react');
  });

  it('are refused out of range', () => {
    for (const wrong of [
      { episodes: 0 },
      { trials: 101 },
      { turns: 1.5 },
      { temperature: -1 },
      { siblings: 99 },
    ]) {
      assert.throws(() => exploreSettings(wrong, unset), WrongRequest, JSON.stringify(wrong));
    }
    for (const wrong of [0, 65, 1.5, Number.NaN]) {
      assert.throws(() => concurrencyOf(wrong, null), WrongRequest, String(wrong));
    }
    assert.equal(concurrencyOf(undefined, null), 4);
    assert.equal(concurrencyOf(undefined, 7), 7);
    assert.equal(concurrencyOf(1, 7), 1);
  });
});

describe('the budget of a run', () => {
  const person = { maxCalls: 100, maxUsd: null };
  const sources = [
    { modelCalls: 50, usd: 2 },
    { usd: 3, tokens: 1000 },
  ];

  it('is the lowest of what was set, where nothing is asked for', () => {
    assert.deepEqual(budgetOfRun(undefined, person, sources), { modelCalls: 50, tokens: 1000, usd: 2 });
    assert.deepEqual(budgetOfRun({}, { maxCalls: null, maxUsd: null }, []), {
      modelCalls: null,
      tokens: null,
      usd: null,
    });
  });

  it('is what is asked for, also when that is more, or no limit', () => {
    assert.deepEqual(budgetOfRun({ modelCalls: 500, tokens: null }, person, sources), {
      modelCalls: 500,
      tokens: null,
      usd: 2,
    });
  });

  it('of a run that goes on becomes higher with what holds now, never lower, and is not lifted', () => {
    const before = { modelCalls: 10, tokens: 500, usd: null };
    const now = (modelCalls: number | null) => ({ modelCalls, tokens: 100, usd: 3 });
    assert.deepEqual(raisedBudget(before, now(40)), { modelCalls: 40, tokens: 500, usd: null });
    assert.deepEqual(raisedBudget(before, now(4)), before);
    assert.deepEqual(raisedBudget(before, now(null)), before);
  });

  it('is refused when it is no number', () => {
    assert.throws(() => budgetOfRun({ usd: -1 }, person, []), WrongRequest);
    assert.throws(() => budgetOfRun({ modelCalls: Number.NaN }, person, []), WrongRequest);
  });
});
