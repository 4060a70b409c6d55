import assert from 'node:assert/strict';
import { Cancelled } from '../../../../src/core/errors.ts';
import type { CoverageCell } from '../../../../src/core/explore/coverage.ts';
import type { JsonObject } from '../../../../src/core/json.ts';
import { emptyMemory } from '../../../../src/core/memory/remember.ts';
import type { Purpose } from '../../../../src/core/purpose.ts';
import type { Step } from '../../../../src/core/trial.ts';
import { offlineModel } from '../../../../src/models/offline/index.ts';
import { readQuery } from '../../../../src/models/offline/query.ts';
import { madeUpTools } from './madeUpTools.ts';
import { ask, explore, stepOf, toolOf } from './world.ts';

const tool = toolOf('exchange', 'Converts an amount of money into another currency.', {
  type: 'object',
  properties: {
    amount: { type: 'number', minimum: 1 },
    from: { type: 'string', description: 'Currency to convert from' },
    to: { type: 'string', description: 'Currency to convert to' },
    rounding: { type: 'string', enum: ['up', 'down', 'bankers'] },
  },
  required: ['amount', 'from', 'to'],
});
const common = { tool, memory: emptyMemory(), seed: 11 };
const imagining = (seed: number, tooClose: string[] = [], uncovered: CoverageCell[] = []): Purpose => ({
  ...common,
  seed,
  kind: 'imagine',
  uncovered,
  tooClose,
});
const acting = (query: string, steps: Step[] = [], seed = 11): Purpose => ({
  ...common,
  seed,
  kind: 'act',
  siblings: [],
  uncovered: [],
  query,
  steps,
});

describe('the offline sampler as a model', () => {
  it('says what it is and costs nothing', async () => {
    const model = offlineModel();
    assert.equal(model.id, 'offline');
    assert.equal(model.label, 'Offline sampler (no language model)');
    assert.equal(model.isLanguageModel, false);
    assert.equal(model.price(1000, 1000), 0);
    const { usage } = await ask(imagining(11));
    assert.deepEqual(usage, { modelCalls: 1, inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 });
  });

  it('stops when it is told to', async () => {
    const request = { purpose: imagining(11), messages: [], temperature: 1, maxTokens: 10 };
    await assert.rejects(offlineModel().chat(request, AbortSignal.abort()), Cancelled);
  });

  it('imagines the same query from the same seed, and others from others', async () => {
    const queries = await Promise.all(
      [1, 1, 2, 3, 4, 5].map(async (seed) => (await ask(imagining(seed))).text),
    );
    assert.equal(queries[0], queries[1]);
    assert.equal(new Set(queries).size, 5);
    for (const query of queries) assert.doesNotMatch(query, /exchange/);
  });

  it('imagines another query when one was too close', async () => {
    const { text: first } = await ask(imagining(11));
    const { text: second } = await ask(imagining(11, [first]));
    assert.notEqual(first, second);
  });

  it('goes for what is uncovered', async () => {
    const cell: CoverageCell = { kind: 'value', subject: '/rounding', value: 'bankers' };
    let hits = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { text } = await ask(imagining(seed, [], [cell]));
      if (text.includes('rounding bankers')) hits++;
    }
    assert.ok(hits >= 15, `${hits} of 40`);
  });

  it('calls with the values that stand in the query', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const { text: query } = await ask(imagining(seed));
      const { toolCalls } = await ask(acting(query, [], seed + 1000));
      assert.equal(toolCalls[0]?.name, 'exchange');
      assert.deepEqual(JSON.parse(toolCalls[0]?.arguments ?? ''), readQuery(tool, query));
    }
  });

  it('writes the query for a call so that it would be called alike', async () => {
    const call = { tool: tool.id, arguments: { amount: 12.5, from: 'US dollar', to: 'EUR' } };
    const observation = { status: 'ok', content: '11.3', ms: 1, truncated: false } as const;
    const { text: query } = await ask({ ...common, kind: 'queryForCall', call, observation });
    assert.deepEqual(readQuery(tool, query), call.arguments);
  });

  it('takes what it can from a query of somebody else', async () => {
    const { toolCalls } = await ask(acting('What are 250 of "EUR" in "JPY", rounded up?'));
    assert.deepEqual(JSON.parse(toolCalls[0]?.arguments ?? ''), {
      amount: 250,
      from: 'EUR',
      to: 'JPY',
      rounding: 'up',
    });
  });

  it('speaks the text protocol where no tools are offered', async () => {
    const query = (await ask(imagining(11))).text;
    const call = await ask(acting(query), false);
    assert.match(call.text, /^Thought: .+\nAction: exchange\nAction Input: \{.*\}$/);
    assert.deepEqual(call.toolCalls, []);
    const done = stepOf({ tool: tool.id, arguments: readQuery(tool, query) ?? {} }, () => '42 EUR');
    const final = await ask(acting(query, [done]), false);
    assert.match(final.text, /^Thought: .+\nFinal Answer: 42 EUR$/);
  });

  it('gives up when nobody answers, or it is not allowed', async () => {
    const call = { tool: tool.id, arguments: { amount: 1, from: 'EUR', to: 'USD' } };
    for (const [status, times] of [
      ['blocked', 1],
      ['unreachable', 2],
      ['timeout', 2],
    ] as const) {
      const failure = { type: status, message: `It was ${status}.` };
      const observation = { status, content: failure.message, ms: 1, truncated: false };
      const step = { thought: '', call, observation, failure, failures: [failure] };
      const { toolCalls, text } = await ask(
        acting(
          'x',
          Array.from({ length: times }, () => step),
        ),
      );
      assert.deepEqual(toolCalls, []);
      assert.match(text, new RegExp(`It was ${status}\\.`));
    }
  });

  it('reflects in both forms, by evidence', async () => {
    const query = 'Convert an amount of money into another currency: amount 5, from euro and to USD.';
    const bad = stepOf({ tool: tool.id, arguments: { amount: 5, from: 'euro', to: 'USD' } }, () => {
      throw new Error('Invalid currency code : euro');
    });
    const good = stepOf({ tool: tool.id, arguments: { amount: 5, from: 'EUR', to: 'USD' } }, () => '5.4');
    const other = stepOf({ tool: tool.id, arguments: { amount: 5, from: 'CHF', to: 'USD' } }, () => '5.4');
    const reflect = { ...common, kind: 'reflect', query, answer: '5.4' } as const;
    const structured = async (steps: Step[]) =>
      JSON.parse((await ask({ ...reflect, steps, structured: true })).text) as JsonObject;

    assert.deepEqual(await structured([good]), {
      fulfilled: true,
      cause: 'The tool answered just what was asked.',
    });
    assert.deepEqual(await structured([bad, good]), {
      fulfilled: true,
      cause: 'The tool answered just what was asked.',
      lesson: '`from`: "euro" was refused (Invalid currency code : euro); "EUR" works.',
    });
    assert.equal((await structured([bad, other])).fulfilled, false, 'another currency is another question');
    assert.equal((await structured([bad])).fulfilled, false);
    assert.match((await ask({ ...reflect, steps: [good], structured: false })).text, /^Yes\./);
    assert.match((await ask({ ...reflect, steps: [bad], structured: false })).text, /^No\./);
  });

  it('repeats a whole exploration from its seed', async () => {
    const made = madeUpTools[0];
    assert.ok(made);
    assert.deepEqual(await explore(made, 8, 3), await explore(made, 8, 3));
    assert.notDeepEqual(await explore(made, 8, 3), await explore(made, 8, 4));
  });
});
