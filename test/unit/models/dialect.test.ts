import assert from 'node:assert/strict';
import type { ChatRequest } from '../../../src/core/chat.ts';
import type { Reply } from '../../helpers/fakeOpenAI.ts';
import { chatRequest, live, modelErrorOf, withModel } from './asking.ts';

const tools = [{ name: 'f', description: '', parameters: {} }];
const everything: Partial<ChatRequest> = {
  stop: ['X'],
  seed: 1,
  tools,
  toolChoice: 'required',
  temperature: 0.7,
};

const refuse = (message: string, param: string | null = null, code = 'unsupported_parameter'): Reply => ({
  status: 400,
  errorBody: { error: { message, type: 'invalid_request_error', param, code } },
});

/** A server that refuses requests with a parameter, as `refusal` says. */
const without =
  (parameter: string, refusal: Reply) =>
  ({ body }: { body: Record<string, unknown> }): Reply =>
    parameter in body ? refusal : { text: 'ok' };

const cases: [parameter: string, refusal: Reply][] = [
  [
    'max_tokens',
    refuse(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max_tokens',
    ),
  ],
  [
    'temperature',
    refuse(
      "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.",
      'temperature',
      'unsupported_value',
    ),
  ],
  ['stop', refuse("Unsupported parameter: 'stop' is not supported with this model.", 'stop')],
  [
    'seed',
    {
      status: 422,
      errorBody: {
        detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }],
      },
    },
  ],
  ['tool_choice', { status: 400, errorBody: { error: 'tool_choice is not supported by this model' } }],
];

describe('what a server does not take', () => {
  for (const [parameter, refusal] of cases) {
    it(`${parameter} goes at the first refusal, at once and for good`, async () => {
      await withModel(without(parameter, refusal), async ({ fake, clock, model }) => {
        assert.equal((await model.chat(chatRequest(everything), live)).text, 'ok');
        assert.equal((await model.chat(chatRequest(everything), live)).text, 'ok');
        const sent = fake.requests.map(({ body }) => parameter in body);
        assert.deepEqual(sent, [true, false, false]);
        assert.deepEqual(clock.slept, []);
        const replaced = fake.requests[1]?.body.max_completion_tokens;
        assert.equal(replaced, parameter === 'max_tokens' ? 360 : undefined);
      });
    });
  }

  it('takes one parameter after the other away, without counting tries', async () => {
    const order = ['max_tokens', 'temperature', 'stop', 'seed', 'tool_choice'];
    await withModel(
      ({ body }) => {
        const first = order.find((parameter) => parameter in body);
        return first === undefined ? 'ok' : refuse(`Unknown parameter: '${first}'.`, first);
      },
      async ({ fake, model }) => {
        assert.equal((await model.chat(chatRequest(everything), live)).text, 'ok');
        assert.equal(fake.requests.length, 6);
        assert.deepEqual(Object.keys(fake.requests[5]?.body ?? {}).sort(), [
          'max_completion_tokens',
          'messages',
          'model',
          'tools',
        ]);
      },
    );
  });

  it('does not take a value out of range for a refusal', async () => {
    await withModel(
      () => refuse('Invalid temperature: must be between 0 and 1.', 'temperature', 'invalid_value'),
      async ({ fake, model }) => {
        assert.equal((await modelErrorOf(model.chat(chatRequest(), live))).kind, 'bad_request');
        assert.equal(fake.requests.length, 1);
      },
    );
  });

  it('learns once for questions that are under way together', async () => {
    const [, refusal] = cases[0] as [string, Reply];
    await withModel(without('max_tokens', refusal), async ({ fake, model }) => {
      const answers = await Promise.all([1, 2, 3].map(() => model.chat(chatRequest(), live)));
      assert.deepEqual(
        answers.map(({ text }) => text),
        ['ok', 'ok', 'ok'],
      );
      assert.ok(fake.requests.length <= 6);
    });
  });

  it('wraps unreadable arguments of earlier calls for a server that parses the history', async () => {
    const history = (text: string): Partial<ChatRequest> => ({
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'c', name: 'f', arguments: text }] },
        { role: 'tool', toolCallId: 'c', content: 'No JSON.' },
      ],
      tools,
    });
    const sentArguments = (body: Record<string, unknown>): string => {
      const [, call] = body.messages as { tool_calls: { function: { arguments: string } }[] }[];
      return call?.tool_calls[0]?.function.arguments ?? '';
    };
    const parses = ({ body }: { body: Record<string, unknown> }): Reply => {
      try {
        JSON.parse(sentArguments(body));
        return { text: 'ok' };
      } catch (error) {
        return { status: 400, errorBody: { error: { message: String(error) } } };
      }
    };
    await withModel(parses, async ({ fake, model }) => {
      assert.equal((await model.chat(chatRequest(history('{"a": ')), live)).text, 'ok');
      assert.equal((await model.chat(chatRequest(history('{"a":1}')), live)).text, 'ok');
      const sent = fake.requests.map(({ body }) => sentArguments(body));
      assert.deepEqual(sent, ['{"a": ', JSON.stringify({ unreadable: '{"a": ' }), '{"a":1}']);
    });
  });
});
