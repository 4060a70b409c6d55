import assert from 'node:assert/strict';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contradiction } from '../../../src/core/contradictions/index.ts';
import { UserError } from '../../../src/core/errors.ts';
import { DismissedProblems } from '../../../src/store/index.ts';
import { OpenedStore } from './openedStore.ts';

function problem(id: string): Contradiction {
  return {
    id,
    tool: 'a.yaml#t',
    kind: 'needed',
    argument: '/zone',
    about: '',
    message: '"zone" is needed.',
    trials: ['r-a-1.1'],
    change: { change: 'require', argument: '/zone' },
  };
}

describe('Dismissed problems', () => {
  it('are lines of a file, sorted, each once, also when many are added at a time', async () => {
    await using opened = await OpenedStore.inFolder();
    const kept = new DismissedProblems(opened.folder, () => {});
    assert.deepEqual(await kept.read(), new Set());
    await Promise.all(['c', 'a', 'b', 'a'].map((id) => kept.add(problem(id))));
    const lines = await opened.lines('dismissed.jsonl');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).id),
      ['a', 'b', 'c'],
    );
    assert.ok(!lines.join().includes('r-a-1.1'), 'trials are those of one machine');
    assert.deepEqual(await new DismissedProblems(opened.folder, () => {}).read(), new Set(['a', 'b', 'c']));
    assert.deepEqual(
      (await readdir(opened.path())).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('keep what cannot be read where it is, and tell of it once', async () => {
    await using opened = await OpenedStore.inFolder();
    const told: string[] = [];
    const kept = new DismissedProblems(opened.folder, ({ message }) => told.push(message));
    await kept.add(problem('b'));
    const [line = ''] = await opened.lines('dismissed.jsonl');
    const marks = ['<<<<<<< ours', line, '=======', '{"no": "id"}', '>>>>>>> theirs'];
    await opened.edit(marks, 'dismissed.jsonl');
    assert.deepEqual(await kept.read(), new Set(['b']));
    await kept.add(problem('z'));
    const after = await opened.lines('dismissed.jsonl');
    assert.deepEqual(after.slice(0, 5), marks);
    assert.equal(after.length, 6);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /line 1: .+; line 3: .+; line 4: it has no "id"; line 5: /);
  });

  it('are written nowhere else, wherever a link leads', async () => {
    await using opened = await OpenedStore.inFolder();
    await using elsewhere = await OpenedStore.inFolder();
    await mkdir(opened.path());
    const target = join(elsewhere.folder, 'target.jsonl');
    symlinkSync(target, opened.path('dismissed.jsonl'));
    const kept = new DismissedProblems(opened.folder, () => {});
    await assert.rejects(kept.add(problem('a')), UserError);
    assert.ok(!existsSync(target));
    writeFileSync(target, `${JSON.stringify({ id: 'a' })}\n`);
    await assert.rejects(kept.read(), UserError);
  });
});
