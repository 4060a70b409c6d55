/** The language model of the test extension, in the part of one that calls once and is content. */
import assert from 'node:assert/strict';
import { extensions, lm } from 'vscode';
import { eventually } from '../window.ts';

interface Request {
  messages: { role: 'user' | 'assistant'; parts: { text?: string; result?: string }[] }[];
  tools: string[];
}

interface Call {
  name: string;
  input: object;
}

export interface FakeModel {
  /** From now on it makes this call. */
  play(call: Call): void;
}

/** The extension with the model, awake. */
export async function fakeModel(): Promise<FakeModel> {
  const extension = extensions.getExtension<{ answer: (request: Request) => object }>(
    'imaginarium-tests.fake-model',
  );
  assert.ok(extension, 'The extension with the fake model is not installed.');
  const fake = await extension.activate();
  await eventually(
    'the model is there',
    async () => (await lm.selectChatModels({ vendor: 'imaginarium-tests' })).length > 0,
  );
  let queries = 0;
  return {
    play(call) {
      fake.answer = ({ messages, tools }) => {
        const last = messages.at(-1)?.parts.at(-1);
        if (last?.text?.includes('"fulfilled"')) {
          return { text: '{"fulfilled": true, "cause": "It worked.", "lesson": "", "next": ""}' };
        }
        if (last?.result !== undefined) return { text: `It is ${last.result}.` };
        if (tools.length > 0) return { call };
        queries += 1;
        return { text: `What comes of ${JSON.stringify(call.input)} the ${queries}th time?` };
      };
    },
  };
}
