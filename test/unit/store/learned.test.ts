import assert from 'node:assert/strict';
import { toolFileName } from '../../../src/core/toolFileName.ts';
import type { Lesson } from '../../../src/core/trial.ts';
import { madeRecord, madeRun } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

const tool = 'imaginarium.yaml#tool_0';
const toolFile = `${toolFileName(tool)}.jsonl`;

describe('What trials teach', () => {
  it('failed calls page by key, with their step', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const records = Array.from({ length: 30 }, (_, i) => madeRecord('r1', i, 2));
    for (const record of records) store.recordTrial(record);
    const failed = records.filter(({ fixes }) => fixes.length > 0);
    const expected = failed.map(({ trial }) => trial);

    const first = store.failures({ limit: 4, order: 'oldest' });
    assert.ok(first.next);
    const second = store.failures({ limit: 100, order: 'oldest', after: first.next });
    assert.deepEqual(
      [...first.rows, ...second.rows],
      failed.map(({ trial, fixes, lessons }) => ({
        trialId: trial.id,
        tool: trial.tool,
        step: 0,
        query: trial.query,
        details: trial.steps[0],
        fix: fixes[0],
        lesson: lessons[0]?.text,
      })),
    );
    const type = expected[0]?.steps[0]?.failure?.type;
    assert.ok(type);
    const ofType = store.failures({ limit: 100, failureType: type, runId: 'r1' }).rows;
    assert.ok(ofType.length > 0 && ofType.every((row) => row.details.failure?.type === type));
    assert.equal(
      store.failures({ limit: 100, tool }).rows.every((row) => row.tool === tool),
      true,
    );
    assert.deepEqual(store.failures({ limit: 1, tool: 'unknown' }).rows, []);
  });

  it('fixes come oldest first, within the scope', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    store.createRun(madeRun('r2'));
    const records = [0, 3, 6].map((i) => madeRecord('r1', i, 1));
    for (const record of records) store.recordTrial(record);
    const later = madeRecord('r2', 0, 1);
    store.recordTrial(later);
    const fixes = [...records, later].flatMap((record) => record.fixes);
    assert.deepEqual(store.fixes(tool), fixes);
    assert.deepEqual(store.fixes(tool, { upTo: 2, runId: 'r2' }), [fixes[0], fixes[1], fixes[3]]);
  });

  it('a lesson keeps the witnesses of every run, and counts once for each', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    store.createRun(madeRun('r2'));
    store.recordTrial(madeRecord('r1', 0, 1));
    store.recordTrial(madeRecord('r2', 3, 1));
    const [lesson] = store.lessonsOf(tool);
    assert.deepEqual(lesson?.trials, [madeRecord('r1', 0, 1).trial.id, madeRecord('r2', 3, 1).trial.id]);
    assert.deepEqual(store.lessons({ limit: 9, runId: 'r2' }).rows, [lesson]);
    assert.equal(store.runCounts('r2').lessons, 1);
    assert.equal(store.toolCounts().get(tool)?.lessons, 1);
  });

  it('counts by tool follow what is there', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const records = Array.from({ length: 20 }, (_, i) => madeRecord('r1', i, 2));
    for (const record of records) store.recordTrial(record);
    const mine = records.filter(({ trial }) => trial.tool === tool);
    assert.deepEqual(store.toolCounts().get(tool), {
      trials: 10,
      examples: mine.filter(({ example }) => example !== null).length,
      failures: mine.filter(({ fixes }) => fixes.length > 0).length,
      lessons: 1,
      specs: [{ hash: 'spec', examples: mine.filter(({ example }) => example !== null).length }],
    });
  });

  it('lessons of equal ids about two tools stay apart', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    store.recordTrial(madeRecord('r1', 0, 2));
    store.recordTrial(madeRecord('r1', 3, 2));
    const [first]: Lesson[] = store.lessonsOf(tool);
    const [second]: Lesson[] = store.lessonsOf('imaginarium.yaml#tool_1');
    assert.equal(first?.id, second?.id);
    assert.notEqual(first?.tool, second?.tool);
  });
});

describe('Intended writes', () => {
  const intent = { runId: 'r1', tool, episode: 1, trial: 2, call: { tool, arguments: { seat: 7 } } };

  it('that nobody finished become a trial that says so, once', async () => {
    await using opened = await OpenedStore.inFolder();
    const first = await opened.open({ run: 'r1' });
    first.intendWrite({ ...intent, step: 0 });
    first.intendWrite({ ...intent, step: 2 });
    await first.close();

    const second = await opened.open();
    const [id] = second.recovered.trials;
    assert.ok(id);
    const trial = second.trial(id);
    assert.equal(trial?.outcome, 'error');
    assert.deepEqual(
      trial.steps.map((step) => [step.call, step.observation.status]),
      [
        [intent.call, 'may_have_run'],
        [intent.call, 'may_have_run'],
      ],
    );
    assert.match(trial.error?.message ?? '', /ended while a call/);
    assert.deepEqual([...second.trialsByEpisode('r1', tool)], [[1, 1]]);
    await second.close();

    const third = await opened.open();
    assert.deepEqual(third.recovered.trials, []);
    assert.equal(third.lastSeq(), 1);
  });

  it('are settled by their trial', async () => {
    await using opened = await OpenedStore.inFolder();
    const first = await opened.open({ run: 'r1' });
    const record = madeRecord('r1', 1, 1);
    first.intendWrite({ ...intent, step: 0 });
    first.recordTrial(record);
    await first.close();
    const second = await opened.open();
    assert.deepEqual(second.recovered.trials, []);
    assert.deepEqual(second.trial(record.trial.id), record.trial);
  });
});

describe('Lessons that count no more', () => {
  it('leave the list and the counts, stay with their trials, and come back', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const record = madeRecord('r1', 0, 1);
    store.recordTrial(record);
    const [lesson] = store.lessonsOf(tool);
    assert.ok(lesson);
    const counted = (): (number | undefined)[] => [
      store.lessons({ limit: 10, retired: false }).rows.length,
      store.toolCounts([tool]).get(tool)?.lessons,
    ];
    assert.deepEqual(counted(), [1, 1]);

    const retired = {
      ...lesson,
      against: ['t8', 't9'],
      recent: '+--',
      retired: 'Later trials contradict it.',
    };
    const next = madeRecord('r1', 3, 1);
    store.recordTrial({ ...next, lessons: [retired] });
    assert.deepEqual(counted(), [0, 0]);
    assert.equal(store.runCounts('r1').lessons, 1, 'the run that only speaks against it brought none');
    assert.deepEqual(store.lessons({ limit: 10, retired: true }).rows, [retired]);
    assert.deepEqual(store.lessonsOf(tool), [retired], 'what is learned later goes on from it');
    await store.flushExamples();
    const [line] = await opened.lines('lessons', toolFile);
    assert.match(line ?? '', /"recent":"\+--","retired":"Later trials contradict it\."/);

    store.recordTrial({ ...madeRecord('r1', 6, 1), lessons: [lesson] });
    assert.deepEqual(counted(), [1, 1]);
    assert.equal(store.lessonsOf(tool)[0]?.retired, undefined);
  });

  it('are left as a person has them', async () => {
    await using opened = await OpenedStore.inFolder();
    const change = async (parts: Partial<Lesson>): Promise<void> => {
      const lines = await opened.lines('lessons', toolFile);
      const changed = lines.map((line) => JSON.stringify({ ...JSON.parse(line), ...parts }));
      await opened.edit(changed, 'lessons', toolFile);
    };
    const store = await opened.open({ run: 'r1' });
    store.recordTrial(madeRecord('r1', 0, 1));
    await store.flushExamples();
    await change({ text: 'In my words.' });
    await store.readFiles();
    const [lesson] = store.lessonsOf(tool);
    assert.ok(lesson);
    store.recordTrial({
      ...madeRecord('r1', 3, 1),
      lessons: [{ ...lesson, text: 'Ours', against: ['t9'], recent: '-', retired: 'Because.' }],
    });
    const [kept] = store.lessonsOf(tool);
    assert.deepEqual([kept?.text, kept?.retired, kept?.against], ['In my words.', undefined, ['t9']]);
    await store.flushExamples();
    await change({ retired: 'I say so.' });
    await store.readFiles();
    assert.equal(store.toolCounts([tool]).get(tool)?.lessons, 0);
  });
});
