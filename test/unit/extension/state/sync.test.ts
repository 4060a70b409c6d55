import assert from 'node:assert/strict';
import type { EngineLink } from '../../../../src/extension/link/engineLink.ts';
import { CatalogueSync } from '../../../../src/extension/state/sync.ts';
import { Workbench } from '../../../../src/extension/state/workbench.ts';
import { settle, source, sources } from '../fakes.ts';

const changed = (version: number) => [{ type: 'catalogue' as const, version }];

describe('The first level in the window', () => {
  it('is asked for at once after a change, and then at a pace for all that came meanwhile', async () => {
    const answers: (() => void)[] = [];
    const link = {
      request: () =>
        new Promise((resolve) => {
          const version = answers.length + 1;
          answers.push(() => resolve({ ...sources(source(version)), version }));
        }),
    } as unknown as EngineLink;
    const bench = new Workbench();
    const sync = new CatalogueSync(link, bench, (error) => assert.fail(String(error)), 5);
    sync.hear(changed(1));
    sync.hear(changed(2));
    sync.hear(changed(3));
    assert.equal(answers.length, 1, 'one question at a time');
    answers[0]?.();
    await settle();
    assert.equal(bench.toolsTotal, 1);
    while (answers.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    answers[1]?.();
    await settle();
    assert.equal(bench.toolsTotal, 2);
    await new Promise((resolve) => setTimeout(resolve, 15));
    assert.equal(answers.length, 2, 'nothing has changed since');
  });

  it('what an earlier window kept goes when the engine speaks; an older answer does not count', () => {
    const bench = new Workbench();
    bench.remember({ ...sources(source(9)), version: -1 });
    assert.deepEqual([bench.toolsTotal, bench.remembered], [9, true]);
    bench.setSources({ ...sources(source(3)), version: 2 });
    bench.setSources({ ...sources(source(1)), version: 1 });
    assert.deepEqual([bench.toolsTotal, bench.runnableTotal, bench.remembered], [3, 3, false]);
  });
});
