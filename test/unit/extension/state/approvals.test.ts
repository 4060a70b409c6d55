import assert from 'node:assert/strict';
import { Approvals } from '../../../../src/extension/state/approvals.ts';
import type { ApprovalQuestion } from '../../../../src/extension/surroundings.ts';
import { settle } from '../fakes.ts';

const question: ApprovalQuestion = {
  runId: 'r',
  tool: 'a#t',
  name: 't',
  risk: 'write',
  arguments: {},
  scope: 'run',
};

function asked(answers: (boolean | undefined | 'never' | Promise<true>)[]) {
  const waiting: number[] = [];
  const late: string[] = [];
  const approvals = new Approvals(
    {
      approve: async () => {
        const answer = answers.shift();
        return answer === 'never' ? new Promise<never>(() => {}) : answer;
      },
    },
    (count) => void waiting.push(count),
    () => void late.push('late'),
  );
  return { approvals, waiting, late };
}

describe('Approvals', () => {
  it('are the person’s word', async () => {
    const { approvals, waiting } = asked([true, false]);
    const { signal } = new AbortController();
    assert.equal(await approvals.ask(question, signal), true);
    assert.equal(await approvals.ask(question, signal), false);
    assert.deepEqual(waiting, [1, 0, 1, 0]);
  });

  it('put away unanswered stay open, and can be brought back', async () => {
    const { approvals, waiting } = asked([undefined, undefined, true]);
    const answer = approvals.ask(question, new AbortController().signal);
    await settle();
    await approvals.answer();
    assert.deepEqual(waiting, [1]);
    await approvals.answer();
    assert.equal(await answer, true);
  });

  it('that nobody wants to know any more are no answer, and the person is told', async () => {
    const { approvals, late } = asked([new Promise<true>((resolve) => setImmediate(resolve, true))]);
    const gone = new AbortController();
    const answer = approvals.ask(question, gone.signal);
    gone.abort();
    assert.equal(await answer, false);
    await settle();
    assert.deepEqual(late, ['late']);
  });

  it('end as refused when nobody wants to know any more', async () => {
    const { approvals, waiting } = asked(['never', 'never']);
    const gone = new AbortController();
    const first = approvals.ask(question, gone.signal);
    const second = approvals.ask(question, new AbortController().signal);
    gone.abort();
    assert.equal(await first, false);
    approvals.forget();
    assert.equal(await second, false);
    assert.equal(waiting.at(-1), 0);
  });
});
