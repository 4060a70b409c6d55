import assert from 'node:assert/strict';
import { noUsage } from '../../../../src/core/chat.ts';
import type { KeptAnswer } from '../../../../src/core/evaluate/answer.ts';
import type { Condition } from '../../../../src/core/evaluate/conditions.ts';
import { writeGold } from '../../../../src/core/evaluate/goldText.ts';
import { exactly } from '../../../../src/core/evaluate/grade.ts';
import {
  askedAt,
  type Plan,
  type PlannedQuestion,
  placeName,
  placesOf,
} from '../../../../src/core/evaluate/plan.ts';
import { evaluationReport } from '../../../../src/core/evaluate/report.ts';
import { exampleWith, lessonWith, toolWith } from './examples.ts';

const [a, b] = [toolWith('a'), toolWith('b')];

function question(id: string, tool = a): PlannedQuestion {
  return {
    id,
    query: `ask ${id}`,
    kind: 'call',
    tool: tool.id,
    offered: [a.id, b.id],
    gold: writeGold({ kind: 'calls', calls: [exactly(tool.name, { text: id })] }),
    examples: ['x', 'y'],
    lessons: ['l'],
  };
}

function planWith(more: Partial<Plan> = {}): Plan {
  return {
    data: 'test',
    grader: 'strict',
    questions: [question('1'), question('2'), question('3', b), question('4', b)],
    tools: { [a.id]: a, [b.id]: b },
    examples: { x: exampleWith('x', { tool: a.id }), y: exampleWith('y', { tool: a.id }) },
    lessons: { l: lessonWith('l', { tool: a.id }) },
    conditions: ['zero-shot', 'examples'],
    repeat: 1,
    seed: 1,
    protocol: 'tools',
    demonstrations: 2,
    notes: [],
    ...more,
  };
}

const right: KeptAnswer = {
  wellFormed: true,
  matched: true,
  right: true,
  failure: null,
  calls: [{ name: 'a', arguments: {} }],
  text: '',
  usage: { ...noUsage(), modelCalls: 1, inputTokens: 10, outputTokens: 5, usd: 0.01 },
};
const wrong: KeptAnswer = { ...right, right: false, failure: 'invalid_value' };
const elsewhere: KeptAnswer = { ...wrong, matched: false, failure: 'wrong_tool' };
const unread: KeptAnswer = { ...elsewhere, wellFormed: false, failure: 'malformed', calls: [] };

/** Answers by condition and question, and by repeat where there are several. */
function kept(answers: Partial<Record<Condition, (KeptAnswer | KeptAnswer[] | null)[]>>) {
  const places = new Map<string, KeptAnswer>();
  for (const [condition, given] of Object.entries(answers)) {
    given.forEach((one, index) => {
      (Array.isArray(one) ? one : [one]).forEach((answer, repeat) => {
        const place = { condition: condition as Condition, repeat, question: index };
        if (answer) places.set(placeName(place), answer);
      });
    });
  }
  return places;
}

describe('The report of an evaluation', () => {
  it('compares the same questions under each condition', () => {
    const report = evaluationReport(
      planWith(),
      kept({ 'zero-shot': [right, wrong, elsewhere, unread], examples: [right, right, right, wrong] }),
    );
    const [zero, examples] = report.conditions;
    assert.equal(report.baseline, 'zero-shot');
    assert.equal(report.questions, 4);
    assert.equal(zero?.correct, 0.25);
    assert.equal(zero?.wellFormed, 0.75);
    assert.equal(zero?.apiMatch, 2 / 3);
    assert.deepEqual(zero?.failures, { invalid_value: 1, malformed: 1, wrong_tool: 1 });
    assert.equal(zero?.difference, null);
    assert.equal(zero?.usage.inputTokens, 40);
    assert.equal(zero?.shown, 0);
    assert.equal(examples?.shown, 2);
    assert.equal(examples?.difference?.difference, 0.5);
    assert.deepEqual([examples?.difference?.gained, examples?.difference?.lost], [2, 0]);
    assert.equal(examples?.difference?.p.toFixed(6), '0.500000');
    assert.deepEqual(
      report.perTool.map(({ name, questions, correct }) => [name, questions, correct]),
      [
        ['a', 2, { 'zero-shot': 0.5, examples: 1 }],
        ['b', 2, { 'zero-shot': 0, examples: 0.5 }],
      ],
    );
    assert.deepEqual(report.confusion, [
      { condition: 'zero-shot', expected: 'b', called: 'a', count: 1, of: 2 },
    ]);
  });

  it('counts only what was answered under every condition', () => {
    const report = evaluationReport(
      planWith(),
      kept({ 'zero-shot': [right, wrong, right, null], examples: [right, right, null, right] }),
    );
    assert.equal(report.questions, 2);
    assert.equal(report.planned, 4);
    assert.equal(report.conditions[1]?.correct, 1);
    assert.equal(evaluationReport(planWith(), new Map()).conditions[0]?.correct, 0);
  });

  it('averages repeats, and tests the majority or, at a tie, the first answer', () => {
    const report = evaluationReport(
      planWith({ repeat: 2 }),
      kept({
        'zero-shot': [
          [right, wrong],
          [wrong, right],
          [wrong, wrong],
          [right, right],
        ],
        examples: [
          [right, right],
          [right, wrong],
          [wrong, wrong],
          [right, right],
        ],
      }),
    );
    assert.equal(report.conditions[0]?.correct, 0.5);
    assert.equal(report.conditions[1]?.correct, 0.625);
    const { difference, gained, lost } = report.conditions[1]?.difference ?? assert.fail();
    assert.equal(difference, 0.125);
    assert.deepEqual([gained, lost], [1, 0]);
    assert.deepEqual(report.notes, ['Asked again, the model made the same calls every time.']);
  });

  it('is a function of plan and answers that survives being kept as JSON', () => {
    const plan = planWith();
    const answers = kept({
      'zero-shot': [right, wrong, right, right],
      examples: [right, right, wrong, right],
    });
    const again = JSON.parse(JSON.stringify([plan, [...answers].reverse()]));
    assert.deepEqual(evaluationReport(again[0], new Map(again[1])), evaluationReport(plan, answers));
  });
});

describe('The plan of an evaluation', () => {
  it('asks a question under all conditions before the next', () => {
    const places = [...placesOf(planWith({ repeat: 2 }))];
    assert.equal(places.length, 16);
    assert.deepEqual(
      places.slice(0, 5).map(({ question: index, repeat, condition }) => `${index} ${repeat} ${condition}`),
      ['0 0 zero-shot', '0 0 examples', '0 1 zero-shot', '0 1 examples', '1 0 zero-shot'],
    );
    assert.equal(new Set(places.map(placeName)).size, 16);
  });

  it('gives each condition what it shows, the nearest example last, with one seed for all conditions', () => {
    const plan = planWith({ conditions: ['zero-shot', 'examples', 'lessons', 'both'] });
    const asked = plan.conditions.map((condition) => askedAt(plan, { question: 0, repeat: 0, condition }));
    assert.deepEqual(
      asked.map(({ examples, lessons }) => [examples.map(({ id }) => id), lessons.length]),
      [
        [[], 0],
        [['y', 'x'], 0],
        [[], 1],
        [['y', 'x'], 1],
      ],
    );
    assert.equal(new Set(asked.map(({ seed }) => seed)).size, 1);
    assert.notEqual(askedAt(plan, { question: 0, repeat: 1, condition: 'both' }).seed, asked[0]?.seed);
  });
});
