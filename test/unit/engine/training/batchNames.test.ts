import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchesByDate, batchesByList, batchesBySource } from '../../../../src/engine/training/batchNames.ts';
import { trainingExample, trainingTool, trainingTools } from '../../../helpers/trainingExamples.ts';

describe('Batches of continual learning', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'imaginarium-batches-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  function write(text: string): string {
    const path = join(folder, 'batches');
    writeFileSync(path, text);
    return path;
  }

  const place = trainingExample({ tool: 'tools.json#find_place' });
  const today = trainingExample({ tool: 'tools.json#today' });

  it('by date: the day of the trial, else of the first of the tool; what has neither comes first', () => {
    const { nameOf, order } = batchesByDate(
      (id) => (id === 'e1' ? Date.UTC(2026, 10, 26, 23, 59) : null),
      (tool) => (tool === today.tool ? Date.UTC(2026, 10, 25) : null),
    );
    assert.equal(nameOf(trainingExample()), '2026-11-26');
    assert.equal(nameOf(trainingExample({ id: 'e2' })), 'undated');
    assert.equal(
      nameOf({ ...today, kind: 'near_miss', provenance: { ...today.provenance, trialId: '' } }),
      '2026-11-25',
    );
    assert.deepEqual(order, ['undated']);
  });

  it('by source: in the order of the catalogue', () => {
    const { nameOf, order } = batchesBySource(trainingTool, ['b.json', 'tools.json']);
    assert.equal(nameOf(trainingExample()), 'tools.json');
    assert.deepEqual(order, ['b.json', 'tools.json']);
  });

  it('by a list: of lists as the paper has it, or of lists by name; tools by name or id', async () => {
    const lists = await batchesByList(write('[["add_date"], ["tools.json#find_place"]]'), trainingTool);
    assert.deepEqual([trainingExample(), place, today].map(lists.nameOf), ['1', '2', null]);
    const yaml = 'basics:\n  - today\n  - add_date\nplaces: [find_place]\n';
    const named = await batchesByList(write(yaml), trainingTool);
    assert.deepEqual([trainingExample(), place, today].map(named.nameOf), ['basics', 'places', 'basics']);
    assert.deepEqual(named.order, ['basics', 'places']);
    assert.equal(trainingTools.length, 3);
  });

  it('says what is wrong with a list', async () => {
    await assert.rejects(
      batchesByList(write('[["today"], ["today"]]'), trainingTool),
      /names "today" in two batches, 1 and 2/,
    );
    await assert.rejects(
      batchesByList(write('[["today"], "add_date"]'), trainingTool),
      /batch 2 is no list of tools/,
    );
    await assert.rejects(batchesByList(write('[['), trainingTool), /cannot be read/);
    await assert.rejects(batchesByList(join(folder, 'none'), trainingTool), /cannot be read/);
  });
});
