import assert from 'node:assert/strict';
import { BudgetExhausted, Cancelled, ModelError } from '../../../../src/core/errors.ts';
import { exploreEpisode } from '../../../../src/core/explore/episode.ts';
import { maxModelCallsPerTrial } from '../../../../src/core/explore/estimate.ts';
import type { ExploreEvent } from '../../../../src/core/explore/events.ts';
import { ownPrompts } from '../../../../src/core/explore/prompts.ts';
import { emptyMemory, remember, type ToolMemory } from '../../../../src/core/memory/index.ts';
import { adaptivePreset, type ExploreSettings } from '../../../../src/core/settings.ts';
import type { Tool } from '../../../../src/core/tool.ts';
import type { Trial } from '../../../../src/core/trial.ts';
import {
  collect,
  corePorts,
  type PortsOptions,
  type Scripted,
  sampleTool,
  scriptedModel,
} from '../../../helpers/corePorts.ts';

const call = (args: unknown, name = 'add_date'): Scripted => ({
  toolCalls: [{ name, arguments: typeof args === 'string' ? args : JSON.stringify(args) }],
});
const verdict = (fulfilled: boolean, lesson = ''): string =>
  JSON.stringify({ fulfilled, cause: 'so it went', lesson, next: 'another' });

interface Setup {
  settings?: Partial<ExploreSettings>;
  memory?: ToolMemory;
  tool?: Tool;
  siblings?: Tool[];
  ports?: Partial<PortsOptions>;
}

/** One episode of one query-first trial over native calls, unless said otherwise. */
async function run(answers: Scripted[], setup: Setup = {}) {
  const model = scriptedModel(answers);
  const ports = corePorts({ model, ...setup.ports });
  const tool = setup.tool ?? sampleTool();
  const events: ExploreEvent[] = await collect(
    exploreEpisode(
      {
        runId: 'run',
        runSeed: 7,
        tool,
        siblings: setup.siblings ?? [],
        episode: 1,
        settings: { ...adaptivePreset, trials: 1, callFirstShare: 0, ...setup.settings },
        prompts: ownPrompts,
        memory: setup.memory ?? emptyMemory(),
        finished: [],
      },
      ports,
    ),
  );
  const trials = events.flatMap((event) => (event.type === 'trial' ? [event.trial] : []));
  return { model, ports, events, trials, trial: trials[0] as Trial };
}

function lastText(messages: { content: string }[] | undefined): string {
  return messages?.at(-1)?.content ?? '';
}

describe('Preset adaptive', () => {
  it('calls natively: tools go along, results come back under their ids', async () => {
    const { model, trial } = await run(
      [
        'What is 5 days after 2024-01-01?',
        call({ date: '2024-01-01', days: 5 }),
        'It is 2024-01-06.',
        verdict(true),
      ],
      { ports: { call: () => '2024-01-06' } },
    );
    assert.equal(trial.outcome, 'fulfilled');
    assert.equal(trial.answer, 'It is 2024-01-06.');
    assert.deepEqual(
      model.requests[1]?.tools?.map((tool) => tool.name),
      ['add_date'],
    );
    assert.deepEqual(
      model.requests.map((request) => request.toolChoice),
      ['none', 'auto', 'auto', 'none'],
    );
    const [called, result] = model.requests[2]?.messages.slice(-2) ?? [];
    assert.equal(called?.role, 'assistant');
    assert.deepEqual(result, { role: 'tool', toolCallId: 'call_2_0', content: '2024-01-06' });
  });

  it('lets evidence outrank opinion: no successful call, not fulfilled', async () => {
    const { trial } = await run([
      'A query',
      'I just know: 42.',
      verdict(true, 'It needs nothing, honestly.'),
    ]);
    assert.equal(trial.reflection?.claimed, true);
    assert.equal(trial.reflection?.fulfilled, false);
    assert.equal(trial.outcome, 'unfulfilled');
    const off = await run(['A query', 'I just know: 42.', 'Yes'], {
      settings: { structuredReflection: false },
    });
    assert.equal(off.trial.outcome, 'fulfilled');
  });

  it('records a schema failure of a read tool and makes the call all the same', async () => {
    const check = () => [
      { type: 'wrong_type' as const, message: '`days` must be a whole number', argument: '/days' },
    ];
    const { trial, ports } = await run(['Q', call({ date: 'd', days: 'x' }), 'Done', verdict(true)], {
      ports: { check, call: () => 'fine' },
    });
    assert.equal(ports.calls.length, 1);
    assert.equal(trial.steps[0]?.failure?.type, 'wrong_type');
    assert.equal(trial.steps[0]?.observation.status, 'ok');
  });

  it('does not run a write tool with arguments that do not fit, and says why', async () => {
    const check = () => [
      { type: 'missing_argument' as const, message: '`days` is missing', argument: '/days' },
    ];
    const { model, trial, ports } = await run(['Q', call({ date: 'd' }), 'Gave up', verdict(false)], {
      tool: sampleTool({ risk: 'write' }),
      ports: { check },
    });
    assert.equal(ports.calls.length, 0);
    assert.equal(trial.steps[0]?.observation.status, 'not_run');
    assert.match(lastText(model.requests[2]?.messages), /Not run.*`days` is missing/);
  });

  it('names every failure of a call', async () => {
    const statuses = ['rejected', 'tool_fault', 'timeout', 'unreachable', 'blocked', 'cancelled'] as const;
    for (const status of statuses) {
      const { trial } = await run(['Q', call({ date: 'd', days: 1 }), 'No luck', verdict(true)], {
        ports: { call: () => ({ status, content: `it was ${status}` }) },
      });
      assert.deepEqual(trial.steps[0]?.failure, { type: status, message: `it was ${status}` });
      assert.equal(trial.outcome, 'unfulfilled');
    }
    const unknown = await run([
      'Q',
      call({}, 'nothing_like_it'),
      call('{"date": ', 'add_date'),
      '',
      'Done',
      verdict(false),
    ]);
    assert.deepEqual(
      unknown.trial.steps.map((step) => step.failure?.type),
      ['unknown_tool', 'malformed', 'malformed'],
    );
    assert.equal(unknown.ports.calls.length, 0);
  });

  it('abandons a trial at the limit of turns, and gives native calls that were not run their result', async () => {
    const one = call({ date: 'd', days: 1 });
    const { model, trial, ports } = await run(['Q', one, one, one, verdict(true)], {
      settings: { turns: 2 },
    });
    assert.equal(trial.outcome, 'abandoned');
    assert.equal(ports.calls.length, 2);
    assert.equal(trial.steps.at(-1)?.observation.status, 'not_run');
    const messages = model.requests.at(-1)?.messages ?? [];
    assert.deepEqual(
      messages.slice(-2).map((message) => message.role),
      ['tool', 'user'],
    );
  });

  it('runs eight calls of an answer that holds a thousand, and says that the rest were not', async () => {
    const flood = {
      toolCalls: Array.from({ length: 1000 }, (_, i) => ({ name: 'add_date', arguments: `{"days":${i}}` })),
    };
    const { model, trial, ports } = await run(['Q', flood, 'Done', verdict(true)], {
      ports: { call: () => 'ok' },
    });
    assert.equal(ports.calls.length, 8);
    assert.equal(trial.steps.length, 8);
    assert.match(lastText(model.requests[2]?.messages), /992 more calls/);
    const asked = model.requests[2]?.messages.find((message) => 'toolCalls' in message);
    assert.equal(asked && 'toolCalls' in asked ? asked.toolCalls?.length : 0, 8);
  });

  it('does not run a call that the limit of the answer cut off', async () => {
    const cut = {
      finish: 'length' as const,
      toolCalls: [{ name: 'add_date', arguments: '{"date": "2024-01-01", "da' }],
    };
    const { trial, ports } = await run(['Q', cut, 'Done', verdict(false)]);
    assert.equal(ports.calls.length, 0);
    assert.equal(trial.steps[0]?.failure?.type, 'malformed');
  });

  it('says clearly when the protocol does not fit the model', async () => {
    const text = await run(['Q', '{"name": "add_date", "arguments": {"days": 1}}', 'Done', verdict(false)]);
    const mismatch = text.events.find((event) => event.type === 'protocolMismatch');
    assert.match(mismatch?.type === 'protocolMismatch' ? mismatch.advice : '', /--protocol react/);
    assert.equal(text.trial.steps[0]?.failure?.type, 'malformed');

    const native = await run(['Q', call({ days: 1 }), 'Final Answer: done', 'No'], {
      settings: { protocol: 'react' },
    });
    const other = native.events.find((event) => event.type === 'protocolMismatch');
    assert.match(other?.type === 'protocolMismatch' ? other.advice : '', /--protocol tools/);
  });

  it('imagines anew while a query is too close, three tries in all, and keeps the refused ones out of the talk', async () => {
    const memory = { ...emptyMemory(), queries: [{ query: 'What is ten days after May 1?', solved: true }] };
    const close = 'what is ten days after may 1';
    const fresh = await run([close, 'When is Easter?', 'No idea', verdict(false)], { memory });
    assert.equal(fresh.trial.query, 'When is Easter?');
    assert.deepEqual(
      fresh.model.requests[1]?.purpose.kind === 'imagine' && fresh.model.requests[1].purpose.tooClose,
      [close],
    );
    assert.match(lastText(fresh.model.requests[1]?.messages), /Too close.*\n- what is ten days/);
    assert.ok(!JSON.stringify(fresh.trial.messages).includes(close));
    assert.equal(fresh.trial.exchanges[0]?.turnedDown, close);

    const stubborn = await run([close, close, close, 'No idea', verdict(false)], { memory });
    assert.equal(stubborn.trial.query, close);
    const off = await run([close, 'No idea', verdict(false)], { memory, settings: { diversityGate: false } });
    assert.equal(off.trial.query, close);
  });

  it('puts lessons and what is uncovered in the imagining prompt, and only when switched on', async () => {
    const first = await run(
      ['Q', call({ date: '1/2', days: 1 }), 'Refused', verdict(false, '`date` wants dashes, not slashes.')],
      {
        ports: { call: () => ({ status: 'rejected', content: 'Invalid date: 1/2' }) },
      },
    );
    const memory = remember(emptyMemory(), first.trial, sampleTool()).memory;
    const prompt = async (settings: Partial<ExploreSettings>) => {
      const again = await run(['Other thing entirely', 'Done', verdict(false)], { memory, settings });
      return { text: lastText(again.model.requests[0]?.messages), purpose: again.model.requests[0]?.purpose };
    };
    const on = await prompt({});
    assert.match(on.text, /wants dashes/);
    assert.match(on.text, /Invalid date: 1\/2/);
    assert.match(on.text, /Query: Q \| Solved: No/);
    assert.ok(on.text.endsWith('User Query:'));
    const off = await prompt({ lessonsInMemory: false, coverageHints: false });
    assert.ok(!off.text.includes('wants dashes'));
    assert.ok(!off.text.includes('Not tried yet'));
    assert.ok(off.purpose && 'memory' in off.purpose);
    assert.deepEqual(off.purpose.memory.lessons, []);
    const retired = memory.lessons.map((lesson) => ({ ...lesson, retired: 'Later trials contradict it.' }));
    const later = await run(['Other thing entirely', 'Done', verdict(false)], {
      memory: { ...memory, lessons: retired },
    });
    assert.ok(
      !JSON.stringify(later.model.requests).includes('wants dashes'),
      'what counts no more stays out',
    );
    const open = await run(['Q', 'Done', verdict(false)]);
    assert.match(lastText(open.model.requests[0]?.messages), /Not tried yet:\n- `date` given/);
  });

  it('calls first in a share of the trials: the query is written for a call that was taken', async () => {
    const { model, trial, ports } = await run(
      [
        call({ date: 'bad', days: 1 }),
        call({ date: '2024-01-01', days: 1 }),
        '"What day follows New Year 2024?"',
        verdict(true),
      ],
      {
        settings: { callFirstShare: 1 },
        ports: {
          call: (_tool, args) =>
            args.date === 'bad' ? { status: 'rejected', content: 'bad date' } : '2024-01-02',
        },
      },
    );
    assert.equal(trial.callFirst, true);
    assert.equal(trial.query, 'What day follows New Year 2024?');
    assert.equal(trial.outcome, 'fulfilled');
    assert.equal(ports.calls.length, 2);
    assert.deepEqual(
      model.requests.map((request) => request.purpose.kind),
      ['callFirst', 'callFirst', 'queryForCall', 'reflect'],
    );

    const never = await run([call({ days: 1 }), call({ days: 2 }), verdict(false)], {
      settings: { callFirstShare: 1, turns: 2 },
      ports: { call: () => ({ status: 'rejected', content: 'no' }) },
    });
    assert.equal(never.trial.outcome, 'abandoned');
    assert.equal(never.trial.query, '');
  });

  it('offers siblings beside the tool, and runs them when they are called', async () => {
    const sibling = sampleTool({ name: 'a_sibling', risk: 'read' });
    const { model, trial, ports } = await run(['Q', call({}, 'a_sibling'), 'Done', verdict(true)], {
      siblings: [sibling],
      ports: { call: () => 'ok' },
    });
    assert.deepEqual(
      model.requests[1]?.tools?.map((tool) => tool.name),
      ['a_sibling', 'add_date'],
    );
    assert.deepEqual(
      ports.calls.map((one) => one.tool),
      [sibling.id],
    );
    assert.equal(trial.steps[0]?.call?.tool, sibling.id);
  });

  it('ends as an error of the model when one trial cannot be asked, and goes on with the next', async () => {
    const bad = new ModelError('bad_request', 'The server refused the request.', 'Look at the log.');
    const { trials, model } = await run([bad, 'Q2', 'Done', verdict(false)], { settings: { trials: 2 } });
    assert.deepEqual(
      trials.map((trial) => [trial.outcome, trial.messages.length > 0]),
      [
        ['error', false],
        ['unfulfilled', true],
      ],
    );
    assert.equal(trials[0]?.error?.kind, 'bad_request');
    // The second trial opens the conversation: nothing of the first stands in it.
    assert.match(lastText(model.requests[1]?.messages), /This is the tool/);

    const long = new ModelError('too_long', 'Too long.', 'Fewer trials.');
    const ended = await run([long], { settings: { trials: 3 } });
    assert.equal(ended.trials.length, 1);
  });

  it('does not count a trial that a fatal error, the budget or a stop cut off', async () => {
    const away = new ModelError('unreachable', 'No answer from the server.', 'Start it.');
    await assert.rejects(run(['Q', away]), away);
    await assert.rejects(run(['Q', new BudgetExhausted('calls')]), BudgetExhausted);
    const stop = new AbortController();
    await assert.rejects(
      run(['Q', call({ days: 1 })], {
        ports: {
          signal: stop.signal,
          call: () => {
            stop.abort();
            return { status: 'cancelled', content: '' };
          },
        },
      }),
      Cancelled,
    );
  });

  it('never takes more model calls than the estimate says', async () => {
    const one = call({ date: 'd', days: 1 });
    const memory = { ...emptyMemory(), queries: [{ query: 'Q', solved: true }] };
    const { model } = await run(['Q', 'Q', 'Q', one, one, one, one, one, verdict(true)], { memory });
    assert.equal(model.requests.length, maxModelCallsPerTrial(adaptivePreset));
  });

  it('repeats itself: equal input and answers give equal requests', async () => {
    const answers = ['Q', call({ date: 'd', days: 1 }), 'Done', verdict(true)];
    const [a, b] = [await run(answers), await run(answers)];
    assert.deepEqual(a.model.requests, b.model.requests);
    assert.deepEqual(a.trial, b.trial);
  });
});
