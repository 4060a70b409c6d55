import assert from 'node:assert/strict';
import type { ChatAnswer } from '../../../src/core/chat.ts';
import type { Reply } from '../../helpers/fakeOpenAI.ts';
import { chatRequest, live, modelErrorOf, withModel } from './asking.ts';

async function answerTo(reply: Reply): Promise<ChatAnswer> {
  let answer: ChatAnswer | undefined;
  await withModel(
    () => reply,
    async ({ model }) => {
      answer = await model.chat(chatRequest(), live);
    },
  );
  assert.ok(answer);
  return answer;
}

const message = (message: object, more: object = {}): Reply => ({
  raw: JSON.stringify({ choices: [{ message, finish_reason: 'stop', ...more }] }),
});

describe('an answer', () => {
  it('has text, calls, finish and usage', async () => {
    const toolCalls = [{ id: 'c9', name: 'f', arguments: '{"a":' }];
    const answer = await answerTo({
      text: 'Well.',
      toolCalls,
      usage: { input: 100, output: 20, cached: 64 },
    });
    assert.deepEqual(answer, {
      text: 'Well.',
      toolCalls: [{ id: 'c9', name: 'f', arguments: '{"a":' }],
      finish: 'tool_calls',
      usage: { modelCalls: 1, inputTokens: 100, cachedTokens: 64, outputTokens: 20, usd: null },
    });
  });

  it('estimates the usage that the server does not tell', async () => {
    const { usage } = await answerTo({ text: 'x'.repeat(41), usage: null });
    const input = Math.ceil(JSON.stringify(chatRequest().messages).length / 4);
    assert.deepEqual(usage, {
      modelCalls: 1,
      inputTokens: input,
      cachedTokens: 0,
      outputTokens: 11,
      usd: null,
    });
  });

  it('reads null content, content in parts, refusals, and no thoughts', async () => {
    assert.equal((await answerTo(message({ content: null, reasoning_content: 'Hm.' }))).text, '');
    const parts = [
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ];
    assert.equal((await answerTo(message({ content: parts }))).text, 'ab');
    assert.equal((await answerTo(message({ content: null, refusal: 'No.' }))).text, 'No.');
  });

  it('gives ids to calls that have none or the same, and makes text of arguments', async () => {
    const call = (id: string | undefined, args: unknown) => ({
      id,
      function: { name: 'f', arguments: args },
    });
    const tool_calls = [call(undefined, { a: [1] }), call('x', null), call('x', '{}'), call('', 5)];
    assert.deepEqual((await answerTo(message({ content: '', tool_calls }))).toolCalls, [
      { id: 'call_1_0', name: 'f', arguments: '{"a":[1]}' },
      { id: 'x', name: 'f', arguments: '' },
      { id: 'call_1_2', name: 'f', arguments: '{}' },
      { id: 'call_1_3', name: 'f', arguments: '5' },
    ]);
  });

  it('reads the older form of a call', async () => {
    const answer = await answerTo(message({ content: null, function_call: { name: 'f', arguments: '{}' } }));
    assert.deepEqual(answer.toolCalls, [{ id: 'call_1_0', name: 'f', arguments: '{}' }]);
    assert.equal(answer.finish, 'tool_calls');
  });

  it('says why it ended', async () => {
    const reasons = ['stop', 'length', 'tool_calls', 'function_call', 'content_filter', 'eos', null];
    const finishes: string[] = [];
    for (const finish_reason of reasons) {
      finishes.push((await answerTo(message({ content: 'a' }, { finish_reason }))).finish);
    }
    assert.deepEqual(finishes, ['stop', 'length', 'tool_calls', 'tool_calls', 'filter', 'other', 'other']);
  });

  it('may come with a wrong content type, and a thousand calls', async () => {
    assert.equal((await answerTo({ text: 'a', headers: { 'content-type': 'text/plain' } })).text, 'a');
    const toolCalls = Array.from({ length: 1000 }, () => ({ name: 'f', arguments: {} }));
    assert.equal(new Set((await answerTo({ toolCalls })).toolCalls.map(({ id }) => id)).size, 1000);
  });

  const malformed: [what: string, reply: Reply, message: RegExp][] = [
    ['a web page', { raw: '<html><body>Sign in</body></html>' }, /web page/],
    ['nothing', { raw: '' }, /its answer is empty/],
    ['text', { raw: 'Hello there' }, /no JSON/],
    ['half of an answer', { raw: '{"choices":[{"message":{"content":"a' }, /broken off/],
    ['no choices', { raw: '{"choices":[]}' }, /no message/],
    ['a list', { raw: '[]' }, /no object/],
    ['more than any answer', { raw: `"${'x'.repeat(17 * 1024 * 1024)}"` }, /larger than 16 MB/],
  ];
  for (const [what, reply, expected] of malformed) {
    it(`that is ${what} is asked for again, then a failure of the server`, async () => {
      let asked = 0;
      await withModel(
        () => (asked++ === 0 ? reply : 'ok'),
        async ({ model }) => assert.equal((await model.chat(chatRequest(), live)).text, 'ok'),
      );
      if (what.startsWith('more')) return;
      await withModel(
        () => reply,
        async ({ fake, model }) => {
          const error = await modelErrorOf(model.chat(chatRequest(), live));
          assert.equal(error.kind, 'server');
          assert.match(error.message, expected);
          assert.match(error.message, /after 6 tries/);
          assert.match(error.advice, /\/v1/);
          assert.equal(fake.requests.length, 6);
        },
      );
    });
  }

  it('with status 200 that holds an error is that error', async () => {
    const limited = { raw: JSON.stringify({ error: { code: 429, message: 'Slow down' } }) };
    let asked = 0;
    await withModel(
      () =>
        asked++ === 0 ? limited : { raw: JSON.stringify({ error: { code: 400, message: 'No such thing' } }) },
      async ({ model }) => {
        const error = await modelErrorOf(model.chat(chatRequest(), live));
        assert.equal(error.kind, 'bad_request');
        assert.match(error.message, /No such thing/);
        assert.equal(asked, 2);
      },
    );
  });
});
