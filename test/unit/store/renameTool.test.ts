import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { Example } from '../../../src/core/trial.ts';
import type { Store } from '../../../src/store/index.ts';
import { madeExample, madeRecord, madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

const from = 'imaginarium.yaml#tool_0';
const to = 'imaginarium.yaml#renamed';
const specHash = madeTrial('r1', 0, 1).specHash;
const rename = { from, to, specHash: { from: specHash, to: 'after' } };
const back = { from: to, to: from, specHash: { from: 'after', to: specHash } };

/** A store in which twelve trials of one tool, with lessons, fixes and examples, and one example of another tool are kept. */
async function explored(opened: OpenedStore): Promise<Store> {
  const store = await opened.open({ run: 'r1' });
  for (let index = 0; index < 12; index++) {
    const record = madeRecord('r1', index, 1);
    store.recordTrial({ ...record, example: madeExample(record.trial) });
  }
  const trial = madeTrial('r1', 1, 8);
  const example = madeExample(trial);
  const [call] = example.calls;
  assert.ok(call);
  store.recordTrial({
    trial,
    lessons: [],
    fixes: [],
    example: { ...example, calls: [{ ...call, tool: from }, call] },
  });
  await store.flushExamples();
  return store;
}

function ofTool(store: Store, tool: string): Example[] {
  return store.examples({ limit: 100, tool }).rows;
}

async function files(opened: OpenedStore): Promise<string[]> {
  const all = await Promise.all(['examples', 'lessons'].map((kind) => readdir(opened.path(kind))));
  return all.flat().sort();
}

describe('A tool that is called something else', () => {
  it('keeps its examples, lessons, trials, fixes and counts, in the database and in the files', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await explored(opened);
    const before = { counts: store.toolCounts([from]).get(from), examples: ofTool(store, from) };
    const lines = await opened.lines('examples', 'imaginarium.yaml#tool_0.jsonl');
    assert.equal(await store.renameTool(rename), true);

    assert.equal(store.toolCounts([from]).get(from), undefined);
    assert.deepEqual(store.toolCounts([to]).get(to), {
      ...before.counts,
      specs: [{ hash: 'after', examples: before.examples.length }],
    });
    assert.deepEqual(
      ofTool(store, to).map(({ id }) => id),
      before.examples.map(({ id }) => id),
    );
    for (const example of ofTool(store, to)) {
      assert.equal(example.tool, to);
      assert.ok(example.calls.every(({ tool }) => tool === to));
      assert.equal(example.provenance.specHash, 'after');
    }
    assert.deepEqual(await files(opened), [
      'imaginarium.yaml#renamed.jsonl',
      'imaginarium.yaml#renamed.jsonl',
      'imaginarium.yaml#tool_1.jsonl',
    ]);
    const now = await opened.lines('examples', 'imaginarium.yaml#renamed.jsonl');
    assert.deepEqual(
      now,
      lines.map((line) =>
        line.replaceAll(from, to).replaceAll(`"specHash":"${specHash}"`, '"specHash":"after"'),
      ),
    );
    assert.ok(store.lessonsOf(to).length > 0);
    assert.ok(store.lessonsOf(to).every(({ tool }) => tool === to));
    assert.ok(store.fixes(to).every(({ tool, failed }) => tool === to && failed.tool === to));
    const memory = store.trialsForMemory(to, { upTo: store.lastSeq(), runId: 'r1' });
    assert.equal(memory.length, 12);
    assert.ok(memory.every((trial) => trial.tool === to && trial.specHash === 'after'));
    assert.ok(memory.every(({ steps }) => steps.every(({ call }) => call === null || call.tool === to)));
    assert.deepEqual(store.run('r1')?.tools, [to]);
    assert.deepEqual(store.notices, []);
  });

  it('is called so in the examples of others', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await explored(opened);
    await store.renameTool(rename);
    const [sibling] = ofTool(store, 'imaginarium.yaml#tool_1');
    assert.deepEqual(
      sibling?.calls.map(({ tool }) => tool),
      [to, 'imaginarium.yaml#tool_1'],
    );
    const [line] = await opened.lines('examples', 'imaginarium.yaml#tool_1.jsonl');
    assert.ok(line?.includes(`"tool":"${to}"`));
  });

  it('goes back as it was', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await explored(opened);
    const read = async (): Promise<string[]> => {
      const names = (await files(opened)).map((name) => name);
      const texts = ['examples', 'lessons'].map((kind) =>
        readFile(opened.path(kind, 'imaginarium.yaml#tool_0.jsonl'), 'utf8'),
      );
      return [...names, ...(await Promise.all(texts))];
    };
    const before = { files: await read(), examples: ofTool(store, from), lessons: store.lessonsOf(from) };
    assert.equal(await store.renameTool(rename), true);
    assert.equal(await store.renameTool(back), true);
    assert.deepEqual(await read(), before.files);
    assert.deepEqual(ofTool(store, from), before.examples);
    assert.deepEqual(store.lessonsOf(from), before.lessons);
    // And nothing is found that was not there: neither now nor at the next start.
    await store.close();
    const again = await opened.open();
    assert.deepEqual(ofTool(again, from), before.examples);
    assert.deepEqual(ofTool(again, to), []);
    assert.deepEqual(again.notices, []);
  });

  it('does not take over what another has learned, and nothing moves where nothing is', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await explored(opened);
    const taken = { ...rename, to: 'imaginarium.yaml#tool_1' };
    assert.equal(await store.renameTool(taken), false);
    assert.equal(await store.renameTool({ ...rename, from: 'imaginarium.yaml#none' }), false);
    assert.equal(ofTool(store, from).length, 12);
  });

  it('takes along what a person changed, and leaves what is no line of ours', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await explored(opened);
    const file = ['examples', 'imaginarium.yaml#tool_0.jsonl'] as const;
    const [first = '', ...rest] = await opened.lines(...file);
    const edited = first.replace(/"query":"[^"]*"/, '"query":"What a person wrote"');
    await opened.edit([edited, ...rest.slice(1), '<<<<<<< broken'], ...file);
    assert.equal(await store.renameTool(rename), true);
    const queries = ofTool(store, to).map(({ query }) => query);
    assert.equal(queries.length, 11);
    assert.ok(queries.includes('What a person wrote'));
    assert.deepEqual(await opened.lines(...file), ['<<<<<<< broken']);
  });

  it('is moved to its end by the next start, wherever it was cut off', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await explored(opened);
    const old = await readFile(opened.path('examples', 'imaginarium.yaml#tool_0.jsonl'), 'utf8');
    await store.renameTool(rename);
    await store.close();
    // As if the process had died between the new file and the old one: the old one is still there, and known as left.
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(opened.path('trials.db'));
    database
      .prepare('INSERT OR REPLACE INTO files (path, stamp) VALUES (?, ?)')
      .run('examples/imaginarium.yaml#tool_0.jsonl', 'moved to examples/imaginarium.yaml#renamed.jsonl');
    database.close();
    await writeFile(opened.path('examples', 'imaginarium.yaml#tool_0.jsonl'), old);
    const again = await opened.open();
    assert.equal(ofTool(again, to).length, 12);
    assert.deepEqual(ofTool(again, from), []);
    assert.deepEqual(again.notices, []);
    assert.ok(!(await files(opened)).includes('imaginarium.yaml#tool_0.jsonl'));
  });
});
