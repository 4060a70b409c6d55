import assert from 'node:assert/strict';
import { someOfEach } from '../../../src/cli/commands/export.ts';
import type { DataProblem } from '../../../src/protocol/exploit.ts';

describe('imaginarium export', () => {
  it('tells the first places of each problem, errors first', () => {
    const problem = (line: number, severity: DataProblem['severity'], message: string): DataProblem => ({
      path: 'train.jsonl',
      line,
      field: 'messages',
      severity,
      message,
    });
    const problems = [
      ...[1, 2, 3, 4, 5].map((line) => problem(line, 'warning', 'odd')),
      problem(6, 'warning', 'long'),
      ...[7, 8, 9, 10].map((line) => problem(line, 'error', 'empty')),
    ];
    assert.deepEqual(
      someOfEach(problems).map(({ line }) => line),
      [7, 8, 9, 1, 2, 3, 6],
    );
    assert.deepEqual(someOfEach([]), []);
  });
});
