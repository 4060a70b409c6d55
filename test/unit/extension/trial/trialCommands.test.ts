import assert from 'node:assert/strict';
import type { Trial } from '../../../../src/core/trial.ts';
import { compareTrials } from '../../../../src/extension/trial/compareTrials.ts';
import { openTrial, openTrialMessages } from '../../../../src/extension/trial/openTrial.ts';
import { trialScheme } from '../../../../src/extension/trial/trialAddress.ts';
import { TrialReader } from '../../../../src/extension/trial/trialReader.ts';
import { engine, type TrialRow } from '../../../../src/protocol/engine.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { sampleTrial } from '../../../helpers/sampleTrial.ts';
import { asked, type Played, play, type Script } from '../commands/person.ts';
import { tool } from '../fakes.ts';

const first = sampleTrial({ id: 'one', trial: 1, query: 'First query' });
const second = sampleTrial({ id: 'two', trial: 2, query: 'Second query', startedAt: first.startedAt + 1 });
const other = sampleTrial({ id: 'three', tool: 'imaginarium.yaml#colour', query: 'Another tool' });

function rowOf({ id, runId, tool, episode, trial, query, outcome, startedAt, ms }: Trial): TrialRow {
  const row = { id, runId, tool, episode, trial, query, outcome, startedAt, ms };
  return { ...row, toolCalls: 1, failures: [], example: false };
}

/** An engine that has these trials, and searches them by a word. */
async function having(trials: Trial[], script: Script = {}): Promise<Played & { reader: TrialReader }> {
  const played = await play(script);
  Object.assign(played.client().answers, {
    [engine.trial.method]: ({ id }: { id: string }) => trials.find((trial) => trial.id === id) ?? null,
    [engine.trials.method]: (params: { text?: string; tool?: string }) => ({
      rows: trials
        .filter(
          (trial) => trial.query.includes(params.text ?? '') && (params.tool ?? trial.tool) === trial.tool,
        )
        .map(rowOf),
      next: null,
    }),
    [engine.tool.method]: () => tool('add_date'),
    [engine.example.method]: ({ id }: { id: string }) =>
      id === 'example' ? { provenance: { trialId: 'two' } } : null,
  });
  return { ...played, reader: new TrialReader(played.around) };
}

const isUserError = (words: RegExp) => (error: unknown) =>
  error instanceof Error && 'advice' in error && words.test(error.message);

describe('Open Trial', () => {
  it('opens what it was given: a trial, the trial of an example, a document', async () => {
    const { around, reader, did } = await having([first, second]);
    await openTrial(around, reader, { trialId: 'one' });
    await openTrial(around, reader, { target: { exampleId: 'example' } });
    await openTrialMessages(around, reader, { scheme: trialScheme, path: '/x.trial', query: 'one' });
    assert.deepEqual(did, [
      'show one: /add_date · 1.1 First query.trial',
      'show two: /add_date · 1.2 Second query.trial',
      'show one: /add_date · 1.1 messages.json beside',
    ]);
  });

  it('from the palette searches in the engine', async () => {
    const script = { types: { 'Open Trial': 'Second' }, picks: { 'Open Trial': 'Second query' } };
    const played = await having([first, second], script);
    await openTrial(played.around, played.reader, undefined);
    assert.deepEqual(played.did, ['show two: /add_date · 1.2 Second query.trial']);
    assert.ok(JSON.stringify(asked(played, engine.trials)).includes('"text":"Second"'));
  });

  it('says what to do where nothing has been explored, and where a trial is gone', async () => {
    const { around, reader, said, did } = await having([]);
    await openTrial(around, reader, undefined);
    assert.deepEqual(said, ['Nothing has been explored here yet.']);
    await assert.rejects(openTrial(around, reader, { trialId: 'gone' }), isUserError(/not in the trial log/));
    await assert.rejects(openTrial(around, reader, { trialId: '' }), isUserError(/written by hand/));
    await assert.rejects(
      openTrial(around, reader, { exampleId: 'gone' }),
      isUserError(/This example is not/),
    );
    assert.deepEqual(did, []);
  });

  it('lists hostile queries as one short line each', async () => {
    const trials = hostileTexts.map((query, at) => sampleTrial({ id: `t${at}`, query }));
    const { around, reader, shown } = await having(trials, { types: { 'Open Trial': '' } });
    await openTrial(around, reader, undefined);
    const lines = shown.flat();
    assert.ok(lines.length >= trials.length);
    for (const { label } of lines) assert.match(label, /^[^\p{Cc}\p{Cs}\u2028\u2029\u202e]{1,240}$/u);
  });
});

describe('Compare Trials', () => {
  it('compares two that are selected, the earlier one at the left', async () => {
    const { around, reader, did } = await having([first, second]);
    await compareTrials(around, reader, { trialId: 'two' }, [{ trialId: 'two' }, { trialId: 'one' }]);
    assert.deepEqual(did, ['compare one and two: 1.1 ↔ 1.2 add_date']);
  });

  it('asks for the other one: of the same tool first, and not the same trial', async () => {
    const title = 'Compare Trial 1.1 With';
    const script = { types: { [title]: '' }, picks: { [title]: 'Another tool' } };
    const { around, reader, did, shown } = await having([other, first, second], script);
    await compareTrials(around, reader, { trialId: 'one' }, undefined);
    assert.deepEqual(did, ['compare one and three: add_date 1.1 ↔ colour 1.1']);
    assert.deepEqual(
      shown.at(-1)?.map(({ label }) => label),
      ['Second query', 'Another tool'],
    );
  });

  it('takes the trial of the active editor', async () => {
    const title = 'Compare Trial 1.2 With';
    const { around, reader, did } = await having([first, second], {
      activeDocument: { scheme: trialScheme, query: 'two' },
      types: { [title]: '' },
      picks: { [title]: 'First query' },
    });
    await compareTrials(around, reader, undefined, undefined);
    assert.deepEqual(did, ['compare one and two: 1.1 ↔ 1.2 add_date']);
  });

  it('says so where there is no other, or too many', async () => {
    const { around, reader, said } = await having([first]);
    await compareTrials(around, reader, { trialId: 'one' }, undefined);
    assert.deepEqual(said, ['There is no other trial to compare it with yet.']);
    const three = ['one', 'two', 'three'].map((trialId) => ({ trialId }));
    await assert.rejects(
      compareTrials(around, reader, three[0], three),
      isUserError(/3 trials are selected/),
    );
  });
});

describe('The reader of trials', () => {
  it('shows a trial also where what stands around it cannot be had', async () => {
    const played = await having([first]);
    played.client().answers[engine.tool.method] = () => {
      throw new Error('no');
    };
    played.client().answers[engine.trials.method] = () => {
      throw new Error('no');
    };
    const { text } = await played.reader.document('one');
    assert.match(text, /First query/);
  });

  it('fetches once for all that an editor asks as it opens a document', async () => {
    const played = await having([first]);
    const [{ text }] = await Promise.all([played.reader.document('one'), played.reader.messages('one')]);
    assert.ok(await played.reader.shown('one', text));
    assert.equal(await played.reader.shown('one', `${text}changed`), null);
    assert.equal(asked(played, engine.trial).length, 1);
  });

  it('gives messages as JSON that parses to what is kept, and hides nothing', async () => {
    for (const hostile of hostileTexts) {
      const trial = sampleTrial({ id: 'one', messages: [{ role: 'user', content: hostile }] });
      const { reader } = await having([trial]);
      const text = await reader.messages('one');
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(trial)));
      assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\u200b\u2028]/u);
    }
  });

  it('says of a trial that is gone that it is', async () => {
    const { reader } = await having([]);
    assert.match((await reader.document('gone')).text, /^This trial is not in the trial log/);
    assert.match(JSON.parse(await reader.messages('gone')).error, /gone/);
  });
});
