import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  exactly,
  predictedCall,
  type Question,
  type ToolDoc,
} from '../../../../../src/core/evaluate/grade.ts';
import { readSteAnswer } from '../../../../../src/core/evaluate/ste/readAnswer.ts';
import { gradeStrict } from '../../../../../src/core/evaluate/strict/grade.ts';
import { readPrediction } from '../../../../../src/core/evaluate/strict/readPrediction.ts';
import type { JsonObject } from '../../../../../src/core/json.ts';

const tools: ToolDoc[] = ['a', 'b.c', 'd'].map((name) => ({ name, parameters: {} }));
const given = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
const call = fc.record({ tool: fc.constantFrom('a', 'b.c', 'd'), given: given as fc.Arbitrary<JsonObject> });
const calls = fc.array(call, { minLength: 1, maxLength: 4 });

function question(right: { tool: string; given: JsonObject }[]): Question {
  const gold = { kind: 'calls' as const, calls: right.map((one) => exactly(one.tool, one.given)) };
  return { id: 'q', query: '', tool: 'a', gold };
}

/** Pieces of calls and of what goes wrong with them. */
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '{',
      '}',
      '"',
      "'",
      ',',
      '=',
      'f',
      'a',
      '1',
      '\\',
      '\n',
      '`',
      '<tool_call>',
    ),
    fc.constantFrom(
      'Action:',
      'Action Input:',
      'Final Answer:',
      '{}',
      '__proto__',
      'True',
      '-',
      '*',
      '#',
      '...',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  { maxLength: 25 },
);

describe('Grading, whatever it is given', () => {
  it('takes the right calls in every order, and none of them for another', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 0, max: 23 }), (right, turn) => {
        // Steps of five visit each of up to four calls once.
        const turned = right.map((_, i) => right[(i * 5 + turn) % right.length] as (typeof right)[0]);
        const prediction = {
          kind: 'calls' as const,
          calls: turned.map(({ tool, given: args }) => predictedCall(tool, args)),
        };
        assert.equal(gradeStrict(question(right), prediction, tools).message, '');
        const fewer = { ...prediction, calls: prediction.calls.slice(1) };
        assert.equal(gradeStrict(question(right), fewer, tools).correct, false);
      }),
      { numRuns: 200 },
    );
  });

  it('reads any text, and never fails', () => {
    fc.assert(
      fc.property(
        pieces,
        fc.constantFrom(undefined, 'java' as const, 'javascript' as const),
        (parts, language) => {
          const text = parts.join('');
          const prediction = readPrediction(text, { toolNames: ['f'], language });
          gradeStrict(question([{ tool: 'a', given: {} }]), prediction, tools);
          readSteAnswer(text, ['f', 'a']);
        },
      ),
      { numRuns: 500 },
    );
  });
});
