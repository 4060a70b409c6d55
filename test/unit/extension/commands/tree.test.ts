import assert from 'node:assert/strict';
import { deleteExample } from '../../../../src/extension/commands/deleteExample.ts';
import { filterTools, filterTrials } from '../../../../src/extension/commands/filterViews.ts';
import { lineOf, openExampleFile } from '../../../../src/extension/commands/openExampleFile.ts';
import { openSpec } from '../../../../src/extension/commands/openSpec.ts';
import { resume } from '../../../../src/extension/commands/resume.ts';
import { stop } from '../../../../src/extension/commands/stop.ts';
import { engine } from '../../../../src/protocol/engine.ts';
import { run, tool } from '../fakes.ts';
import { example } from '../view/model/played.ts';
import { asked, play } from './person.ts';

describe('Open Spec', () => {
  it('opens the place of a row, or asks where the tool is written', async () => {
    const played = await play({ engine: { [engine.tool.method]: () => tool('a') } });
    await openSpec(played.around, { place: { path: '/w/x.yaml', line: 7, column: 3 } });
    await openSpec(played.around, { toolId: 'imaginarium.yaml#a' });
    assert.deepEqual(played.did, ['open /w/x.yaml:7', 'open /home/me/trains/imaginarium.yaml:3']);
  });

  it('says what to do without a tool, and that a tool is gone', async () => {
    const played = await play({ engine: { [engine.tool.method]: () => null } });
    await openSpec(played.around, {});
    await openSpec(played.around, { toolId: 'gone' });
    assert.match(played.said.join('\n'), /^Choose Open Spec on a tool.*\nThis tool is no longer/);
  });
});

describe('Delete Example', () => {
  const all = [example('e1'), example('e2')];
  const answers = {
    [engine.examples.method]: () => ({ rows: all, next: null }),
    [engine.example.method]: (params: unknown) =>
      all.find(({ id }) => id === (params as { id: string }).id) ?? null,
    [engine.deleteExample.method]: () => ({ deleted: true }),
  };

  it('asks first, names the query, and deletes on a yes alone', async () => {
    const no = await play({ engine: answers });
    await deleteExample(no.around, [{ exampleId: 'e1' }]);
    assert.deepEqual(
      [no.questions, asked(no, engine.deleteExample)],
      [['Delete this example of add_date?'], []],
    );
    const yes = await play({ engine: answers, confirms: true });
    await deleteExample(yes.around, [{ exampleId: 'e1' }, { exampleId: 'e2' }]);
    assert.deepEqual(yes.questions, ['Delete 2 examples?']);
    assert.deepEqual(asked(yes, engine.deleteExample), [{ id: 'e1' }, { id: 'e2' }]);
  });

  it('from the palette lets one be picked; where there is none it says so', async () => {
    const played = await play({ engine: answers, confirms: true, picks: { 'Delete Example': 'Query e2' } });
    await deleteExample(played.around, [{}]);
    assert.deepEqual(asked(played, engine.deleteExample), [{ id: 'e2' }]);
    const none = await play({ engine: { [engine.examples.method]: () => ({ rows: [], next: null }) } });
    await deleteExample(none.around, [{}]);
    assert.match(none.said.join(), /no learned examples yet/);
  });

  it('of one that is gone says so', async () => {
    const played = await play({ engine: answers, confirms: true });
    await assert.rejects(deleteExample(played.around, [{ exampleId: 'e9' }]), /no longer there/);
  });
});

describe('Open Example File', () => {
  const path = '.imaginarium/examples/imaginarium.yaml#add_date.jsonl';
  const text = '{"id":"e0"}\n{"id":"e1","query":"about \\"e2\\""}\n{"id":"e2"}\n';

  it('opens the line of the example', async () => {
    const engineSays = { [engine.example.method]: () => example('e2') };
    const played = await play({ engine: engineSays, files: { [path]: { path: '/w/f.jsonl', text } } });
    await openExampleFile(played.around, { exampleId: 'e2' });
    assert.deepEqual(played.did, ['open /w/f.jsonl:3']);
    const gone = await play({ engine: engineSays });
    await openExampleFile(gone.around, { exampleId: 'e2' });
    assert.match(gone.said.join(), /in no file/);
  });

  it('finds a line by its id, whatever else stands there', () => {
    assert.equal(lineOf(`<<<<<<< HEAD "e2"\n${text}`, 'e2'), 4);
    assert.equal(lineOf(text, 'e7'), 1);
  });
});

describe('Filters', () => {
  it('are chosen from a list, or typed', async () => {
    const played = await play({ picks: { 'Filter Tools': 'With Failed Calls' } });
    await filterTools(played.around);
    const typed = await play({ picks: { 'Filter Tools': 'By Text…' }, types: { 'Filter Tools': '  date ' } });
    await filterTools(typed.around);
    assert.deepEqual(
      [...played.did, ...typed.did],
      ['filter tools {"learned":"failures"}', 'showTools', 'filter tools {"text":"date"}', 'showTools'],
    );
    const trials = await play({ picks: { 'Filter Trials': 'Abandoned' } });
    trials.around.workbench.hear([{ type: 'run', run: run('r') }]);
    await filterTrials(trials.around);
    assert.deepEqual(trials.did, ['filter trials {"outcome":"abandoned"}', 'showRuns']);
  });

  it('say so where there is nothing to filter, and change nothing without an answer', async () => {
    const none = await play({ tools: [] });
    await filterTools(none.around);
    await filterTrials(none.around);
    assert.match(none.said.join('\n'), /no tools to filter.*\nThere are no trials to filter/);
    const unanswered = await play({ picks: { 'Filter Tools': 'By Text…' } });
    await filterTools(unanswered.around);
    assert.deepEqual(unanswered.did, []);
  });
});

describe('Stop and Resume on a row', () => {
  it('are about that run, or the runs of that tool', async () => {
    const played = await play();
    const other = run('r2', { tools: ['imaginarium.yaml#b'] });
    played.around.workbench.hear([
      { type: 'run', run: run('r1') },
      { type: 'run', run: other },
    ]);
    await stop(played.around, { runId: 'r2', toolId: 'imaginarium.yaml#b' });
    await stop(played.around, { toolId: 'imaginarium.yaml#add_date' });
    assert.deepEqual(asked(played, engine.stop), [{ runId: 'r2' }, { runId: 'r1' }]);
    await resume(played.around, 'r0');
    assert.deepEqual(asked(played, engine.resume), [{ runId: 'r0' }]);
  });
});
