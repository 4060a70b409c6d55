import assert from 'node:assert/strict';
import { judgementOf, textHash } from '../../../src/core/exploit/usable.ts';
import type { Checks, Example } from '../../../src/core/trial.ts';
import type { Store } from '../../../src/store/index.ts';
import { madeExample, madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

const tool = 'imaginarium.yaml#tool_0';
const file = ['examples', `${tool}.jsonl`];

const checks = (yes: boolean): Checks => ({
  format: true,
  execution: 'recorded',
  judge: { model: 'judge', informative: yes, faithful: true, proper: true, reasons: 'So it is.' },
  specHash: 'spec',
});

async function withExamples(
  opened: OpenedStore,
  count: number,
): Promise<{ store: Store; examples: Example[] }> {
  const store = await opened.open({ run: 'r1' });
  const examples = Array.from({ length: count }, (_, index) => {
    const trial = madeTrial('r1', index, 1);
    return { ...madeExample(trial), id: `e${index}` };
  });
  store.addExamples(examples);
  await store.flushExamples();
  return { store, examples };
}

function standing(store: Store): Record<string, string> {
  const { rows } = store.examples({ limit: 100, order: 'oldest' });
  return Object.fromEntries(rows.map(({ id, verification }) => [id, verification]));
}

describe('What is known of an example', () => {
  it('changes in its place, with the counts, and what is in doubt is not found as an example', async () => {
    await using opened = await OpenedStore.inFolder();
    const { store, examples } = await withExamples(opened, 3);
    const [first, second] = examples as [Example, Example];
    assert.equal(store.toolCounts([tool]).get(tool)?.examples, 3);
    const changed = store.changeExamples([
      { ...first, verification: 'review', checks: checks(false) },
      { ...second, verification: 'verified', checks: checks(true) },
    ]);
    assert.equal(changed, 2);
    assert.deepEqual(standing(store), { e0: 'review', e1: 'verified', e2: 'unverified' });
    const counts = store.toolCounts([tool]).get(tool);
    assert.deepEqual(
      [counts?.examples, counts?.review, counts?.specs],
      [2, 1, [{ hash: 'spec', examples: 3 }]],
    );
    assert.deepEqual(store.toolCounts().get(tool), counts);
    assert.deepEqual(store.reviewCounts(tool), { waiting: 1, agreed: 0, of: 0 });
    assert.deepEqual(store.reviewCounts('unknown').waiting, 0);
    assert.ok(store.nearestExamples(first.query, 3).every(({ id }) => id !== 'e0'));
    assert.equal(
      store.examples({ limit: 9, text: first.query.split(' ').slice(-1)[0] ?? '' }).rows.length > 0,
      true,
    );

    store.changeExamples([{ ...first, verification: 'rejected', checks: checks(false) }]);
    const after = store.toolCounts([tool]).get(tool);
    assert.deepEqual(
      [after?.examples, after?.review, after?.specs],
      [2, undefined, [{ hash: 'spec', examples: 2 }]],
    );
    assert.deepEqual(store.reviewCounts(), { waiting: 0, agreed: 1, of: 1 });
    assert.equal(store.changeExamples([{ ...first, id: 'gone' }]), 0);
  });

  it('counts from which specs examples were learned, whatever happens to them', async () => {
    await using opened = await OpenedStore.inFolder();
    const { store, examples } = await withExamples(opened, 3);
    const [first] = examples as [Example];
    const specs = () => store.toolCounts([tool]).get(tool)?.specs;
    store.changeExamples([
      { ...first, verification: 'verified', checks: { ...checks(true), specHash: 'newer' } },
    ]);
    assert.deepEqual(specs(), [
      { hash: 'newer', examples: 1 },
      { hash: 'spec', examples: 2 },
    ]);
    await store.deleteExample('e1');
    await opened.edit(
      (await opened.lines(...file)).filter((line) => !line.includes('"e2"')),
      ...file,
    );
    await store.readFiles();
    assert.deepEqual(specs(), [{ hash: 'newer', examples: 1 }]);
    await store.deleteExample('e0');
    assert.equal(specs(), undefined);
  });

  it('holds for the text without the secrets that were taken out of it', async () => {
    await using opened = await OpenedStore.inFolder();
    const { store, examples } = await withExamples(opened, 1);
    const [first] = examples as [Example];
    const told = { ...first, query: 'Ask with password=hunter22hunter' };
    store.changeExamples([{ ...told, checks: { ...checks(true), text: textHash(told) } }]);
    const kept = store.example('e0');
    assert.ok(kept && !kept.query.includes('hunter22'));
    assert.equal(judgementOf(kept)?.model, 'judge');
    assert.equal(judgementOf({ ...kept, query: 'Something else' }), null);
  });

  it('is kept together with what the job has done, or neither is', async () => {
    await using opened = await OpenedStore.inFolder();
    const { store, examples } = await withExamples(opened, 1);
    const [first] = examples as [Example];
    const step = { job: 'nobody', place: 'example:e0', body: { verdict: 'verified' } };
    assert.throws(() => store.changeExamples([{ ...first, verification: 'verified' }], step), {
      name: 'UserError',
    });
    assert.deepEqual(standing(store), { e0: 'unverified' });
    assert.equal(store.lastJobStep('verify', 'example:e0'), null);
  });
});

describe('What a person writes of an example by hand', () => {
  it('is taken over, and stays when the file is written next', async () => {
    await using opened = await OpenedStore.inFolder();
    const { store, examples } = await withExamples(opened, 2);
    const [first] = examples as [Example];
    const lines = await opened.lines(...file);
    const mine = {
      ...JSON.parse(lines[0] ?? ''),
      verification: 'accepted',
      checks: { ...checks(false), note: 'I looked it up' },
    };
    await opened.edit([JSON.stringify(mine), lines[1] ?? ''], ...file);
    await store.readFiles();
    assert.deepEqual(standing(store), { e0: 'accepted', e1: 'unverified' });
    assert.deepEqual(store.reviewCounts(), { waiting: 0, agreed: 0, of: 1 });
    // No other text: nobody has written the example itself.
    assert.equal(store.example('e0')?.provenance.edited, false);

    store.addExamples([{ ...first, id: 'e9' }]);
    await store.flushExamples();
    const now = await opened.lines(...file);
    assert.equal(now.length, 3);
    assert.deepEqual(JSON.parse(now[0] ?? ''), mine);
  });

  it('wins over what a job has found meanwhile', async () => {
    await using opened = await OpenedStore.inFolder();
    const { store, examples } = await withExamples(opened, 2);
    const lines = await opened.lines(...file);
    const mine = JSON.stringify({ ...JSON.parse(lines[0] ?? ''), verification: 'rejected' });
    await opened.edit([mine, lines[1] ?? ''], ...file);
    store.changeExamples(examples.map((one) => ({ ...one, verification: 'verified', checks: checks(true) })));
    await store.flushExamples();
    // That of the other example is written beside it.
    assert.deepEqual(standing(store), { e0: 'rejected', e1: 'verified' });
    const [first, second] = (await opened.lines(...file)).map((line) => JSON.parse(line) as Example);
    assert.deepEqual([first?.verification, second?.verification], ['rejected', 'verified']);
  });

  it('is told back, and kept, where it cannot be used', async () => {
    await using opened = await OpenedStore.inFolder();
    const { store } = await withExamples(opened, 4);
    const lines = (await opened.lines(...file)).map((line) => JSON.parse(line) as Record<string, unknown>);
    const broken = [
      { ...lines[0], verification: 'good' },
      { ...lines[1], checks: { format: 'yes' } },
      { ...lines[2], contrasts: [{ tool }] },
    ];
    await opened.edit(
      [...broken, lines[3]].map((line) => JSON.stringify(line)),
      ...file,
    );
    await store.readFiles();
    assert.deepEqual(Object.keys(standing(store)), ['e3']);
    const said = store.notices.map(({ message }) => message.slice(message.indexOf('examples/')));
    assert.deepEqual(
      said.map((message) => /jsonl:(\d) is not used: ("\w+")/.exec(message)?.slice(1)),
      [
        ['1', '"verification"'],
        ['2', '"checks"'],
        ['3', '"contrasts"'],
      ],
    );
    assert.deepEqual(
      (await opened.lines(...file)).slice(0, 3).map((line) => JSON.parse(line)),
      broken,
    );
  });
});
