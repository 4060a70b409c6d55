import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { Searching } from '../../../../src/extension/choose/searching.ts';
import type { Choice } from '../../../../src/extension/surroundings.ts';
import { settle } from '../fakes.ts';

/** A search whose answers come when the test says so. */
function played(pause = 5) {
  const asked: { text: string; gone: AbortSignal; answer: (labels: string[]) => void; fail: () => void }[] =
    [];
  const shown: (string[] | string)[] = [];
  const busy: boolean[] = [];
  const searching = new Searching<string>(
    {
      find: (text, gone) =>
        new Promise((resolve, reject) => {
          const answer = (labels: string[]) =>
            resolve(labels.map((label): Choice<string> => ({ label, value: label })));
          asked.push({ text, gone, answer, fail: () => reject(new Error('The engine is away.')) });
        }),
      nothing: (text) => `Nothing for "${text}".`,
    },
    {
      busy: (now) => void busy.push(now),
      show: (choices, nothing) =>
        void shown.push(choices.length > 0 ? choices.map((one) => one.label) : nothing),
    },
    pause,
  );
  return { asked, shown, busy, searching };
}

async function until(look: () => boolean): Promise<void> {
  while (!look()) await wait(1);
}

describe('A list that is searched as the person types', () => {
  it('asks at once for its first lines, then once for what is typed in one go', async () => {
    const { asked, shown, searching, busy } = played();
    searching.begin('');
    asked[0]?.answer(['a', 'b']);
    await settle();
    for (const text of ['d', 'da', 'dat']) searching.type(text);
    await until(() => asked.length === 2);
    asked[1]?.answer(['date']);
    await settle();
    assert.deepEqual(
      asked.map(({ text }) => text),
      ['', 'dat'],
    );
    assert.deepEqual(shown, [['a', 'b'], ['date']]);
    assert.equal(busy.at(-1), false);
  });

  it('throws away the answer to an earlier text, and tells whoever is still looking', async () => {
    const { asked, shown, searching } = played();
    searching.begin('a');
    searching.type('ab');
    await until(() => asked.length === 2);
    assert.equal(asked[0]?.gone.aborted, true);
    asked[1]?.answer(['new']);
    await settle();
    asked[0]?.answer(['old']);
    await settle();
    assert.deepEqual(shown, [['new']]);
  });

  it('says so when nothing fits, when it cannot look, and nothing at all once it is closed', async () => {
    const { asked, shown, searching } = played();
    searching.begin('x');
    asked[0]?.answer([]);
    await settle();
    searching.begin('y');
    asked[1]?.fail();
    await settle();
    assert.deepEqual(shown, ['Nothing for "x".', 'The engine is away.']);
    searching.begin('z');
    searching.dispose();
    asked[2]?.answer(['late']);
    await settle();
    assert.equal(shown.length, 2);
  });
});
