import assert from 'node:assert/strict';
import { noUsage } from '../../../../src/core/chat.ts';
import type { KeptAnswer } from '../../../../src/core/evaluate/answer.ts';
import {
  type LiftPair,
  type LiftPlan,
  liftReport,
  orderedPairs,
  queriesEach,
  withName,
  withoutName,
} from '../../../../src/core/evaluate/lift.ts';
import { exampleWith } from './examples.ts';

function pair(question: number, example: string): LiftPair {
  return { question, example, without: [] };
}

function answer(right: boolean): KeptAnswer {
  return {
    wellFormed: true,
    matched: right,
    right,
    failure: right ? null : 'wrong_tool',
    calls: [],
    text: '',
    usage: noUsage(),
  };
}

describe('The lift of an example', () => {
  it('is measured first where an example is chosen most often, and not on more queries than are needed', () => {
    const many = Array.from({ length: 30 }, (_, index) => pair(index, 'often'));
    const ordered = orderedPairs([pair(0, 'once'), ...many, pair(1, 'twice'), pair(2, 'twice')]);
    assert.deepEqual([...new Set(ordered.map(({ example }) => example))], ['often', 'twice', 'once']);
    assert.equal(ordered.length, queriesEach + 3);
  });

  it('is the share of right answers with it minus that without it', () => {
    const pairs = [0, 1, 2, 3].flatMap((question) => [pair(question, 'good'), pair(question, 'same')]);
    const plan: LiftPlan = {
      questions: [],
      pairs: [...pairs, pair(9, 'open')],
      tools: {},
      examples: Object.fromEntries(['good', 'same', 'open'].map((id) => [id, exampleWith(id)])),
      seed: 1,
      grader: 'strict',
      protocol: 'tools',
      demonstrations: 3,
      notes: [],
    };
    const kept = new Map<string, KeptAnswer>();
    for (const question of [0, 1, 2, 3]) kept.set(withName(question), answer(question !== 3));
    for (const one of pairs)
      kept.set(withoutName(one), answer(one.example === 'same' ? one.question !== 3 : false));
    const report = liftReport(plan, kept);
    assert.deepEqual(
      report.examples.map(({ example, lift, queries }) => [example, lift, queries]),
      [
        ['good', 0.75, 4],
        ['same', 0, 4],
      ],
    );
    const [good, same] = report.examples;
    assert.ok((good?.low ?? 0) > 0);
    assert.ok((same?.low ?? 0) < 0 && (same?.high ?? 0) > 0);
    assert.deepEqual([report.pairs, report.planned], [8, 9]);
  });
});
