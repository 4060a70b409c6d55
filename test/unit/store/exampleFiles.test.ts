import assert from 'node:assert/strict';
import { readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { UserError } from '../../../src/core/errors.ts';
import type { Example, Lesson } from '../../../src/core/trial.ts';
import type { Store } from '../../../src/store/index.ts';
import { madeExample, madeRecord, madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

const tool = 'imaginarium.yaml#tool_0';
const file = ['examples', 'imaginarium.yaml#tool_0.jsonl'];
const lessonFile = ['lessons', 'imaginarium.yaml#tool_0.jsonl'];

/** Records a trial with an example and returns it. */
function learn(store: Store, index: number): Example {
  const trial = madeTrial('r1', index, 1);
  const example = madeExample(trial);
  store.recordTrial({ trial, lessons: [], fixes: [], example });
  return example;
}

async function withExamples(opened: OpenedStore, count: number): Promise<Store> {
  const store = await opened.open({ run: 'r1' });
  for (let index = count - 1; index >= 0; index--) learn(store, index);
  await store.flushExamples();
  return store;
}

function ids(lines: string[]): string[] {
  return lines.map((line) => (JSON.parse(line) as { id: string }).id);
}

function kept(store: Store): Example[] {
  return store.examples({ limit: 1000 }).rows;
}

describe('Files of examples', () => {
  it('have one object a line, its keys in order, the lines sorted, and nothing else lies about', async () => {
    await using opened = await OpenedStore.inFolder();
    await withExamples(opened, 5);
    const lines = await opened.lines(...file);
    assert.deepEqual(ids(lines), ids(lines).toSorted());
    assert.equal(lines.length, 5);
    assert.match(lines[0] ?? '', /^\{"id":.*"tool":.*"query":.*"calls":\[\{"tool":.*"provenance":\{"model":/);
    assert.deepEqual(await readdir(opened.path('examples')), [file[1]]);
  });

  it('are written by the flush and not before', async () => {
    await using opened = await OpenedStore.inFolder();
    const first = await opened.open({ run: 'r1' });
    const example = learn(first, 0);
    await assert.rejects(opened.lines(...file), /ENOENT/);
    await first.flushExamples();
    assert.deepEqual(
      (await opened.lines(...file)).map((line) => JSON.parse(line)),
      [example],
    );
  });

  it('keep what a person changed, and say so when they are written next', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 2);
    const [first = '', second = ''] = await opened.lines(...file);
    const edited = first.replace('"query":"', '"note":"mine","query":"Better: ');
    await opened.edit([edited, second], ...file);
    await store.readFiles();
    const example = kept(store).find(({ query }) => query.startsWith('Better: '));
    assert.equal(example?.provenance.edited, true);
    assert.equal(store.nearestExamples('better', 1)[0]?.id, example.id);
    assert.deepEqual(await opened.lines(...file), [edited, second], 'reading writes nothing');

    learn(store, 2);
    await store.flushExamples();
    const line = (await opened.lines(...file)).find((one) => one.includes('Better: '));
    const written = JSON.parse(line ?? '') as Example & { note: string };
    assert.deepEqual([written.note, written.provenance.edited], ['mine', true]);
    assert.equal((await opened.lines(...file)).length, 3);
  });

  it('have the last word on deletions', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 3);
    const lines = await opened.lines(...file);
    await opened.edit(lines.slice(1), ...file);
    // The next example is written into the file as it is now, without what was taken out.
    learn(store, 3);
    await store.flushExamples();
    assert.equal((await opened.lines(...file)).includes(lines[0] ?? ''), false);
    assert.equal(store.toolCounts().get(tool)?.examples, 3);
    await rm(opened.path('examples'), { recursive: true });
    await store.close();
    const next = await opened.open();
    assert.deepEqual(kept(next), []);
    assert.equal(next.toolCounts().get(tool)?.examples, 0);
    await assert.rejects(opened.lines(...file), /ENOENT/);
  });

  it('bring in what a person or git added, also without a database', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 2);
    const lines = await opened.lines(...file);
    await store.close();
    for (const suffix of ['', '-wal', '-shm']) await rm(opened.path(`trials.db${suffix}`), { force: true });
    const byHand =
      '{"id":"mine","tool":"imaginarium.yaml#tool_0","query":"By hand","calls":[{"arguments":{"day":3}}]}';
    await opened.edit([...lines, byHand], ...file);
    const cloned = await opened.open({ onlyRead: true });
    assert.equal(kept(cloned).length, 3, 'for a reader too');
    assert.equal(cloned.nearestExamples('hand', 1)[0]?.id, 'mine');
    const next = await opened.open();
    assert.equal(kept(next).length, 3);
    const mine = next.examples({ limit: 9, text: 'hand' }).rows[0];
    assert.deepEqual(mine?.calls, [{ tool, arguments: { day: 3 }, observation: '' }]);
    assert.equal(mine?.provenance.edited, true);
  });

  it('keep a broken line where it is and say where that is', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 2);
    const [first = '', second = ''] = await opened.lines(...file);
    const broken = ['<<<<<<< HEAD', first, '=======', '{"id": 3}', '[]', second, '>>>>>>> theirs'];
    await opened.edit(broken, ...file);
    const example = learn(store, 2);
    await store.flushExamples();
    assert.deepEqual(
      (await opened.lines(...file)).filter((line) => !line.includes(example.id)),
      broken,
    );
    assert.equal(kept(store).length, 3);
    const places = store.notices.map(({ message }) => /jsonl:(\d+) is not used/.exec(message)?.[1]);
    assert.deepEqual(places, ['1', '3', '4', '5', '7']);
    await store.readFiles();
    assert.equal(store.notices.length, 5, 'each is said once');
  });

  it('take a line for broken whose provenance or depth nobody could have written, and use the others', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 2);
    const [first = '', second = ''] = await opened.lines(...file);
    const line = JSON.parse(first) as Example;
    const odd: [part: Record<string, unknown>, problem: RegExp][] = [
      [{ runId: {} }, /"provenance.runId" has to be a text/],
      [{ runId: null }, /"provenance.runId" has to be a text/],
      [{ trialId: 5 }, /"provenance.trialId" has to be a text/],
      [{ specHash: [] }, /"provenance.specHash" has to be a text/],
      [{ languageModel: 'yes' }, /"provenance.languageModel" has to be a boolean/],
    ];
    const lines = odd.map(([part], index) =>
      JSON.stringify({ ...line, id: `odd-${index}`, provenance: { ...line.provenance, ...part } }),
    );
    const deep = `{"id":"deep","tool":"${tool}","query":"q","calls":[{"arguments":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}]}`;
    const brackets = JSON.stringify({ ...line, id: 'texts', query: '['.repeat(20_000) });
    await opened.edit([first, ...lines, deep, second, brackets], ...file);
    await store.readFiles();
    assert.equal(kept(store).length, 3);
    const told = store.notices.map(({ message }) => message).join('\n');
    for (const [, problem] of odd) assert.match(told, problem);
    assert.match(told, /jsonl:7 is not used: it is nested too deeply/);
    learn(store, 7);
    await store.flushExamples();
    const after = await opened.lines(...file);
    for (const one of [...lines, deep]) assert.ok(after.includes(one), 'it stays as it was');
  });

  it('take one of two equal lines away, and report two lines of one id', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 2);
    const [first = '', second = ''] = await opened.lines(...file);
    const other = first.replace('"answer":"', '"answer":"Other ');
    await opened.edit([first, first, other, second], ...file);
    await store.readFiles();
    assert.equal(kept(store).length, 2);
    assert.match(store.notices[0]?.message ?? '', /:3 is not used: line 1 has the same id/);
    const third = learn(store, 2);
    await store.flushExamples();
    const lines = (await opened.lines(...file)).filter((line) => !line.includes(third.id));
    assert.deepEqual(lines, [first, other, second]);
  });

  it('are not doubled when the process died between writing and marking', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 2);
    const lines = await opened.lines(...file);
    await store.close();
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(opened.path('trials.db'));
    database.exec('UPDATE examples SET pending = 1, file_hash = NULL; DELETE FROM files');
    database.close();
    await writeFile(`${opened.path(...file)}.4711.tmp`, 'half a li');
    const next = await opened.open();
    assert.deepEqual(await opened.lines(...file), lines);
    assert.equal(
      kept(next).every(({ provenance }) => !provenance.edited),
      true,
    );
    assert.deepEqual(await readdir(opened.path('examples')), [file[1]]);
  });

  it('keep the line ends that they have', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 1);
    const lines = await opened.lines(...file);
    await writeFile(opened.path(...file), `\ufeff${lines.join('\r\n')}\r\n`);
    learn(store, 1);
    await store.flushExamples();
    assert.deepEqual(
      (await opened.lines(...file)).map((line) => line.endsWith('}\r')),
      [true, true],
    );
    assert.equal(kept(store).length, 2);
  });

  it('hold no secrets', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const trial = madeTrial('r1', 0, 1);
    const example = madeExample(trial, 'Log in with password=hunter2secret');
    store.recordTrial({ trial, lessons: [], fixes: [], example });
    await store.flushExamples();
    const [line = ''] = await opened.lines(...file);
    assert.match(line, /password=\[redacted\]/);
    assert.doesNotMatch(line, /hunter2/);
  });

  it('of tools with wild ids stay in their folder', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const wild = ['../../evil', '/etc/passwd', 'a\0b', 'CON', 'Case', 'case', 'x'.repeat(400), '..'];
    for (const [index, id] of wild.entries()) {
      const trial = { ...madeTrial('r1', index, 1), tool: id };
      store.recordTrial({ trial, lessons: [], fixes: [], example: madeExample(trial) });
    }
    await store.flushExamples();
    assert.equal((await readdir(opened.path('examples'))).length, wild.length);
    assert.deepEqual((await readdir(opened.folder)).toSorted(), ['.imaginarium']);
  });

  it('are not written through a link', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 1);
    await rm(opened.path('examples'), { recursive: true });
    await symlink(tmpdir(), opened.path('examples'));
    learn(store, 1);
    await assert.rejects(store.flushExamples(), UserError);
    await rm(opened.path('examples'));
    await store.flushExamples();
    assert.equal((await opened.lines(...file)).length, 1, 'the one that was there is gone with its file');
  });
});

describe('Deleting an example', () => {
  it('takes its row and its line, and leaves every other byte of the file', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 5);
    const lines = await opened.lines(...file);
    const broken = '<<<<<<< not a line of ours';
    const edited = (lines[1] ?? '').replace('Please find', 'Please really find');
    await opened.edit([lines[0] ?? '', edited, broken, ...lines.slice(2)], ...file);
    const [gone = '', hand = ''] = ids([lines[3] ?? '', edited]);
    assert.equal(await store.deleteExample(gone), true);

    assert.equal(store.example(gone), null);
    assert.equal(store.toolCounts().get(tool)?.examples, 4);
    assert.equal(store.nearestExamples(JSON.parse(lines[3] ?? '').query, 9).length, 4);
    // The edit was taken over on the way, and noted.
    assert.match(store.example(hand)?.query ?? '', /really/);
    const after = await opened.lines(...file);
    assert.deepEqual([after.length, after[0], after[2], after[3]], [5, lines[0], broken, lines[2]]);
    assert.match(after[1] ?? '', /really.*"edited":true/);
    await store.readFiles();
    assert.equal(kept(store).length, 4);
    assert.equal(await store.deleteExample(gone), false);
  });

  it('works before its line was written, and with the last one the file goes', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 1);
    const second = learn(store, 1);
    assert.equal(await store.deleteExample(second.id), true);
    assert.equal((await opened.lines(...file)).length, 1);
    for (const { id } of kept(store)) await store.deleteExample(id);
    assert.deepEqual(await readdir(opened.path('examples')), []);
    const third = learn(store, 2);
    await store.flushExamples();
    assert.deepEqual(ids(await opened.lines(...file)), [third.id]);
  });

  it('is for the one who may write, and waits for what is being written', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await withExamples(opened, 3);
    const [first, second] = kept(store);
    const reader = await opened.open();
    await assert.rejects(reader.deleteExample(first?.id ?? ''), /Another window or terminal explores/);
    const more = learn(store, 9);
    const work = [store.flushExamples(), store.deleteExample(first?.id ?? ''), store.readFiles()];
    await Promise.all([...work, store.deleteExample(second?.id ?? '')]);
    assert.equal((await opened.lines(...file)).length, 2);
    assert.ok(ids(await opened.lines(...file)).includes(more.id));
    assert.equal(kept(store).length, 2);
  });
});

describe('Files of lessons', () => {
  it('gain witnesses, and keep the words of a person', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    store.recordTrial(madeRecord('r1', 0, 1));
    await store.flushExamples();
    const [line = ''] = await opened.lines(...lessonFile);
    await opened.edit([line.replace('wants a number', 'is a number')], ...lessonFile);
    store.recordTrial(madeRecord('r1', 3, 1));
    await store.flushExamples();
    const lesson = JSON.parse((await opened.lines(...lessonFile))[0] ?? '') as Lesson;
    assert.match(lesson.text, /is a number/);
    assert.equal(lesson.trials.length, 2);
    store.recordTrial(madeRecord('r1', 6, 1));
    await store.flushExamples();
    assert.deepEqual(
      (await opened.lines(...lessonFile)).map((one) => JSON.parse(one)),
      store.lessonsOf(tool),
    );
    assert.equal(store.lessonsOf(tool)[0]?.trials.length, 3);
    assert.match(store.lessonsOf(tool)[0]?.text ?? '', /is a number/);
  });

  it('take a lesson for broken whose parts are none, since memory reads them', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    store.recordTrial(madeRecord('r1', 0, 1));
    await store.flushExamples();
    const [line = ''] = await opened.lines(...lessonFile);
    const lesson = JSON.parse(line) as Lesson;
    const odd: [part: Record<string, unknown>, problem: RegExp][] = [
      [{ argument: 5 }, /"argument" has to be a JSON Pointer/],
      [{ sameAs: [] }, /"sameAs" has to be the id/],
      [{ evidence: 'so' }, /"evidence" has to be as it was written/],
      [{ evidence: { message: 'so', refused: [] } }, /"evidence" has to be as it was written/],
    ];
    const lines = odd.map(([part], index) => JSON.stringify({ ...lesson, id: `odd-${index}`, ...part }));
    await opened.edit([line, ...lines], ...lessonFile);
    await store.readFiles();
    assert.equal(store.lessonsOf(tool).length, 1);
    const told = store.notices.map(({ message }) => message).join('\n');
    for (const [, problem] of odd) assert.match(told, problem);
  });

  it('have the last word: a lesson that was deleted does not come back by itself', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    store.recordTrial(madeRecord('r1', 0, 1));
    await store.flushExamples();
    const lines = await opened.lines(...lessonFile);
    await opened.edit([], ...lessonFile);
    await store.readFiles();
    store.recordTrial(madeRecord('r1', 3, 1));
    await store.flushExamples();
    assert.deepEqual([store.lessonsOf(tool), await opened.lines(...lessonFile)], [[], []]);
    assert.equal(store.toolCounts().get(tool)?.lessons, 0);
    await opened.edit(lines, ...lessonFile);
    await store.readFiles();
    assert.equal(store.lessonsOf(tool).length, 1);
    assert.equal(store.toolCounts().get(tool)?.lessons, 1);
  });
});
