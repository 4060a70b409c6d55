import assert from 'node:assert/strict';
import { readSnapshot, SnapshotWriter, snapshotOf } from '../../../../src/extension/state/snapshot.ts';
import { source, sources } from '../fakes.ts';

const folders = ['/home/me/trains'];

/** The editor's storage of a workspace. */
function storage(kept?: unknown) {
  const at = { kept, writes: 0 };
  const memento = {
    get: () => at.kept,
    update: async (_key: string, value: unknown) => {
      at.kept = structuredClone(value);
      at.writes += 1;
    },
  };
  return { at, memento };
}

describe('The first level that a window keeps for the next one', () => {
  it('comes back as it was', async () => {
    const { at, memento } = storage();
    const writer = new SnapshotWriter(memento, (error) => assert.fail(String(error)), 1);
    const shown = sources(source(3), source(400, { path: 'b.tools.yaml' }));
    for (let time = 0; time < 5; time += 1) writer.keep(shown);
    while (at.writes === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(at.writes, 1);
    assert.deepEqual(readSnapshot(memento, folders), { ...shown, version: -1 });
  });

  it('is not written twice, and not after the window has closed', async () => {
    const { at, memento } = storage();
    const writer = new SnapshotWriter(memento, (error) => assert.fail(String(error)), 1);
    writer.keep(sources(source(3)));
    while (at.writes === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    writer.keep(sources(source(3)));
    await new Promise((resolve) => setTimeout(resolve, 10));
    writer.keep(sources(source(4)));
    writer.dispose();
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(at.writes, 1);
  });

  it('has a limit, and no more of a broken source than its first problems', () => {
    const problem = { path: 'x', line: 1, column: 1, severity: 'error' as const, message: 'm'.repeat(500) };
    const broken = source(1, { problems: Array(5000).fill(problem) });
    const many = Array.from({ length: 2000 }, (_, index) => ({ ...broken, path: `${index}.tools.yaml` }));
    const text = JSON.stringify(snapshotOf(sources(...many)));
    assert.ok(text.length <= 200_200, String(text.length));
    const back = readSnapshot(storage(JSON.parse(text)).memento, folders);
    assert.equal(back?.sources[0]?.problems.length, 5);
    assert.equal(back?.tools, 2000);
  });

  it('is nothing where something else is kept, or what is kept is of other folders', () => {
    const good = snapshotOf(sources(source(3))) as { sources: object[] };
    assert.ok(readSnapshot(storage(good).memento, folders));
    assert.equal(readSnapshot(storage(good).memento, ['/elsewhere']), null);
    const [row] = good.sources;
    for (const bad of [
      undefined,
      null,
      'text',
      [],
      { ...good, version: 1 },
      { ...good, sources: [{ ...row, format: 'toString' }] },
      { ...good, sources: [{ ...row, server: { name: 'x' } }] },
      { ...good, tools: -1 },
      { ...good, runnable: '3' },
      { ...good, sources: 'x' },
      { ...good, sources: [{ ...row, path: 7 }] },
      { ...good, sources: [{ ...row, problems: [{}] }] },
      { ...good, sources: [{ ...row, tools: 1.5 }] },
    ]) {
      assert.equal(readSnapshot(storage(bad).memento, folders), null, JSON.stringify(bad));
    }
  });
});
