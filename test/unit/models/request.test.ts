import assert from 'node:assert/strict';
import type { ChatMessage, ChatTool } from '../../../src/core/chat.ts';
import { chatRequest, live, withModel } from './asking.ts';

const tools: ChatTool[] = [
  { name: 'add', description: 'Adds.', parameters: { type: 'object', properties: {} } },
];

describe('a request on the wire', () => {
  it('holds what was asked and nothing else', async () => {
    await withModel(
      () => 'ok',
      async ({ fake, model }) => {
        const messages: ChatMessage[] = [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Add 1 and 2.' },
          {
            role: 'assistant',
            content: '',
            toolCalls: [{ id: 'c1', name: 'add', arguments: '{"a":1,"b":2}' }],
          },
          { role: 'tool', toolCallId: 'c1', content: '3' },
          { role: 'assistant', content: 'It is 3.' },
        ];
        await model.chat(
          chatRequest({
            messages,
            tools,
            toolChoice: 'none',
            temperature: 0.5,
            maxTokens: 99,
            seed: 5,
            stop: ['A', 'B'],
          }),
          live,
        );
        assert.deepEqual(fake.requests[0]?.body, {
          model: 'fake-model',
          messages: [
            { role: 'system', content: 'Be brief.' },
            { role: 'user', content: 'Add 1 and 2.' },
            {
              role: 'assistant',
              content: null,
              tool_calls: [
                { id: 'c1', type: 'function', function: { name: 'add', arguments: '{"a":1,"b":2}' } },
              ],
            },
            { role: 'tool', tool_call_id: 'c1', content: '3' },
            { role: 'assistant', content: 'It is 3.' },
          ],
          temperature: 0.5,
          max_tokens: 99,
          stop: ['A', 'B'],
          tools: [{ type: 'function', function: tools[0] }],
          tool_choice: 'none',
          seed: 5,
        });
      },
    );
  });

  it('leaves out what was not asked, and sends a single stop as a plain string', async () => {
    await withModel(
      () => 'ok',
      async ({ fake, model }) => {
        await model.chat(chatRequest({ stop: ['Thought:'], tools: [], toolChoice: 'auto' }), live);
        assert.deepEqual(fake.requests[0]?.body, {
          model: 'fake-model',
          messages: [{ role: 'user', content: 'Hello' }],
          temperature: 1,
          max_tokens: 360,
          stop: 'Thought:',
        });
      },
    );
  });

  it('takes nothing from OPENAI_* variables', async () => {
    const intruders = {
      OPENAI_API_KEY: 'sk-from-the-environment',
      OPENAI_ADMIN_KEY: 'sk-admin-from-the-environment',
      OPENAI_ORG_ID: 'org-environment',
      OPENAI_PROJECT_ID: 'proj-environment',
      OPENAI_BASE_URL: 'http://127.0.0.1:1/environment',
      OPENAI_CUSTOM_HEADERS: 'Authorization: Bearer environment\nX-Extra: environment',
      OPENAI_LOG: 'debug',
    };
    const before = Object.keys(intruders).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, intruders);
    try {
      await withModel(
        () => 'ok',
        async ({ fake, model }) => {
          await model.chat(chatRequest(), live);
          const headers = fake.requests[0]?.headers ?? {};
          assert.doesNotMatch(JSON.stringify(headers), /environment/);
          assert.deepEqual(Object.keys(headers).sort(), [
            'accept',
            'connection',
            'content-length',
            'content-type',
            'host',
            'user-agent',
          ]);
        },
      );
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it('carries the key it was given, trimmed', async () => {
    await withModel(
      () => 'ok',
      async ({ fake, model }) => {
        await model.chat(chatRequest(), live);
        assert.equal(fake.requests[0]?.headers.authorization, 'Bearer sk-mine-123456');
      },
      { apiKey: ' sk-mine-123456\n' },
    );
  });

  it('keeps the connection', async () => {
    await withModel(
      () => 'ok',
      async ({ fake, model }) => {
        for (let n = 0; n < 10; n++) await model.chat(chatRequest(), live);
        // A second one when a request starts before the first connection knows that it is free again.
        assert.ok(fake.stats.connections <= 2);
      },
    );
  });
});
