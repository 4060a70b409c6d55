import type { ChatModel, ChatRequest } from '../../../src/core/chat.ts';
import { ModelError } from '../../../src/core/errors.ts';
import type { QueryForCallPurpose } from '../../../src/core/purpose.ts';
import { type OpenAIOptions, openaiModel } from '../../../src/models/openai.ts';
import { FakeClock } from '../../helpers/fakeClock.ts';
import { type FakeOpenAI, type FakeOptions, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';

/** Only its seed is read: it makes the jitter of the waits. */
const purpose = { seed: 7 } as QueryForCallPurpose;

/** A request as the core makes them; only what a test is about needs to be said. */
export function chatRequest(parts: Partial<ChatRequest> = {}): ChatRequest {
  return {
    purpose,
    messages: [{ role: 'user', content: 'Hello' }],
    temperature: 1,
    maxTokens: 360,
    ...parts,
  };
}

/** A signal that is never aborted. */
export const live = new AbortController().signal;

interface Parts {
  fake: FakeOpenAI;
  clock: FakeClock;
  model: ChatModel;
}

/** Runs a test against a fake server and a model that asks it, on a clock whose waits take no time. */
export async function withModel(
  reply: FakeOptions['reply'],
  test: (parts: Parts) => Promise<void>,
  options: Partial<OpenAIOptions> & { clock?: FakeClock; models?: FakeOptions['models'] } = {},
): Promise<void> {
  const { models, clock = new FakeClock({ skips: true }), ...rest } = options;
  const fake = await startFakeOpenAI({ reply, ...(models ? { models } : {}) });
  const model = openaiModel({ model: 'fake-model', baseUrl: fake.baseUrl, apiKey: null, ...rest, clock });
  try {
    await test({ fake, clock, model });
  } finally {
    await fake.close();
  }
}

/** The `ModelError` that a promise rejects with. */
export async function modelErrorOf(promise: Promise<unknown>): Promise<ModelError> {
  const outcome = await promise.then(
    () => new Error('It was answered.'),
    (error: unknown) => error,
  );
  if (outcome instanceof ModelError) return outcome;
  throw outcome;
}

/** Waits until something is so, a turn of the event loop at a time. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
