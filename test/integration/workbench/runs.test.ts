import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { ConfigurationTarget, commands, workspace } from 'vscode';
import type { Choice, Person } from '../../../src/extension/surroundings.ts';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids, settings } from '../../../src/protocol/contributions.ts';
import { engine } from '../../../src/protocol/engine.ts';
import { offlineLabel } from '../../../src/protocol/modelNames.ts';
import {
  assertNothingDoubled,
  ended,
  eventually,
  fileIn,
  listed,
  nextRun,
  note,
  openExtension,
  resume,
  setting,
  toolNode,
  trialsOf,
} from '../window.ts';

describe('Runs', () => {
  let api: TestApi;
  let giveBack: (() => void) | undefined;
  const said: string[] = [];

  /** Answers messages with nothing, and keeps them; other answers as given. */
  function answer(answers: Partial<Person> = {}): void {
    giveBack?.();
    said.length = 0;
    giveBack = api.answer({
      tell: async (_severity, text) => {
        said.push(text);
        return undefined;
      },
      ...answers,
    });
  }

  const row = async (name: string) => (await toolNode(api, name)).row;
  const explore = (name: string) => async () =>
    commands.executeCommand(ids.exploreTool, await toolNode(api, name));
  const note1 = () => fileIn('notes.txt').fsPath;

  before(async () => {
    api = await openExtension();
    await listed(api);
  });

  beforeEach(() => answer());
  afterEach(() => giveBack?.());

  it('of one tool, started from the tree, ends with examples on disk and in the tree', async () => {
    const began = performance.now();
    const { id } = await nextRun(api, explore('add_days'));
    const run = await ended(api, id);
    note(`a run of ${run.counts.trials} trials: ${(performance.now() - began).toFixed(0)} ms`);
    assert.equal(run.status, 'finished');
    assert.equal(run.model.label, offlineLabel);
    const rows = await trialsOf(api, id);
    assert.equal(rows.length, run.counts.trials);
    assertNothingDoubled(rows);
    assert.ok(run.counts.examples > 0, 'the sampler learns this tool');
    const folder = fileIn('.imaginarium/examples').fsPath;
    const lines = readdirSync(folder).flatMap((name) =>
      readFileSync(`${folder}/${name}`, 'utf8').trim().split('\n'),
    );
    assert.equal(lines.length, run.counts.examples);
    assert.ok(lines.every((line) => JSON.parse(line).query));
    await eventually('the tree counts them', async () =>
      (await row('add_days')).description.startsWith(`${run.counts.examples} example`),
    );
    await eventually('the end is told', () => said.some((text) => text.startsWith('Explored add_days:')));
  });

  it('stops within a second, and goes on with Resume where it was', async () => {
    const back = await setting(settings.episodes, 20, ConfigurationTarget.Workspace);
    const { id } = await nextRun(api, explore('slow_echo'));
    await back();
    await eventually('a trial ends', () => (api.workbench.run(id)?.counts.trials ?? 0) > 0);
    await eventually('the row shows it', async () => (await row('slow_echo')).context === 'tool.inRun');
    const began = performance.now();
    await commands.executeCommand(ids.stop);
    const ms = performance.now() - began;
    note(`stopped after ${ms.toFixed(0)} ms`);
    assert.ok(ms < 1000, `${ms} ms`);
    const stopped = await ended(api, id);
    assert.equal(stopped.status, 'stopped');
    const before = await trialsOf(api, id);

    await resume(api, id);
    await eventually('it goes on', () => (api.workbench.run(id)?.counts.trials ?? 0) > before.length);
    await commands.executeCommand(ids.stop);
    await ended(api, id);
    const after = await trialsOf(api, id);
    assertNothingDoubled(after);
    assert.deepEqual(
      after.map((row) => row.id).filter((trial) => before.some((row) => row.id === trial)).length,
      before.length,
    );
  });

  it('ends when the person cancels the notification', async () => {
    let cancel = (): void => {};
    answer({
      follow: async (work) => {
        const cancelled = new AbortController();
        cancel = () => cancelled.abort();
        await work(() => {}, cancelled.signal);
      },
    });
    const { id } = await nextRun(api, explore('slow_echo'));
    cancel();
    assert.equal((await ended(api, id, 5000)).status, 'stopped');
  });

  it('does not run a tool that writes when the person refuses; when the person allows, it does', async () => {
    answer({ approve: async () => false });
    const refused = await nextRun(api, explore('write_note'));
    await ended(api, refused.id);
    assert.equal(existsSync(note1()), false);
    const rows = await trialsOf(api, refused.id);
    assert.ok(rows.some(({ failures }) => failures.includes('blocked')));

    let asked = 0;
    answer({
      approve: async ({ name, risk, scope }) => {
        asked += 1;
        assert.deepEqual([name, risk, scope], ['write_note', 'write', 'run']);
        return true;
      },
    });
    const allowed = await nextRun(api, explore('write_note'));
    await ended(api, allowed.id);
    assert.equal(asked, 1, 'once a run');
    assert.ok(readFileSync(note1(), 'utf8').length > 0);
  });

  it('asks for each call of a tool that destroys', async () => {
    const scopes: string[] = [];
    answer({
      approve: async ({ scope }) => {
        scopes.push(scope);
        return scopes.length % 2 === 1;
      },
    });
    const { id } = await nextRun(api, explore('wipe_notes'));
    await ended(api, id);
    assert.ok(scopes.length > 1 && scopes.every((scope) => scope === 'call'), scopes.join());
    const wiped = readFileSync(fileIn('wiped.txt').fsPath, 'utf8').trimEnd().split('\n');
    assert.equal(wiped.length, Math.ceil(scopes.length / 2));
  });

  it('of other tools go on while a question is unanswered, and the status bar says that one waits', async () => {
    let decide = (_allowed: boolean): void => {};
    answer({ approve: () => new Promise((resolve) => (decide = resolve)) });
    const { id } = await nextRun(api, () =>
      api.link.request(engine.explore, { tools: ['write_note', 'colour_name'] }),
    );
    await eventually('the question', () => api.workbench.waitingApprovals === 1);
    await eventually('the other tool is through', async () => {
      const rows = await trialsOf(api, id);
      return rows.filter(({ tool }) => tool.endsWith('#colour_name')).length >= 4;
    });
    assert.equal(api.workbench.running.length, 1);
    decide(false);
    assert.equal((await ended(api, id)).status, 'finished');
    assert.equal(api.workbench.waitingApprovals, 0);
  });

  it('ask for a model first where none is set, and keep the choice for the workspace', async () => {
    await workspace.getConfiguration().update(settings.model, '', ConfigurationTarget.Workspace);
    const shown: string[] = [];
    const sampler = 'Offline sampler (demonstration, no language model)';
    answer({
      async pickGrowing<T>(_title: string, _placeholder: string, lists: AsyncIterable<Choice<T>[]>) {
        let last: Choice<T>[] = [];
        for await (const list of lists) last = list;
        shown.push(...last.map(({ label }) => label));
        return last.find(({ label }) => label === sampler)?.value;
      },
    });
    const { id } = await nextRun(api, explore('colour_name'));
    await ended(api, id);
    assert.ok(shown.includes('OpenAI…') && shown.at(-1) === sampler, shown.join());
    const kept = workspace.getConfiguration().inspect(settings.model);
    assert.equal(kept?.workspaceValue, 'offline');
    assert.ok(readFileSync(fileIn('.vscode/settings.json').fsPath, 'utf8').includes('"offline"'));
  });
});
