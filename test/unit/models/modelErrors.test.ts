import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { ChatRequest } from '../../../src/core/chat.ts';
import { ModelError, type ModelErrorKind } from '../../../src/core/errors.ts';
import { modelError } from '../../../src/models/modelError.ts';
import { type OpenAIOptions, openaiModel } from '../../../src/models/openai.ts';
import { FakeClock } from '../../helpers/fakeClock.ts';
import type { FakeOptions, Reply } from '../../helpers/fakeOpenAI.ts';
import { chatRequest, live, modelErrorOf, withModel } from './asking.ts';

const says = (status: number, message: string, more: object = {}): Reply => ({
  status,
  errorBody: { error: { message, ...more } },
});

async function errorOf(
  reply: Reply,
  request: Partial<ChatRequest> = {},
  options: Partial<OpenAIOptions> & { models?: FakeOptions['models'] } = {},
): Promise<ModelError> {
  let error: ModelError | undefined;
  await withModel(
    () => reply,
    async ({ model }) => {
      error = await modelErrorOf(model.chat(chatRequest(request), live));
    },
    options as object,
  );
  assert.ok(error);
  return error;
}

const tools = [{ name: 'f', description: '', parameters: {} }];

const kinds: [kind: ModelErrorKind, reply: Reply, request?: Partial<ChatRequest>][] = [
  ['auth', says(401, 'Incorrect API key provided.')],
  ['auth', says(403, 'Forbidden')],
  [
    'unknown_model',
    says(404, 'The model `x` does not exist or you do not have access to it.', { code: 'model_not_found' }),
  ],
  ['unknown_model', says(403, 'Project does not have access.', { code: 'model_not_found' })],
  ['unknown_model', says(400, 'x is not a valid model ID')],
  ['unknown_model', { status: 404, errorBody: { error: 'model "x" not found, try pulling it first' } }],
  ['quota', says(429, 'You exceeded your current quota.', { code: 'insufficient_quota' })],
  ['quota', says(429, 'You exceeded your current quota, please check your plan and billing details.')],
  ['quota', says(402, 'Insufficient Balance')],
  ['rate_limit', says(429, 'You exceeded your current quota. Please retry in 12.5s.')],
  ['rate_limit', says(429, 'Rate limit reached')],
  ['server', says(503, 'Overloaded')],
  ['bad_request', says(400, 'messages: invalid role')],
  ['too_long', says(400, 'Please reduce.', { code: 'context_length_exceeded' })],
  ['too_long', says(400, "This model's maximum context length is 4096 tokens. However, you requested 5000.")],
  ['too_long', says(400, 'the request exceeds the available context size')],
  ['too_long', says(413, 'Payload')],
  ['tools_unsupported', says(400, 'registry.ollama.ai/library/gemma:2b does not support tools'), { tools }],
  [
    'tools_unsupported',
    says(400, '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'),
    { tools, toolChoice: 'auto' },
  ],
  ['tools_unsupported', says(404, 'No endpoints found that support tool use.'), { tools }],
  ['tools_unsupported', says(500, 'tools param requires --jinja flag'), { tools }],
  ['unreachable', { status: 307, headers: { location: 'https://example.com/' } }],
];

describe('what went wrong with a model', () => {
  for (const [kind, reply, request] of kinds) {
    const what = JSON.stringify(reply.errorBody ?? reply.headers);
    it(`is ${kind} for ${reply.status} ${what}`, async () => {
      const error = await errorOf(reply, request);
      assert.equal(error.kind, kind);
      assert.match(error.message, /127\.0\.0\.1/);
      assert.ok(error.message.includes(String(reply.status)), error.message);
      assert.ok(error.advice.length > 20);
    });
  }

  it('names the places of a key', async () => {
    for (const apiKey of ['sk-mine-123456', null]) {
      const { message, advice } = await errorOf(says(401, 'Who are you?'), {}, { apiKey });
      assert.match(message, apiKey ? /refused the API key \(401\)/ : /wants an API key, and none is set/);
      assert.match(advice, /IMAGINARIUM_API_KEY or OPENAI_API_KEY/);
      assert.match(advice, /Imaginarium: Set API Key…/);
    }
  });

  it('asks OpenAI for nothing without a key', async () => {
    const error = await modelErrorOf(
      openaiModel({ model: 'gpt-5-mini', apiKey: ' ' }).chat(chatRequest(), live),
    );
    assert.equal(error.kind, 'auth');
    assert.equal(error.message, 'https://api.openai.com/v1 wants an API key, and none is set.');
  });

  it('lists at most five models that the server has', async () => {
    const reply = says(404, 'The model `x` does not exist', { code: 'model_not_found' });
    const many = await errorOf(reply, {}, { models: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] });
    assert.match(many.message, /no model "fake-model"/);
    assert.match(many.advice, /It has: a, b, c, d, e and 2 more\./);
    const none = await errorOf(reply, {}, { models: { status: 500 } });
    assert.match(none.advice, /Check the name of the model/);
  });

  it('takes a bare 404 for a wrong path where there is no list of models either', async () => {
    const bare: Reply = { status: 404, errorBody: '404 page not found' };
    const wrongPath = await errorOf(bare, {}, { models: { status: 404 } });
    assert.equal(wrongPath.kind, 'unreachable');
    assert.match(wrongPath.advice, /ends with \/v1/);
    assert.equal((await errorOf(bare, {}, { models: ['a'] })).kind, 'unknown_model');
  });

  it('is unreachable where nobody listens, and says what could', async () => {
    const port = await freePort();
    const baseUrl = `http://127.0.0.1:${port}/v1`;
    const model = openaiModel({ model: 'm', baseUrl, apiKey: null, clock: new FakeClock({ skips: true }) });
    const error = await modelErrorOf(model.chat(chatRequest(), live));
    assert.equal(error.kind, 'unreachable');
    assert.equal(error.message, `${baseUrl} cannot be reached after 3 tries (ECONNREFUSED).`);
    assert.match(error.advice, /Is the local server running/);
  });

  it('knows the local servers by their ports', () => {
    const away = {
      status: null,
      text: 'ECONNREFUSED',
      codes: [],
      param: null,
      headers: null,
      network: null,
      malformed: false,
    };
    const asked = { model: 'qwen3', hasKey: false, tries: 3, timeoutMs: 1, waitMs: null, models: null };
    const advice = (kind: ModelErrorKind, baseUrl: string): string =>
      modelError(kind, away, { ...asked, baseUrl }).advice;
    assert.match(advice('unreachable', 'http://localhost:11434/v1'), /ollama serve/);
    assert.match(advice('unreachable', 'http://127.0.0.1:1234/v1'), /LM Studio/);
    assert.match(advice('unknown_model', 'http://127.0.0.1:11434/v1'), /ollama pull qwen3/);
    assert.match(advice('unreachable', 'https://api.openai.com/v1'), /online/);
    assert.match(advice('tools_unsupported', 'http://127.0.0.1:8000/v1'), /--protocol react/);
  });

  it('never repeats a key, whatever the server says', async () => {
    const apiKey = 'my+secret/key.without.shape';
    const echo = `You sent Bearer ${apiKey}; also sk-abcdef******wxyz and AIzaSyA1234567890`;
    for (const status of [400, 401, 404, 500]) {
      const waits: string[] = [];
      const options = { apiKey, onWait: ({ message }: { message: string }) => waits.push(message) };
      const error = await errorOf(says(status, echo), {}, options);
      const everything = [error.message, error.advice, String(error.cause), error.stack, ...waits].join('\n');
      assert.match(everything, /\[key\]/);
      assert.doesNotMatch(everything, /secret|abcdef|wxyz|AIza/);
    }
  });

  it('shortens what the server says, and reads pages by their titles', async () => {
    assert.ok((await errorOf(says(400, 'x'.repeat(5000)))).message.length < 450);
    const page = { status: 502, errorBody: '<html><head><title>Bad Gateway</title></head></html>' };
    assert.match((await errorOf(page)).message, /a web page titled "Bad Gateway"/);
  });
});

describe('a choice that cannot be meant', () => {
  const refused = (options: Partial<OpenAIOptions>): ModelError => {
    try {
      openaiModel({ model: 'm', apiKey: null, ...options });
    } catch (error) {
      assert.ok(error instanceof ModelError);
      return error;
    }
    throw new Error('It was taken.');
  };

  it('is refused without showing secrets', () => {
    const key = refused({ apiKey: 'sk-first\nsk-second' });
    assert.equal(key.kind, 'auth');
    assert.doesNotMatch(key.message, /sk-/);
    assert.match(refused({ baseUrl: 'localhost' }).message, /is no address/);
    assert.match(refused({ baseUrl: 'ftp://host/v1' }).message, /not http or https/);
    assert.doesNotMatch(refused({ baseUrl: 'http://me:hush@host/v1' }).message, /hush/);
  });
});

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
