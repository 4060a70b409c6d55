import assert from 'node:assert/strict';
import { ConfigurationTarget, commands, extensions } from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids } from '../../../src/protocol/contributions.ts';
import { engine } from '../../../src/protocol/engine.ts';
import { ended, eventually, nextRun, openListed, setting, trialsOf } from '../window.ts';
import { type FakeModel, fakeModel } from './fakeModel.ts';
import { sourceNode, toolOf } from './rows.ts';

interface FakeTool {
  calls: { code?: string }[];
  broken: number;
}

const tool = 'editor#fake_colour';

describe('Tools of the running editor', () => {
  let api: TestApi;
  let model: FakeModel;
  let fake: FakeTool;
  const said: string[] = [];

  before(async () => {
    model = await fakeModel();
    const extension = extensions.getExtension<FakeTool>('imaginarium-tests.fake-tool');
    assert.ok(extension, 'The extension with the fake tools is not installed.');
    fake = await extension.activate();
    api = await openListed(said);
    await eventually('the editor has told its tools', () =>
      api.workbench.sources?.sources.some(({ path }) => path === 'editor'),
    );
  });

  beforeEach(() => {
    said.length = 0;
    fake.calls.length = 0;
  });

  /** Explores the tool with a model that calls it with this; every question whether it may is answered so. */
  async function explore(code: string, allowed: boolean, asked: string[] = []) {
    const call = { name: 'fake_colour', input: { code } };
    model.play(call);
    const back = api.answer({
      approve: async ({ name, risk }) => {
        asked.push(`${name} ${risk}`);
        return allowed;
      },
    });
    try {
      const { id } = await nextRun(api, async () =>
        commands.executeCommand(ids.exploreTool, { toolId: tool }),
      );
      const run = await ended(api, id);
      assert.equal(run.status, 'finished', said.join());
      const [row] = await trialsOf(api, id);
      const trial = await api.link.request(engine.trial, { id: row?.id ?? '' });
      assert.ok(trial);
      return trial;
    } finally {
      back();
    }
  }

  it('are a source that stands last, closed at first, without tools of our own', async () => {
    const { sources } = api.tree.model;
    const node = await sourceNode(api, 'Editor');
    assert.equal(sources.at(-1), node);
    assert.equal(node.row.opens, 'closed');
    assert.equal(node.target.place, undefined, 'it stands in no file');
    await node.children();
    const names = node.tools.map(({ row }) => row.label);
    assert.ok(names.includes('fake_colour') && names.includes('mcp_paint_mix'), names.join());
    assert.ok(!names.some((name) => name.startsWith('imaginarium_')), names.join());
  });

  it('are of unknown risk, with the reason; those of MCP servers are marked', async () => {
    const colour = await toolOf(api, 'Editor', 'fake_colour');
    assert.equal(colour.data.risk, 'unknown');
    assert.match(
      colour.row.tooltip,
      /It is not known what this tool may do\. An extension of the editor runs it/,
    );
    const mix = await toolOf(api, 'Editor', 'mcp_paint_mix');
    assert.equal(mix.row.description, 'MCP');
    assert.match(mix.row.tooltip, /From an MCP server that the editor knows\./);
  });

  it('are called after approval, and what is no text is described', async () => {
    const asked: string[] = [];
    const trial = await explore('g', true, asked);
    assert.deepEqual(asked, ['fake_colour unknown']);
    assert.deepEqual(fake.calls, [{ code: 'g' }]);
    const [step] = trial.steps;
    assert.deepEqual(
      [step?.observation.status, step?.observation.content],
      ['ok', 'green\n[image/png, 12 bytes]'],
    );
    assert.equal(trial.outcome, 'fulfilled');
  });

  it('are not called where the person says no', async () => {
    const trial = await explore('g', false);
    assert.deepEqual(fake.calls, []);
    assert.equal(trial.steps[0]?.observation.status, 'blocked');
  });

  it('say no by throwing, which is a refusal of the tool', async () => {
    const { steps } = await explore('x', true);
    assert.deepEqual(
      [steps[0]?.observation.status, steps[0]?.observation.content],
      ['rejected', 'No colour has this letter.'],
    );
  });

  it('are not called with arguments that do not fit: the editor would not look', async () => {
    const { steps } = await explore('purple', true);
    assert.deepEqual(fake.calls, []);
    assert.deepEqual([steps[0]?.observation.status, steps[0]?.failure?.type], ['not_run', 'invalid_value']);
  });

  it('are found by name in the list of tools', async () => {
    let found: string[] = [];
    const back = api.answer({
      search: async ({ find }) => {
        const choices = await find('fake_colour', new AbortController().signal);
        found = choices.map(({ label, description }) => `${label} ${description}`);
        return undefined;
      },
    });
    await commands.executeCommand(ids.exploreTool);
    back();
    assert.ok(
      found.some((one) => one.startsWith('fake_colour editor')),
      found.join(),
    );
  });

  it('are no part of all tools, and it is said so before the run', async () => {
    const details: string[] = [];
    const back = api.answer({
      decide: async (_question, detail) => {
        details.push(detail);
        return undefined;
      },
    });
    await commands.executeCommand(ids.exploreAllTools);
    back();
    assert.match(
      details.join(),
      /The \d+ tools of the editor itself are not among them: choose one by its name\./,
    );
  });

  it('are none while the person has switched such things off', async () => {
    const back = await setting('chat.disableAIFeatures', true, ConfigurationTarget.Workspace);
    const there = (): boolean | undefined =>
      api.workbench.sources?.sources.some(({ path }) => path === 'editor');
    try {
      await eventually('they are gone', () => there() === false);
    } finally {
      await back();
    }
    await eventually('they are back', there);
  });

  it('of an extension in the workspace are run by the editor that has them, and else say why they cannot be', async () => {
    const bound = await toolOf(api, 'package.json', 'fake_colour');
    assert.equal(bound.data.runnable, true);
    const other = await toolOf(api, 'package.json', 'team_note');
    assert.equal(other.data.runnable, false);
    assert.match(other.row.tooltip, /Cannot be run: The running editor has no tool of this name/);
  });
});
