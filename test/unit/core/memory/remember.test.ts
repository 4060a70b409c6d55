import assert from 'node:assert/strict';
import { shouldStop } from '../../../../src/core/explore/stopRule.ts';
import type { JsonObject } from '../../../../src/core/json.ts';
import { argumentAtFault } from '../../../../src/core/memory/argumentAtFault.ts';
import { emptyMemory, remember, type ToolMemory } from '../../../../src/core/memory/index.ts';
import type { Failure, ObservationStatus, Step, Trial } from '../../../../src/core/trial.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';

const tool = sampleTool({
  name: 'convert',
  parameters: {
    type: 'object',
    properties: { unit: { type: 'string' }, style: { enum: ['long', 'short'] }, round: { type: 'boolean' } },
    required: ['unit'],
  },
});

function step(args: JsonObject, status: ObservationStatus, content: string, failures: Failure[] = []): Step {
  const all =
    status === 'ok' ? failures : [...failures, { type: status as Failure['type'], message: content }];
  return {
    thought: '',
    call: { tool: tool.id, arguments: args },
    observation: { status, content, ms: 1, truncated: false },
    failure: all[0] ?? null,
    failures: all,
  };
}

let count = 0;
function trial(steps: Step[], parts: Partial<Trial> = {}): Trial {
  count += 1;
  return {
    id: `t${count}`,
    runId: 'run',
    tool: tool.id,
    episode: 1,
    trial: count,
    query: `query ${count}`,
    callFirst: false,
    outcome: 'fulfilled',
    steps,
    reflection: { text: '', claimed: true, fulfilled: true },
    answer: 'done',
    model: 'm',
    seed: 1,
    specHash: 'h',
    usage: { modelCalls: 3, inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 },
    startedAt: 0,
    ms: 1,
    messages: [],
    exchanges: [],
    ...parts,
  };
}

const fold = (trials: Trial[], from: ToolMemory = emptyMemory()): ToolMemory =>
  trials.reduce((memory, one) => remember(memory, one, tool).memory, from);

describe('Long-term memory', () => {
  it('keeps a failed call and the one that then worked as a fix, with what changed', () => {
    const { fixes } = remember(
      emptyMemory(),
      trial([
        step({ unit: 'km' }, 'rejected', 'Invalid unit: km'),
        step({ unit: 'kilometer' }, 'ok', '5 kilometers'),
      ]),
      tool,
    );
    assert.equal(fixes.length, 1);
    assert.deepEqual(fixes[0]?.changed, ['/unit']);
    assert.equal(fixes[0]?.sentence, '`unit`: not "km" but "kilometer" (Invalid unit: km).');
  });

  it('makes no fix of a timeout, of a sibling or of a simulated call', () => {
    const good = step({ unit: 'kilometer' }, 'ok', 'fine');
    const simulated = {
      ...step({ unit: 'x' }, 'rejected', 'no'),
      observation: { status: 'rejected' as const, content: 'no', ms: 1, truncated: false, simulated: true },
    };
    const sibling = {
      ...step({ unit: 'x' }, 'rejected', 'no'),
      call: { tool: 'other', arguments: { unit: 'x' } },
    };
    const slow = step({ unit: 'x' }, 'timeout', 'took too long');
    const { fixes, lessons } = remember(emptyMemory(), trial([simulated, sibling, slow, good]), tool);
    assert.deepEqual(fixes, []);
    assert.deepEqual(lessons, []);
  });

  it('states what was refused and what works, and two trials that say the same are two witnesses of one lesson', () => {
    const first = trial([step({ unit: 'km' }, 'rejected', 'Invalid unit: km')]);
    const second = trial([
      step({ unit: 'mi' }, 'rejected', 'Invalid unit: mi'),
      step({ unit: 'mile' }, 'ok', '5 miles'),
    ]);
    const memory = fold([first, second]);
    assert.equal(memory.lessons.length, 1);
    const [lesson] = memory.lessons;
    assert.deepEqual(lesson?.trials, [first.id, second.id]);
    assert.equal(lesson?.text, '`unit` is refused as "km", "mi" (Invalid unit: km); "mile" works.');
    assert.equal(lesson?.argument, '/unit');
  });

  it('merges lessons of reflections that say the same in nearly the same words', () => {
    const say = (lesson: string) =>
      trial([step({ unit: 'mile' }, 'ok', 'x')], {
        reflection: { text: '', claimed: true, fulfilled: true, lesson },
      });
    const memory = fold([
      say('`unit` wants the long English name of the unit.'),
      say('`unit` wants the long english name of the unit!'),
      say('Nothing'),
      say('It rounds to two decimals unless told otherwise.'),
    ]);
    assert.deepEqual(
      memory.lessons.map((lesson) => lesson.trials.length),
      [2, 1],
    );
  });

  it('takes no lesson from a reflection on calls that the tool never answered', () => {
    const lesson = '`unit` was refused as "km" because nobody allowed it.';
    const reflection = { text: '', claimed: false, fulfilled: false, lesson };
    for (const status of ['blocked', 'unreachable', 'timeout'] as const) {
      const one = trial([step({ unit: 'km' }, status, 'x')], { reflection });
      assert.deepEqual(remember(emptyMemory(), one, tool).lessons, [], status);
    }
  });

  it('takes a breakdown for a lesson about the call only where something says that it is one', () => {
    const broke = (args: JsonObject, words: string): Step => step(args, 'tool_fault', words);
    const lessonsOf = (...steps: Step[]): string[] =>
      remember(emptyMemory(), trial(steps), tool).lessons.map(({ text }) => text);
    assert.deepEqual(lessonsOf(broke({}, 'The service "s" ended.')), []);
    assert.deepEqual(lessonsOf(broke({ unit: 'km', round: true }, 'The service "s" ended.')), []);
    assert.deepEqual(lessonsOf(broke({ unit: 'km' }, 'unit km'), step({ unit: 'm' }, 'ok', 'x')), [
      '`unit` is refused as "km" (unit km); "m" works.',
    ]);
    assert.equal(lessonsOf(broke({ unit: 'km' }, 'Out of memory'), step({ unit: 'm' }, 'ok', 'x')).length, 1);
  });

  it('counts a reflection that quotes the tool as the witness it is of the same lesson', () => {
    const lesson = '`unit`: "KM" was refused (Invalid unit: KM); "mile" works.';
    const refused = step({ unit: 'KM' }, 'rejected', '{"error":{"message":"Invalid unit: KM"}}');
    const one = trial([refused], { reflection: { text: '', claimed: true, fulfilled: true, lesson } });
    const { lessons } = remember(emptyMemory(), one, tool);
    assert.equal(lessons.length, 1);
    assert.equal(lessons[0]?.text, '`unit` is refused as "KM" (Invalid unit: KM).');
  });

  it('blames what the schema blames, not what the tool tripped over', () => {
    const missing: Failure = { type: 'missing_argument', message: '`unit` is missing', argument: '/unit' };
    const one = trial([
      step({ style: 'long' }, 'rejected', 'Error: undefined', [missing]),
      step({ unit: 'mile', style: 'long' }, 'ok', 'x'),
    ]);
    const { lessons } = remember(emptyMemory(), one, tool);
    assert.deepEqual(
      lessons.map((lesson) => lesson.text),
      ['`unit` is needed (`unit` is missing); for instance "mile".'],
    );
  });

  it('finds the argument at fault by what was changed, and clears a value that was taken later', () => {
    const first = trial([
      step({ unit: 'km', style: 'odd' }, 'rejected', 'Bad input'),
      step({ unit: 'km', style: 'long' }, 'ok', 'x'),
    ]);
    const second = trial([
      step({ unit: 'km', style: 'long' }, 'rejected', 'Bad input'),
      step({ unit: 'km', style: 'short' }, 'ok', 'x'),
    ]);
    const memory = fold([first, second]);
    assert.deepEqual(
      memory.lessons.map((lesson) => lesson.text),
      ['`style` is refused as "odd" (Bad input); "long", "short" work.'],
    );
  });

  it('learns from a schema that forbids what the tool takes', () => {
    const failure: Failure = { type: 'missing_argument', message: '`unit` is missing', argument: '/unit' };
    const { lessons } = remember(emptyMemory(), trial([step({}, 'ok', 'fine', [failure])]), tool);
    assert.equal(lessons[0]?.disagrees, true);
    assert.match(
      lessons[0]?.text ?? '',
      /The schema forbids it \(`unit` is missing\), and the tool answers all the same/,
    );
  });

  it('lists what was asked with its verdict, abandoned trials too, and errors not', () => {
    const memory = fold([
      trial([], { outcome: 'abandoned' }),
      trial([], { outcome: 'unfulfilled', reflection: { text: 'No', claimed: false, fulfilled: false } }),
      trial([], { outcome: 'error', reflection: null }),
    ]);
    assert.deepEqual(
      memory.queries.map((one) => one.solved),
      [true, false],
    );
  });

  it('stops a tool whose last trials taught nothing new, in this run', () => {
    const settings = { stopRule: true, stopPatience: 3 };
    const same = () => trial([step({ unit: 'mile' }, 'ok', 'x')]);
    let memory = fold([same()]);
    assert.equal(memory.newest?.quiet, 0);
    memory = fold([same(), same()], memory);
    assert.equal(shouldStop(memory, settings, 'run'), false);
    memory = fold([same()], memory);
    assert.equal(shouldStop(memory, settings, 'run'), true);
    assert.equal(shouldStop(memory, settings, 'next run'), false);
    assert.equal(shouldStop(memory, { ...settings, stopRule: false }, 'run'), false);
    memory = fold([trial([step({ unit: 'mile', style: 'long' }, 'ok', 'x')])], memory);
    assert.equal(shouldStop(memory, settings, 'run'), false);
  });

  it('does not change the memory it was given', () => {
    const before = fold([trial([step({ unit: 'km' }, 'rejected', 'Invalid unit: km')])]);
    const copy = structuredClone(before);
    fold([trial([step({ unit: 'm' }, 'rejected', 'Invalid unit: m')])], before);
    assert.deepEqual(before, copy);
  });

  it('finds the argument that a message is about', () => {
    const args = { unit: 'km', amount: 5, note: 'hello' };
    assert.equal(argumentAtFault(args, "Invalid unit: 'km'"), '/unit');
    assert.equal(argumentAtFault(args, 'amount must not be negative'), '/amount');
    assert.equal(argumentAtFault(args, 'something else went wrong'), undefined);
    assert.equal(argumentAtFault({ 'a/b': 1 }, 'whatever'), '/a~1b');
  });
});
