import assert from 'node:assert/strict';
import { inEpisodes } from '../../../../src/extension/commands/changeBudget.ts';
import { exploreAllTools, exploreTool } from '../../../../src/extension/commands/explore.ts';
import { type ExploreParams, engine } from '../../../../src/protocol/engine.ts';
import { estimate } from '../fakes.ts';
import { asked, type Played, play, type Script } from './person.ts';

const model = { settings: { model: 'gpt-x' } };

/** Change one limit, then start. */
async function change(row: string, typed: string, script: Script = {}): Promise<Played> {
  const played = await play({
    ...model,
    decides: ['Change Budget…', 'Start'],
    picks: { 'Change Budget': row },
    types: { [row]: typed },
    ...script,
  });
  const usd = 3;
  played.client().answers[engine.estimate.method] = (params) => {
    const { budget } = params as ExploreParams;
    return estimate({ usd, budget: { modelCalls: null, tokens: null, usd: null, ...budget } });
  };
  await exploreAllTools(played.around);
  return played;
}

describe('Before a run', () => {
  it('what it may take is shown, with the sampler too, and it starts on Start alone', async () => {
    for (const name of ['gpt-x', 'offline']) {
      const no = await play({ settings: { model: name } });
      await exploreAllTools(no.around);
      assert.equal(no.questions.length, 1);
      assert.match(no.details[0] ?? '', /At most 60 trials/);
      assert.deepEqual(asked(no, engine.explore), []);
      const yes = await play({ settings: { model: name }, decides: ['Start'] });
      await exploreTool(yes.around, { toolId: 'imaginarium.yaml#a' });
      assert.deepEqual(asked(yes, engine.explore), [{ tools: ['imaginarium.yaml#a'], model: name }]);
    }
  });

  it('limits can be changed for this run, and the new estimate is shown', async () => {
    const calls = await change('Model calls', '500');
    const started = { tools: [], model: 'gpt-x', budget: { modelCalls: 500 } };
    assert.deepEqual(asked(calls, engine.explore), [started]);
    assert.match(calls.details[1] ?? '', /stops at its limit: 500 model calls\./);
    assert.deepEqual(calls.wrote, []);
    const money = await change('US dollars', '2,5');
    assert.deepEqual(asked(money, engine.explore), [{ ...started, budget: { usd: 2.5 } }]);
    const none = await change('Tokens', ' ');
    assert.deepEqual(asked(none, engine.explore), [{ ...started, budget: { tokens: null } }]);
    const trials = await change('Trials per tool', '10');
    const settings = { episodes: 2, trials: 4 };
    assert.deepEqual(asked(trials, engine.explore), [{ tools: [], model: 'gpt-x', settings }]);
  });

  it('what is no limit is refused as it is typed', async () => {
    for (const bad of ['0', '-1', '1.5', 'many', '1e3']) {
      await assert.rejects(change('Model calls', bad), /whole number above zero/, bad);
      await assert.rejects(change('Trials per tool', bad), /whole number above zero/, bad);
    }
    await assert.rejects(change('Trials per tool', '4001'), /At most 4,000/);
    for (const bad of ['0', '1.555', '$2'])
      await assert.rejects(change('US dollars', bad), /above zero/, bad);
  });

  it('money is a limit only where the price is known', async () => {
    const played = await play({ ...model, decides: ['Change Budget…'] });
    await exploreAllTools(played.around);
    assert.deepEqual(
      played.shown.at(-1)?.map(({ label }) => label),
      ['Trials per tool', 'Model calls', 'Tokens'],
    );
  });

  it('who goes away from the limits is asked again with those that held', async () => {
    const played = await play({ ...model, decides: ['Change Budget…', 'Start'] });
    await exploreAllTools(played.around);
    assert.equal(played.questions.length, 2);
    assert.deepEqual(asked(played, engine.explore), [{ tools: [], model: 'gpt-x' }]);
  });

  it('trials come in whole episodes, and never more than was said', () => {
    assert.deepEqual(inEpisodes(60, 4), { episodes: 15, trials: 4 });
    assert.deepEqual(inEpisodes(7, 4), { episodes: 1, trials: 4 });
    assert.deepEqual(inEpisodes(3, 4), { episodes: 1, trials: 3 });
  });
});
