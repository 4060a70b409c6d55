import assert from 'node:assert/strict';
import type { Example, Judgement } from '../../../../../src/core/trial.ts';
import { engine, type LiftMark, type ShownExample } from '../../../../../src/protocol/engine.ts';
import { source, sources, tool } from '../../fakes.ts';
import {
  drawn,
  engineState,
  example,
  lesson,
  opened,
  type PlayedLink,
  pause,
  playedLink,
  toolsModel,
  workbench,
} from './played.ts';

const page = <T>(...rows: T[]) => ({ rows, next: null });
const learned = { examples: 3, failures: 0, lessons: 1, trials: 20 };

const judge = (changes: Partial<Judgement> = {}): Judgement => ({
  model: 'Judge J',
  informative: true,
  faithful: true,
  proper: true,
  reasons: 'The answer gives a day that no call returned.',
  ...changes,
});

function waiting(id: string, changes: Partial<Example> = {}, said: Judgement = judge({ faithful: false })) {
  return example(id, {
    verification: 'review',
    checks: { format: true, execution: 'recorded', judge: said, specHash: 'h' },
    ...changes,
  });
}

/** The view of a workspace in which these wait. */
function shown(link: PlayedLink, review: number) {
  const bench = workbench();
  link.answers[engine.tools.method] = () => page(tool('add_date', { counts: learned }));
  bench.setEngine(engineState, { ...sources(source(1)), ...(review > 0 ? { review } : {}) });
  return { bench, ...toolsModel(link, bench) };
}

describe('What waits for a person', () => {
  it('is the first row, and there is none where nothing waits', async () => {
    const link = playedLink({
      [engine.reviewQueue.method]: () => ({
        ...page(waiting('e1')),
        total: 1,
        agreement: { agreed: 8, of: 10 },
      }),
    });
    const { model, told } = shown(link, 1);
    await pause();
    told.length = 0;
    const [row, other] = await model.roots();
    assert.deepEqual([row?.row.label, other?.row.label], ['To review (1)', 'imaginarium.yaml']);
    await pause();
    assert.equal(row?.row.description, 'judge and you agree on 8 of 10');
    assert.ok(
      told.some((nodes) => nodes?.includes(row)),
      'it is drawn anew once that is known',
    );
    assert.deepEqual(drawn(await shown(playedLink(), 0).model.roots()), ['imaginarium.yaml | 1 tool']);
  });

  it('says in a few words what disagrees, and in the tooltip what the judge said of each point', async () => {
    const rows = [
      waiting('e1'),
      waiting('e2', {}, judge({ proper: false })),
      waiting('e3', {}, judge()),
      waiting('e4', { checks: { format: true, execution: 'failed', judge: null, specHash: 'h' } }),
    ];
    const link = playedLink({
      [engine.reviewQueue.method]: () => ({ ...page(...rows), total: 4, agreement: { agreed: 0, of: 0 } }),
    });
    const { model } = shown(link, 4);
    const below = await opened(await model.roots(), 'To review (4)');
    assert.deepEqual(drawn(below), [
      'Query e1 | add_date · calls worked, judge: answer made up',
      'Query e2 | add_date · calls worked, judge: tool misused',
      'Query e3 | add_date · the model gave up, judge: right',
      'Query e4 | add_date · its calls fail now',
    ]);
    assert.match(
      below[0]?.row.tooltip ?? '',
      /✓ Its calls worked in the trial\.\nThe judge \(Judge J\):\n✓ .*what was asked.*\n✗ .*only what the tools returned.*\n✓ .*\nThe answer gives a day/,
    );
    assert.deepEqual([below[0]?.row.context, below[0]?.row.click], ['reviewed', 'openTrial']);
    assert.equal(below[0]?.target.exampleId, 'e1');
  });

  it('comes and goes with what the engine says', async () => {
    let rows = [waiting('e1'), waiting('e2')];
    const link = playedLink({
      [engine.reviewQueue.method]: () => ({
        ...page(...rows),
        total: rows.length,
        agreement: { agreed: 0, of: 0 },
      }),
    });
    const { model, bench } = shown(link, 2);
    const [row] = await model.roots();
    assert.equal((await row?.children())?.length, 2);
    rows = rows.slice(1);
    bench.setSources({ ...sources(source(1)), version: 2, review: 1 });
    const [same] = await model.roots();
    assert.equal(same, row);
    assert.deepEqual(drawn((await same?.children()) ?? []).length, 1);
    bench.setSources({ ...sources(source(1)), version: 3 });
    assert.deepEqual(drawn(await model.roots()), ['imaginarium.yaml | 1 tool']);
  });
});

describe('An example in the view', () => {
  const lift: LiftMark = { example: 'e1', lift: 0.12, low: 0.02, high: 0.22, queries: 40, mark: '+' };

  async function rows(all: Partial<ShownExample>[], paraphrases: Example[] = [], rejected: Example[] = []) {
    const whole = (one: Partial<ShownExample>) => ({
      example: example('e1'),
      stale: false,
      lift: null,
      paraphrases: 0,
      ...one,
    });
    const link = playedLink({
      [engine.shownExamples.method]: (params) => {
        const asked = params as { family?: string; rejected?: boolean };
        if (asked.rejected) return page(...rejected.map((one) => whole({ example: one })));
        if (asked.family !== undefined) return page(...paraphrases.map((one) => whole({ example: one })));
        return page(...all.map(whole));
      },
    });
    return opened(await shown(link, 0).model.roots(), 'imaginarium.yaml', 'add_date', 'Learned examples');
  }

  it('says by icon and words what stands behind it', async () => {
    const found = await rows([
      { example: example('e1', { verification: 'verified' }), lift },
      { example: example('e2', { verification: 'executed' }) },
      { example: example('e3', { verification: 'accepted' }) },
      { example: example('e4', { verification: 'executed' }), stale: true },
      { example: example('e5', { kind: 'near_miss', calls: [], verification: 'verified' }) },
      { example: example('e6', { kind: 'missing_value', calls: [] }) },
    ]);
    assert.deepEqual(
      found.map(({ row }) => [row.description, row.icon, row.context]),
      [
        ['judged right · + helps · date: "2026-03-01"', 'verified', 'example'],
        ['date: "2026-03-01"', 'check', 'example'],
        ['accepted · date: "2026-03-01"', 'thumbsup', 'example.accepted'],
        ['spec changed since · date: "2026-03-01"', 'history', 'example.stale'],
        ['must not call · judged right', 'circle-slash', 'example'],
        ['asks back', 'question', 'example'],
      ],
    );
    assert.equal(found[0]?.row.label, '[+] Query e1');
    assert.match(found[1]?.row.spoken ?? '', /calls worked$/);
    assert.match(
      found[0]?.row.tooltip ?? '',
      /about 12 more go right .* \(2 to 22\)\. Measured on 40 queries/,
    );
    assert.match(found[3]?.row.tooltip ?? '', /Re-verify makes its calls again/);
    assert.match(found[4]?.row.tooltip ?? '', /the model must not call it/);
  });

  it('of a family is one row, with those that say it in other words below', async () => {
    const [row] = await rows(
      [{ paraphrases: 2 }],
      [example('p1', { paraphraseOf: 'e1' }), example('p2', { paraphraseOf: 'e1' })],
    );
    assert.deepEqual(
      [row?.row.opens, row?.row.description],
      ['closed', '2 paraphrases · date: "2026-03-01"'],
    );
    assert.deepEqual(
      ((await row?.children()) ?? []).map(({ row: { label, opens } }) => [label, opens]),
      [
        ['Query p1', 'never'],
        ['Query p2', 'never'],
      ],
    );
  });

  it('that a person has turned down is put away below the others', async () => {
    const found = await rows([{}], [], [example('e9', { verification: 'rejected' })]);
    assert.deepEqual(
      found.map(({ row }) => row.label),
      ['Query e1', 'Rejected'],
    );
    const [turnedDown] = (await found[1]?.children()) ?? [];
    assert.deepEqual(
      [turnedDown?.row.description, turnedDown?.row.context],
      ['rejected · date: "2026-03-01"', 'example.rejected'],
    );
  });
});

describe('A tool in the view', () => {
  it('says how many of its examples wait, and how many were checked against another spec', async () => {
    const link = playedLink();
    const { model } = shown(link, 0);
    const counts = { ...learned, review: 1, stale: 2 };
    link.answers[engine.tools.method] = () => page(tool('add_date', { counts }));
    const [row] = await opened(await model.roots(), 'imaginarium.yaml');
    assert.match(
      row?.row.tooltip ?? '',
      /To review: 1 example\.\nChecked against an earlier spec: 2 examples/,
    );
    const [examples] = (await row?.children()) ?? [];
    assert.equal(examples?.row.description, '3 · 2 with a changed spec');
  });
});

describe('A lesson in the view', () => {
  it('says what is for and against it, and of which spec it was learned; what no longer holds is put away', async () => {
    const link = playedLink({
      [engine.lessons.method]: (params) =>
        (params as { retired: boolean }).retired
          ? page(lesson('l2', { retired: 'Later trials contradict it.' }))
          : page(lesson('l1', { against: ['t3'], specHash: 'older' })),
      [engine.trial.method]: () => null,
    });
    const rows = await opened(await shown(link, 0).model.roots(), 'imaginarium.yaml', 'add_date', 'Lessons');
    assert.deepEqual(drawn(rows), [
      '`date` wants YYYY-MM-DD. | spec changed since · 2 for it, 1 against',
      'No longer holds',
    ]);
    assert.match(rows[0]?.row.tooltip ?? '', /Against it: 1 trial\.\nThe spec has changed since/);
    const [retired] = (await rows[1]?.children()) ?? [];
    assert.match(retired?.row.tooltip ?? '', /It no longer holds: Later trials contradict it\./);
    assert.equal(retired?.row.icon, 'archive');
    assert.deepEqual(drawn((await rows[0]?.children()) ?? []).at(-1), 'Trials against it');
  });
});
