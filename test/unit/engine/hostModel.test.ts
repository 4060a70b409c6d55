import assert from 'node:assert/strict';
import type { ChatRequest } from '../../../src/core/chat.ts';
import { Cancelled, ModelError } from '../../../src/core/errors.ts';
import {
  type HostChat,
  type HostChatRequest,
  openHostModel,
  withoutSystem,
} from '../../../src/engine/hostModel.ts';

type Chat = HostChat['chat'];

function host(chat: Chat, maxInputTokens = 10_000): HostChat {
  return { models: async () => [{ id: 'v/m', label: 'Model M', maxInputTokens }], chat };
}

function request(changes: Partial<ChatRequest> = {}): ChatRequest {
  return {
    purpose: { kind: 'reflect' } as ChatRequest['purpose'],
    messages: [{ role: 'user', content: 'Hello' }],
    temperature: 1,
    maxTokens: 100,
    ...changes,
  };
}

const live = new AbortController().signal;
const noPause = async () => {};

describe('A model of the editor', () => {
  it('that the editor does not have is refused, with those that it has', async () => {
    await assert.rejects(
      openHostModel(
        host(async () => ({ text: '', toolCalls: [] })),
        'v/other',
      ),
      (error: unknown) =>
        error instanceof ModelError && error.kind === 'unknown_model' && error.message.includes('Model M'),
    );
  });

  it('gets the conversation without a system role and without our purpose; usage is estimated', async () => {
    let sent: HostChatRequest | undefined;
    const chat: Chat = async (_id, wire) => {
      sent = wire;
      return { text: 'Well then', toolCalls: [] };
    };
    const model = await openHostModel(host(chat), 'v/m');
    assert.equal(model.id, 'editor:v/m');
    const messages = [
      { role: 'system', content: 'Be brief.' } as const,
      { role: 'user', content: 'Hello' } as const,
    ];
    const answer = await model.chat(request({ messages }), live);
    assert.deepEqual(sent?.messages, [{ role: 'user', content: 'Be brief.\n\nHello' }]);
    assert.ok(sent && !('purpose' in sent));
    assert.deepEqual(answer.usage, {
      modelCalls: 1,
      inputTokens: 4,
      cachedTokens: 0,
      outputTokens: 3,
      usd: null,
    });
    assert.equal(model.price(1, 1), null);
  });

  it('is broken off at a stop string, which it does not know itself', async () => {
    let cancelled = false;
    const chat: Chat = (_id, _wire, signal, onText) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          cancelled = true;
          reject(new Cancelled());
        });
        for (const part of ['Action: x\nObser', 'vation: made up', ' and more']) onText(part);
      });
    const model = await openHostModel(host(chat), 'v/m');
    const answer = await model.chat(request({ stop: ['Observation:'] }), live);
    assert.equal(answer.text, 'Action: x\n');
    assert.ok(cancelled);
  });

  it('cuts at a stop string also where nothing was streamed', async () => {
    const model = await openHostModel(
      host(async () => ({ text: 'a STOP b', toolCalls: [] })),
      'v/m',
    );
    assert.equal((await model.chat(request({ stop: [' STOP'] }), live)).text, 'a');
  });

  it('refuses a conversation that is too long, tools included, before it is sent', async () => {
    const chat: Chat = async () => assert.fail('sent');
    const model = await openHostModel(host(chat, 50), 'v/m');
    const tools = [{ name: 't', description: 'x'.repeat(400), parameters: {} }];
    await assert.rejects(model.chat(request({ tools }), live), (error: unknown) => {
      return error instanceof ModelError && error.kind === 'too_long' && !error.fatal;
    });
  });

  it('is asked three times when the provider is busy, and once when consent is missing', async () => {
    for (const [kind, times] of [
      ['rate_limit', 3],
      ['consent', 1],
    ] as const) {
      let calls = 0;
      const chat: Chat = async () => {
        calls += 1;
        throw new ModelError(kind, 'No.', 'Later.');
      };
      const model = await openHostModel(host(chat), 'v/m', noPause);
      await assert.rejects(model.chat(request(), live), { kind });
      assert.equal(calls, times, kind);
    }
  });

  it('stopped by a person, ends as cancelled', async () => {
    const stop = new AbortController();
    const chat: Chat = (_id, _wire, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))));
    const model = await openHostModel(host(chat), 'v/m');
    const answer = model.chat(request(), stop.signal);
    stop.abort();
    await assert.rejects(answer, Cancelled);
    await assert.rejects(model.chat(request(), stop.signal), Cancelled);
  });
});

describe('Without a system role', () => {
  it('the text opens the conversation, also where it begins with an answer', () => {
    assert.deepEqual(withoutSystem([{ role: 'assistant', content: 'a' }]), [
      { role: 'assistant', content: 'a' },
    ]);
    assert.deepEqual(
      withoutSystem([
        { role: 'system', content: 's' },
        { role: 'assistant', content: 'a' },
      ]),
      [
        { role: 'user', content: 's' },
        { role: 'assistant', content: 'a' },
      ],
    );
  });
});
