import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { testEngine } from '../../helpers/testEngine.ts';
import { echo, type WorkspaceFixture, workspaceFixture } from '../../helpers/workspaceFixture.ts';

describe('Engine: the catalogue', () => {
  const made: WorkspaceFixture[] = [];
  afterEach(() => {
    for (const workspace of made.splice(0)) workspace.remove();
  });

  function workspace(...names: string[]): WorkspaceFixture {
    const one = workspaceFixture(names.map(echo));
    made.push(one);
    return one;
  }

  it('unsaved edits, in every folder, reach the listeners within 300 ms', async () => {
    const first = workspace('a');
    const second = workspace('b');
    const unsaved = new Map<string, string>();
    const { engine, events } = await testEngine(first.folder, {
      folders: [first.folder, second.folder],
      readText: (path) => unsaved.get(path) ?? null,
    });
    for (const { folder } of [first, second]) {
      await sleep(120);
      const before = engine.catalogue().version;
      events.splice(0);
      const path = join(folder, 'imaginarium.yaml');
      unsaved.set(path, 'tools:\n  - name: edited\n    description: Is not saved.\n');
      const started = performance.now();
      void engine.refresh(path);
      while (!events.some((event) => event.type === 'catalogue')) await sleep(5);
      assert.ok(performance.now() - started < 300, `${performance.now() - started} ms`);
      assert.ok(engine.catalogue().version > before);
    }
    const tools = engine.catalogue().sources.flatMap((source) => source.tools);
    assert.deepEqual(
      tools.map(({ name, runnable }) => [name, runnable]),
      [
        ['edited', false],
        ['edited', false],
      ],
    );
    assert.equal(new Set(tools.map(({ id }) => id)).size, 2);
    await engine.dispose();
  });

  it('a broken manifest is a problem at its place, and nothing changes where nothing did', async () => {
    const { folder } = workspace('a');
    writeFileSync(join(folder, 'imaginarium.yaml'), 'tools:\n  - name: a\n    risk: wild\n');
    const { engine } = await testEngine(folder);
    const [source] = engine.catalogue().sources;
    assert.ok((source?.problems.length ?? 0) > 0);
    assert.equal(source?.problems[0]?.line, 3);
    const { version } = engine.catalogue();
    await engine.refresh();
    assert.equal(engine.catalogue().version, version);
    await engine.dispose();
  });

  it('no workspace: nothing is found, and exploring says what to do', async () => {
    const { engine } = await testEngine('/', { folders: [] });
    assert.deepEqual(engine.catalogue().sources, []);
    assert.match(engine.state().storeProblem?.message ?? '', /No folder is open/);
    await assert.rejects(engine.explore({ tools: [], model: 'offline' }), { name: 'WrongRequest' });
    await engine.dispose();
  });

  it('a database that cannot be used keeps nobody from seeing the tools', async () => {
    const { folder } = workspace('a');
    mkdirSync(join(folder, '.imaginarium', 'trials.db'), { recursive: true });
    const { engine, events } = await testEngine(folder);
    assert.notEqual(engine.state().storeProblem, null);
    assert.equal(engine.catalogue().sources[0]?.tools.length, 1);
    assert.deepEqual(await engine.learned.trials({ limit: 10 }), { rows: [], next: null });
    await assert.rejects(engine.explore({ tools: [], model: 'offline' }));
    await engine.dispose();
    assert.ok(events.some((event) => event.type === 'notice' && event.severity === 'error'));
  });

  it('changing the first folder changes what is kept where', async () => {
    const first = workspace('a');
    const second = workspace('b');
    const { engine } = await testEngine(first.folder);
    await engine.setFolders([second.folder, first.folder]);
    const ids = engine.catalogue().sources.flatMap(({ tools }) => tools.map(({ id }) => id));
    assert.equal(ids[0], 'imaginarium.yaml#b');
    assert.match(ids[1] ?? '', /^imaginarium-workspace-.*\/imaginarium\.yaml#a$/);
    await engine.dispose();
  });

  it('a folder that cannot be written is read', async () => {
    const { folder } = workspace('a');
    const offline = { tools: [], model: 'offline' };
    const { engine } = await testEngine(folder);
    await engine.estimate(offline);
    chmodSync(folder, 0o555);
    // Root ignores file modes.
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65534);
    try {
      assert.equal(engine.catalogue().sources.length, 1);
      await assert.rejects(engine.explore(offline), { name: 'UserError' });
    } finally {
      if (root) process.seteuid?.(0);
      chmodSync(folder, 0o755);
      await engine.dispose();
    }
  });
});
