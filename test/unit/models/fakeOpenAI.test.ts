import assert from 'node:assert/strict';
import { type FakeOptions, scripted, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';

async function ask(options: FakeOptions, bodies: object[]): Promise<string[]> {
  const fake = await startFakeOpenAI(options);
  try {
    const texts: string[] = [];
    for (const body of bodies) {
      const init = { method: 'POST', body: JSON.stringify(body) };
      texts.push(await (await fetch(`${fake.baseUrl}/chat/completions`, init)).text());
    }
    return texts;
  } finally {
    await fake.close();
  }
}

describe('the fake server', () => {
  it('streams the same answer that it gives whole', async () => {
    const reply = () => ({ text: 'two words', toolCalls: [{ name: 'f', arguments: { a: 1 } }] });
    const messages = [{ role: 'user', content: 'Hi' }];
    const [whole, streamed] = await ask({ reply }, [
      { messages },
      { messages, stream: true, stream_options: { include_usage: true } },
    ]);
    const events = (streamed ?? '').split('\n\n').filter((event) => event !== '');
    assert.equal(events.pop(), 'data: [DONE]');
    const chunks = events.map((event) => JSON.parse(event.slice('data: '.length)));
    const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice: { delta: object }) => choice.delta));
    const { message } = JSON.parse(whole ?? '').choices[0];
    assert.equal(deltas.map((delta) => delta.content ?? '').join(''), message.content);
    const pieces = deltas.flatMap((delta) => delta.tool_calls ?? []);
    assert.equal(
      pieces.map((piece) => piece.function.arguments).join(''),
      message.tool_calls[0].function.arguments,
    );
    assert.deepEqual(Object.keys(chunks.at(-1).usage), [
      'prompt_tokens',
      'completion_tokens',
      'total_tokens',
    ]);
  });

  it('refuses to go beyond its script, unless it repeats', async () => {
    const texts = (answers: string[]): string[] =>
      answers.map((text) => JSON.parse(text).choices?.[0].message.content);
    assert.deepEqual(texts(await ask({ reply: scripted(['a', 'b']) }, [{}, {}, {}])), ['a', 'b', undefined]);
    assert.deepEqual(texts(await ask({ reply: scripted(['a'], { repeat: true }) }, [{}, {}])), ['a', 'a']);
  });
});
