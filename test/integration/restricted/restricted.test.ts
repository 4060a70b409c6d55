import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { commands, workspace } from 'vscode';
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
  });

  for (const [name, id] of Object.entries({ explore: ids.exploreAllTools, resume: ids.resume })) {
    it(`${name} refuses and says why`, async () => {
      await commands.executeCommand(id);
      assert.match(said.join(), /Restricted Mode/);
      assert.deepEqual(api.workbench.running, []);
    });
  }

  it('the engine itself refuses to run anything, whoever asks', async () => {
    await assert.rejects(api.link.request(engine.explore, { tools: [], model: 'offline' }), /not trusted/);
    await assert.rejects(api.link.request(engine.estimate, { tools: [], model: 'offline' }), /not trusted/);
    await assert.rejects(api.link.request(engine.resume, {}), /not trusted/);
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

  it('ends, for the engine that is running, when trust is granted', async () => {
    api.workbench.set({ trusted: true });
    api.link.tell(engine.trust, { trusted: true });
    const { id } = await nextRun(api, () =>
      api.link.request(engine.explore, { tools: ['colour_name'], model: 'offline' }),
    );
    assert.equal((await ended(api, id)).status, 'finished');
  });
});
