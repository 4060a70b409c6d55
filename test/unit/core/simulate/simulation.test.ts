import assert from 'node:assert/strict';
import { exploreEpisode } from '../../../../src/core/explore/episode.ts';
import { maxModelCallsPerTrial, maxPlayedPerTrial } from '../../../../src/core/explore/estimate.ts';
import type { ExploreEvent } from '../../../../src/core/explore/events.ts';
import { ownPrompts } from '../../../../src/core/explore/prompts.ts';
import { emptyMemory, remember } from '../../../../src/core/memory/index.ts';
import { adaptivePreset, type ExploreSettings, paperPreset } from '../../../../src/core/settings.ts';
import { type PlayedCall, playedCalls } from '../../../../src/core/simulate/simulation.ts';
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

const tool = sampleTool({
  name: 'create_note',
  description: 'Creates a note and returns its id.',
  risk: 'destructive',
  runnable: false,
});
const call = (args: unknown, name = tool.name): Scripted => ({
  toolCalls: [{ name, arguments: JSON.stringify(args) }],
});
const verdict = JSON.stringify({ fulfilled: true, cause: 'It worked.', lesson: 'Notes get ids.', next: '' });
const ok = (content: unknown): string => JSON.stringify({ status: 'ok', content });

interface Setup {
  played?: PlayedCall[];
  settings?: Partial<ExploreSettings>;
  siblings?: Tool[];
  finished?: Trial[];
  ports?: Partial<PortsOptions>;
}

async function run(answers: Scripted[], setup: Setup = {}) {
  const model = scriptedModel(answers);
  const ports = corePorts({ model, ...setup.ports });
  const events: ExploreEvent[] = await collect(
    exploreEpisode(
      {
        runId: 'run',
        runSeed: 7,
        tool,
        siblings: setup.siblings ?? [],
        episode: 1,
        settings: {
          ...adaptivePreset,
          trials: 1,
          callFirstShare: 0,
          diversityGate: false,
          ...setup.settings,
        },
        prompts: ownPrompts,
        memory: emptyMemory(),
        finished: setup.finished ?? [],
        played: setup.played ?? [],
      },
      ports,
    ),
  );
  const trials = events.flatMap((event) => (event.type === 'trial' ? [event.trial] : []));
  return { model, ports, trials, trial: trials[0] as Trial };
}

describe('A tool that a model plays', () => {
  it('is answered by the model, in a conversation of its own, and nothing is really called', async () => {
    const { model, ports, trial } = await run(
      ['Note this', call({ text: 'milk' }), ok({ id: 'n1' }), 'Done: n1.', verdict],
      {},
    );
    assert.deepEqual(ports.calls, []);
    const [step] = trial.steps;
    assert.deepEqual(step?.observation, {
      status: 'ok',
      content: '{"id":"n1"}',
      ms: 0,
      truncated: false,
      simulated: true,
    });
    assert.equal(trial.outcome, 'fulfilled');
    assert.equal(trial.simulated, true);
    const asked = model.requests[2];
    assert.equal(asked?.purpose.kind, 'simulate');
    assert.deepEqual(
      asked?.messages.map(({ role }) => role),
      ['system', 'user'],
    );
    assert.equal(asked?.tools, undefined);
    const told = asked?.messages.map(({ content }) => content).join('\n') ?? '';
    assert.match(told, /Creates a note and returns its id\./);
    assert.match(told, /create_note\(\{"text":"milk"\}\)/);
    assert.ok(told.includes(JSON.stringify(tool.parameters)));
    // Neither the query nor what the player was told stands in the other's conversation.
    assert.ok(!told.includes('Note this'));
    assert.ok(!JSON.stringify(model.requests[3]?.messages).includes('stand in for a tool'));
    assert.ok(!JSON.stringify(trial.messages).includes('stand in for a tool'));
  });

  it('counts what playing takes as part of the trial', async () => {
    const { trial } = await run(['Q', call({ text: 'a' }), ok(1), 'Done', verdict]);
    assert.deepEqual(
      trial.exchanges.map(({ purpose }) => purpose),
      ['imagine', 'act', 'simulate', 'act', 'reflect'],
    );
    assert.equal(trial.usage.modelCalls, 5);
    assert.match(trial.exchanges[2]?.prompt ?? '', /The call to answer now/);
  });

  it('refuses arguments that break the schema, in the same words, and no model is asked', async () => {
    const check = () => [
      { type: 'missing_argument' as const, message: '"text" is missing.', argument: '/text' },
    ];
    const answers = ['Q', call({}), call({}), 'Gave up', verdict];
    const { model, trial } = await run(answers, { ports: { check } });
    assert.equal(model.requests.filter(({ purpose }) => purpose.kind === 'simulate').length, 0);
    const [first, second] = trial.steps;
    assert.deepEqual(JSON.parse(first?.observation.content ?? ''), {
      error: {
        code: 'invalid_arguments',
        message: '"text" is missing.',
        details: [{ argument: '/text', problem: 'missing_argument', message: '"text" is missing.' }],
      },
    });
    assert.deepEqual(second?.observation, first?.observation);
    assert.equal(first?.observation.status, 'rejected');
    assert.equal(first?.observation.simulated, true);
    assert.deepEqual(
      first?.failures.map(({ type }) => type),
      ['missing_argument', 'rejected'],
    );
    assert.deepEqual(playedCalls(trial), []);
  });

  it('gives the same call the same answer without asking again, whatever the order of the arguments', async () => {
    const said: PlayedCall[] = [
      { tool: tool.id, arguments: { text: 'a', tag: 'x' }, status: 'ok', content: 'n7' },
    ];
    const { model, trial } = await run(['Q', call({ tag: 'x', text: 'a' }), 'Done', verdict], {
      played: said,
    });
    assert.equal(model.requests.length, 4);
    assert.equal(trial.steps[0]?.observation.content, 'n7');
  });

  it('plays a call anew when another tool has changed the played world since', async () => {
    const remover = sampleTool({ name: 'delete_note', risk: 'destructive' });
    const said: PlayedCall[] = [
      { tool: tool.id, arguments: { text: 'a' }, status: 'ok', content: 'n7' },
      { tool: remover.id, arguments: { id: 'n7' }, status: 'ok', content: 'gone' },
    ];
    const { model, trial } = await run(['Q', call({ text: 'a' }), ok('n8'), 'Done', verdict], {
      played: said,
      siblings: [remover],
    });
    assert.equal(trial.steps[0]?.observation.content, 'n8');
    assert.match(model.requests[2]?.messages.at(-1)?.content ?? '', /delete_note\(.*n7.*→ ok: gone/);
  });

  it('plays its siblings in the same world', async () => {
    const reader = sampleTool({ name: 'get_note' });
    const { model, ports, trial } = await run(
      [
        'Q',
        call({ text: 'a' }),
        ok({ id: 'n1' }),
        call({ id: 'n1' }, 'get_note'),
        ok({ text: 'a' }),
        'Done',
        verdict,
      ],
      { siblings: [reader] },
    );
    assert.deepEqual(ports.calls, []);
    assert.match(model.requests[4]?.messages.at(-1)?.content ?? '', /create_note\(.*→ ok: \{"id":"n1"\}/);
    assert.deepEqual(
      playedCalls(trial).map((one) => [one.tool, one.content]),
      [
        [tool.id, '{"id":"n1"}'],
        [reader.id, '{"text":"a"}'],
      ],
    );
  });

  it('is told of the calls that speak of what the arguments name, and of no more than fit', async () => {
    const said = Array.from(
      { length: 300 },
      (_, index): PlayedCall => ({
        tool: tool.id,
        arguments: { text: `note ${index}` },
        status: 'ok',
        content: JSON.stringify({ id: `id-${index}-x`, text: 'y'.repeat(400) }),
      }),
    );
    const { model } = await run(['Q', call({ text: 'id-3-x' }), ok(1), 'Done', verdict], { played: said });
    const request = model.requests[2];
    const told = request?.messages.at(-1)?.content ?? '';
    assert.ok(told.includes('"id-3-x"'), 'the oldest call that speaks of the id');
    assert.ok(told.includes('id-299-x') && !told.includes('id-100-x'));
    assert.ok(told.length < 14_000, String(told.length));
    assert.ok(request?.purpose.kind === 'simulate' && request.purpose.said.length <= 40);
  });

  it('asks the model to play so often at most as the estimate says', async () => {
    const many: Scripted = {
      toolCalls: Array.from({ length: 6 }, (_, index) => ({
        name: tool.name,
        arguments: JSON.stringify({ text: `t${index}` }),
      })),
    };
    const settings = { ...adaptivePreset, turns: 2 };
    assert.equal(maxPlayedPerTrial(settings), 4);
    const { model, trial } = await run(['Q', many, ok(0), ok(1), ok(2), ok(3), 'Done', verdict], {
      settings: { turns: 2 },
    });
    assert.deepEqual(
      trial.steps.map(({ observation }) => observation.status),
      ['ok', 'ok', 'ok', 'ok', 'not_run', 'not_run'],
    );
    assert.ok(model.requests.length <= maxModelCallsPerTrial(settings) + maxPlayedPerTrial(settings));
  });

  it('sends the same messages when the episode goes on after its first trial', async () => {
    const first: Scripted[] = ['Q1', call({ text: 'a' }), ok({ id: 'n1' }), 'Done', verdict];
    const second: Scripted[] = [
      'Another wish altogether',
      call({ text: 'b' }),
      ok({ id: 'n2' }),
      'Done',
      verdict,
    ];
    const whole = await run([...first, ...second], { settings: { trials: 2 } });
    const [finished] = whole.trials;
    assert.ok(finished);
    const model = scriptedModel(second);
    await collect(
      exploreEpisode(
        {
          runId: 'run',
          runSeed: 7,
          tool,
          siblings: [],
          episode: 1,
          settings: { ...adaptivePreset, trials: 2, callFirstShare: 0, diversityGate: false },
          prompts: ownPrompts,
          memory: remember(emptyMemory(), finished, tool).memory,
          finished: [finished],
          played: playedCalls(finished),
        },
        corePorts({ model }),
      ),
    );
    // The scripted model numbers its calls by its requests.
    const plain = (requests: unknown[]) => JSON.stringify(requests).replaceAll(/call_\d+_/g, 'call_');
    assert.equal(plain(model.requests), plain(whole.model.requests.slice(first.length)));
  });

  it('teaches nothing about the real tool', async () => {
    const refused = JSON.stringify({ status: 'rejected', message: 'No such day: 31' });
    const { trial } = await run(
      ['Q', call({ text: '31' }), refused, call({ text: '30' }), ok('fine'), 'Done', verdict],
      {},
    );
    assert.equal(trial.steps[0]?.failure?.type, 'rejected');
    assert.equal(trial.steps[0]?.observation.content, 'No such day: 31');
    const { lessons, fixes } = remember(emptyMemory(), trial, tool);
    assert.deepEqual({ lessons, fixes }, { lessons: [], fixes: [] });
  });

  it('is played over the text protocol of the paper as well, and no seed is sent there', async () => {
    const acting = 'Thought: I note it.\nAction: create_note\nAction Input: {"text": "milk"}';
    const { model, ports, trial } = await run(
      ['Note milk', acting, ok({ id: 'n1' }), 'Thought: Done.\nFinal Answer: n1', 'Yes'],
      { settings: { ...paperPreset, trials: 1 } },
    );
    assert.deepEqual(ports.calls, []);
    assert.equal(trial.steps[0]?.observation.content, '{"id":"n1"}');
    assert.equal(trial.steps[0]?.observation.simulated, true);
    assert.ok(model.requests.every(({ seed }) => seed === undefined));
    assert.match(JSON.stringify(model.requests[3]?.messages), /Observation: \{\\"id/);
  });

  it('fails when the model that plays it says nothing', async () => {
    const { trial } = await run(['Q', call({ text: 'a' }), '', 'Gave up', verdict]);
    assert.equal(trial.steps[0]?.observation.status, 'tool_fault');
    assert.equal(trial.steps[0]?.observation.simulated, true);
    assert.equal(trial.outcome, 'unfulfilled');
    assert.deepEqual(playedCalls(trial), []);
  });
});
