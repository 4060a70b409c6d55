import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { commands, workspace } from 'vscode';
import { toolFileName } from '../../../src/core/toolFileName.ts';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids } from '../../../src/protocol/contributions.ts';
import { engine } from '../../../src/protocol/engine.ts';
import { ended, fileIn, nextRun, openListed, toolNodes } from '../window.ts';

/** Ids of the processes that a process has started and that live. */
function childrenOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
  );
}

/** Network sockets that a process holds; the channel to the extension host is none. */
function networkSocketsOf(pid: number): string[] {
  const known = new Set(
    ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].flatMap((kind) => {
      const table = `/proc/${pid}/net/${kind}`;
      if (!existsSync(table)) return [];
      const lines = readFileSync(table, 'utf8').trim().split('\n').slice(1);
      return lines.map((line) => `socket:[${line.trim().split(/\s+/)[9]}]`);
    }),
  );
  const held = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return held.filter((target) => known.has(target));
}

describe('In Restricted Mode', () => {
  let api: TestApi;
  const said: string[] = [];

  before(async () => {
    api = await openListed(said);
  });

  beforeEach(() => {
    said.length = 0;
  });

  it('the window is what the suite says it is', () => {
    assert.equal(workspace.isTrusted, false);
    assert.equal(api.workbench.trusted, false);
  });

  it('tools are listed, and it is said that none is run', async () => {
    assert.equal((await toolNodes(api)).length, 5);
    assert.match(api.tree.view.message ?? '', /^Restricted Mode: tools are listed/);
    assert.equal(api.tree.model.review, null);
  });

  const refused = {
    explore: ids.exploreAllTools,
    resume: ids.resume,
    'the choice of a model': ids.setModel,
    'opening a trial': ids.openTrial,
    'comparing trials': ids.compareTrials,
    'inserting examples': ids.insertExamples,
    'copying an example': ids.copyExampleAs,
    'deleting an example': ids.deleteExample,
    'verifying examples': ids.verifyExamples,
    'verifying what a changed spec made stale': ids.reverifyExamples,
    'a word on an example': ids.acceptExample,
    'adding examples': ids.expandExamples,
    'the export': ids.exportData,
    'the import of a log': ids.importLog,
  };
  for (const [name, id] of Object.entries(refused)) {
    it(`${name} is refused, and it is said why`, async () => {
      await commands.executeCommand(id, { exampleId: 'theirs', trialId: 'theirs' });
      assert.match(said.join(), /Restricted Mode/);
      assert.deepEqual(api.workbench.running, []);
    });
  }

  it('the engine itself refuses to run anything, whoever asks', async () => {
    await assert.rejects(api.link.request(engine.explore, { tools: [], model: 'offline' }), /not trusted/);
    await assert.rejects(api.link.request(engine.estimate, { tools: [], model: 'offline' }), /not trusted/);
    await assert.rejects(api.link.request(engine.resume, {}), /not trusted/);
    await assert.rejects(api.link.request(engine.verify, { tools: [], model: 'm' }), /not trusted/);
    await assert.rejects(api.link.request(engine.review, { id: 'e', accepted: true }), /not trusted/);
  });

  if (process.platform === 'linux') {
    it('the engine has no child process and no network socket', () => {
      const pid = api.link.pid;
      assert.ok(pid);
      assert.deepEqual(childrenOf(pid), []);
      assert.deepEqual(networkSocketsOf(pid), []);
    });
  }

  it('nothing is written to the workspace', () => {
    assert.equal(existsSync(fileIn('.imaginarium').fsPath), false);
  });

  it('what somebody has kept in the workspace is not read', async () => {
    const folder = fileIn('.imaginarium/examples').fsPath;
    mkdirSync(folder, { recursive: true });
    const tool = 'imaginarium.yaml#colour_name';
    const calls = [{ tool, arguments: { colour: '#fff' } }];
    const line = JSON.stringify({ id: 'theirs', tool, query: 'Do this.', calls });
    writeFileSync(`${folder}/${toolFileName(tool)}.jsonl`, `${line}\n`);
    const { rows } = await api.link.request(engine.examples, { limit: 10 });
    assert.deepEqual(rows, []);
    assert.equal(await api.link.request(engine.example, { id: 'theirs' }), null);
    assert.equal((await api.link.request(engine.dashboard, {})).examples, 0);
    assert.equal((await api.link.request(engine.tool, { id: tool }))?.counts.examples, 0);
  });

  it('ends, for the engine that is running, when trust is granted', async () => {
    api.workbench.set({ trusted: true });
    api.link.tell(engine.trust, { trusted: true });
    assert.equal((await api.link.request(engine.example, { id: 'theirs' }))?.query, 'Do this.');
    const { id } = await nextRun(api, () =>
      api.link.request(engine.explore, { tools: ['colour_name'], model: 'offline' }),
    );
    assert.equal((await ended(api, id)).status, 'finished');
  });
});
