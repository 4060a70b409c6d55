import assert from 'node:assert/strict';
import { ConfigurationTarget, commands, extensions, LanguageModelError, lm } from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids, settings } from '../../../src/protocol/contributions.ts';
import { engine } from '../../../src/protocol/engine.ts';
import { ended, eventually, listed, nextRun, openExtension, setting, toolNode } from '../window.ts';

interface Part {
  text?: string;
  call?: string;
  input?: unknown;
  result?: string;
}

interface Request {
  messages: { role: 'user' | 'assistant'; parts: Part[] }[];
  tools: string[];
}

type Answer = { text?: string; call?: { name: string; input: object } };

interface FakeModel {
  requests: Request[];
  answer: (request: Request, token: { isCancellationRequested: boolean }) => Answer | Promise<Answer>;
}

const code = { name: 'colour_name', input: { code: 'r' } };

/** A model that calls once, reads what comes back, answers, and finds itself good. */
function goodModel({ messages, tools }: Request): Answer {
  const last = messages.at(-1)?.parts.at(-1);
  if (last?.text?.includes('"fulfilled"')) {
    return { text: '{"fulfilled": true, "cause": "It worked.", "lesson": "", "next": ""}' };
  }
  if (last?.result !== undefined) return { text: `It is ${last.result}.` };
  if (tools.length > 0) return { call: code };
  return { text: `Which colour is meant by r, number ${messages.length}?` };
}

describe('A language model of the editor', () => {
  let api: TestApi;
  let model: FakeModel;
  const said: string[] = [];
  const asked: string[] = [];

  before(async () => {
    const extension = extensions.getExtension<FakeModel>('imaginarium-tests.fake-model');
    assert.ok(extension, 'The extension with the fake model is not installed.');
    model = await extension.activate();
    api = await openExtension();
    api.answer({
      tell: async (_severity, text) => {
        said.push(text);
        return undefined;
      },
      decide: async (question, _detail, answers) => {
        asked.push(question);
        return answers[0];
      },
    });
    await listed(api);
    await eventually(
      'the model is there',
      async () => (await lm.selectChatModels({ vendor: 'imaginarium-tests' })).length > 0,
    );
  });

  beforeEach(() => {
    said.length = 0;
    asked.length = 0;
    model.requests.length = 0;
    model.answer = goodModel;
  });

  const explore = async () => commands.executeCommand(ids.exploreTool, await toolNode(api, 'colour_name'));

  it('explores a tool: it calls, reads the result, answers', async () => {
    const { id } = await nextRun(api, explore);
    const run = await ended(api, id);
    assert.equal(run.status, 'finished', said.join());
    assert.deepEqual([run.model.label, run.model.isLanguageModel], ['Fake model', true]);
    assert.equal(run.usage.usd, null);
    assert.ok(run.counts.examples > 0);
    assert.match(asked[0] ?? '', /Explore colour_name with Fake model\?/);
    const results = model.requests.flatMap(({ messages }) =>
      messages.flatMap(({ parts }) => parts.map(({ result }) => result)),
    );
    assert.ok(results.includes('red'), 'the model was told what the tool returned');
    const { rows } = await api.link.request(engine.examples, { limit: 10 });
    assert.deepEqual(rows[0]?.calls.at(-1)?.arguments, { code: 'r' });
  });

  it('is broken off when the person stops', async () => {
    let broken = false;
    model.answer = async (_request, token) => {
      await eventually('the request is cancelled', () => token.isCancellationRequested, 8000);
      broken = true;
      return {};
    };
    const { id } = await nextRun(api, explore);
    await eventually('it is asked', () => model.requests.length > 0);
    const began = performance.now();
    await commands.executeCommand(ids.stop);
    assert.ok(performance.now() - began < 1000);
    assert.equal((await ended(api, id)).status, 'stopped');
    await eventually('the request is broken off', () => broken);
  });

  it('is broken off at a stop string over the text protocol, since it knows none', async () => {
    const back = await setting(settings.protocol, 'react', ConfigurationTarget.Workspace);
    const call = `Thought: I look it up.\nAction: colour_name\nAction Input: {"code": "g"}\n`;
    model.answer = ({ messages }) => {
      const last = messages.at(-1)?.parts.at(-1)?.text ?? '';
      if (last.includes('"fulfilled"')) return { text: '{"fulfilled": true}' };
      if (/Observation:|green/.test(last)) return { text: 'Thought: I know.\nFinal Answer: green' };
      if (last.includes('User Query:') && !last.includes('Action:'))
        return { text: `Which colour is g? ${Math.random()}` };
      return { text: `${call}Observation: purple\nThought: So it is purple.\nFinal Answer: purple` };
    };
    try {
      const { id } = await nextRun(api, explore);
      const run = await ended(api, id);
      assert.equal(run.status, 'finished', said.join());
      const { rows } = await api.link.request(engine.trials, { runId: id, limit: 10 });
      const trial = await api.link.request(engine.trial, { id: rows[0]?.id ?? '' });
      assert.equal(trial?.steps[0]?.observation.content, 'green');
      assert.ok(!JSON.stringify(trial).includes('purple'), 'what the model made up is not kept');
    } finally {
      await back();
    }
  });

  it('that may not be used ends the run with what to do, and the run is kept', async () => {
    model.answer = () => {
      throw LanguageModelError.NoPermissions('The person said no.');
    };
    const { id } = await nextRun(api, explore);
    const run = await ended(api, id);
    assert.equal(run.status, 'failed');
    assert.match(`${run.error?.message} ${run.error?.advice}`, /Fake model .*(allow|another model)/i);
    assert.equal(api.workbench.resumable?.id, id);
    await eventually('the person is told', () =>
      said.some((text) => text.includes('Exploring colour_name failed.')),
    );
  });

  it('that is gone is named as such, before anything starts', async () => {
    const back = await setting(
      settings.model,
      'editor:imaginarium-tests/other',
      ConfigurationTarget.Workspace,
    );
    try {
      await explore();
      await eventually('the person is told', () =>
        said.some((text) => text.includes('no language model "imaginarium-tests/other"')),
      );
      assert.deepEqual(api.workbench.running, []);
    } finally {
      await back();
    }
  });
});
