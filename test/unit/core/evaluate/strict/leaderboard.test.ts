import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type GradedQuestion, readBfclQuestions } from '../../../../../src/core/evaluate/data/bfcl.ts';
import { readDataText } from '../../../../../src/core/evaluate/data/dataText.ts';
import type { AcceptedCall, PredictedCall, Verdict } from '../../../../../src/core/evaluate/grade.ts';
import { isDict, type PythonValue } from '../../../../../src/core/evaluate/python/values.ts';
import { gradeStrict } from '../../../../../src/core/evaluate/strict/grade.ts';
import { expectedType } from '../../../../../src/core/evaluate/strict/types.ts';
import { isJsonObject, type JsonObject } from '../../../../../src/core/json.ts';
import type { FailureType } from '../../../../../src/core/trial.ts';
import { sharedData } from '../../../../helpers/sharedData.ts';

const file = sharedData('bfcl/simple_python.jsonl');
const answers = sharedData('bfcl/simple_python.answers.jsonl');

/** The first right value; of an object that lists right values key by key, one of each. */
function chosen(values: readonly PythonValue[]): PythonValue {
  return one(values.find((value) => value !== '') ?? '');
}

function one(value: PythonValue): PythonValue {
  if (isDict(value)) {
    return new Map([...value].map(([key, values]) => [key, Array.isArray(values) ? chosen(values) : values]));
  }
  return Array.isArray(value) ? value.map(one) : value;
}

function rightCall({ tool, arguments: accepted }: AcceptedCall): PredictedCall {
  const given = [...accepted].filter(([, values]) => values.some((value) => value !== ''));
  return { tool, arguments: new Map(given.map(([name, values]) => [name, chosen(values)])) };
}

function changed(call: PredictedCall, name: string, value: PythonValue): PredictedCall {
  return { ...call, arguments: new Map([...call.arguments, [name, value]]) };
}

function without(call: PredictedCall, name: string): PredictedCall {
  return { ...call, arguments: new Map([...call.arguments].filter(([key]) => key !== name)) };
}

/** A value of the same type that is not right. */
function otherValue(value: PythonValue): PythonValue {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'bigint') return value + 98765n;
  if (typeof value === 'number') return value + 98765.5;
  if (typeof value === 'string') return `${value} otherwise`;
  if (Array.isArray(value)) return value.length === 0 ? ['otherwise'] : value.map(otherValue);
  if (isDict(value)) return new Map([...value].map(([key, of]) => [key, otherValue(of)]));
  return value;
}

/** A value of a type that is neither the schema's nor that of a right value. */
function otherType(values: readonly PythonValue[], schema: JsonObject): PythonValue {
  const { type } = expectedType(schema, 'python');
  const isText = type === 'str' || values.some((value) => typeof value === 'string' && value !== '');
  return isText ? new Map([['a', 1n]]) : 'a text';
}

if (file !== null && answers !== null) {
  describe("The leaderboard's questions in the strict grader", () => {
    let questions: GradedQuestion[] = [];
    before(() => {
      const read = (path: string) => readDataText(readFileSync(path, 'utf8'), path);
      questions = readBfclQuestions(read(file), read(answers));
    });

    function grade({ question, tools }: GradedQuestion, call: PredictedCall): Verdict {
      return gradeStrict(question, { kind: 'calls', calls: [call] }, tools);
    }

    function each(
      work: (question: GradedQuestion, right: PredictedCall, accepted: AcceptedCall) => void,
    ): void {
      for (const question of questions) {
        const { gold } = question.question;
        assert.ok(gold.kind === 'calls' && gold.calls.length === 1);
        const accepted = gold.calls[0] as AcceptedCall;
        work(question, rightCall(accepted), accepted);
      }
    }

    function fails(question: GradedQuestion, call: PredictedCall, failure: FailureType): void {
      const verdict = grade(question, call);
      const shown = `${verdict.id}: ${verdict.message}`;
      assert.equal(verdict.failure, failure, shown);
      assert.equal(verdict.correct, false, shown);
    }

    it('are 400', () => assert.equal(questions.length, 400));

    it('are all answered right by their right answers, and by each of several', () => {
      each((question, right, accepted) => {
        assert.equal(grade(question, right).message, '');
        for (const [name, values] of accepted.arguments) {
          for (const value of values.filter((of) => of !== '')) {
            assert.equal(grade(question, changed(right, name, one(value))).message, '');
          }
        }
      });
    });

    it('may lack what may be left out, unless the function requires it', () => {
      let left = 0;
      each((question, right, accepted) => {
        const { required } = question.tools[0]?.parameters ?? {};
        for (const [name, values] of accepted.arguments) {
          if (!values.includes('') || !right.arguments.has(name)) continue;
          if (Array.isArray(required) && required.includes(name)) continue;
          assert.equal(grade(question, without(right, name)).message, '');
          left++;
        }
      });
      assert.ok(left > 100, String(left));
    });

    it('are wrong without a required argument', () => {
      each((question, right) => {
        const { required } = question.tools[0]?.parameters ?? {};
        for (const name of (required as string[] | undefined) ?? []) {
          fails(question, without(right, name), 'missing_argument');
        }
      });
    });

    it('are wrong with one argument more', () => {
      each((question, right) => fails(question, changed(right, 'one_more', 1n), 'unexpected_argument'));
    });

    it('are wrong with a value of a wrong type', () => {
      each((question, right, accepted) => {
        for (const name of right.arguments.keys()) {
          const properties = question.tools[0]?.parameters.properties ?? {};
          const schema = isJsonObject(properties) ? properties[String(name)] : undefined;
          const values = accepted.arguments.get(String(name)) ?? [];
          const value = otherType(values, isJsonObject(schema) ? schema : {});
          fails(question, changed(right, String(name), value), 'wrong_type');
        }
      });
    });

    it('are wrong with a wrong value', () => {
      each((question, right, accepted) => {
        for (const [name, value] of right.arguments) {
          // Where yes and no are both right there is no wrong one.
          if (accepted.arguments.get(String(name))?.includes(otherValue(value))) continue;
          fails(question, changed(right, String(name), otherValue(value)), 'invalid_value');
        }
      });
    });

    it('are wrong with another function', () => {
      each((question, right) => {
        fails(question, { ...right, tool: `${right.tool}_of_mine` }, 'unknown_tool');
        const known = new Set(['another.function']);
        const prediction = { kind: 'calls' as const, calls: [{ ...right, tool: 'another_function' }] };
        const verdict = gradeStrict(question.question, prediction, question.tools, known);
        assert.equal(verdict.failure, 'wrong_tool');
      });
    });
  });
}
