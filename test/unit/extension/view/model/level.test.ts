import assert from 'node:assert/strict';
import { Level } from '../../../../../src/extension/view/model/level.ts';
import { MoreNode, NoteNode } from '../../../../../src/extension/view/model/otherNodes.ts';
import { TrialNode } from '../../../../../src/extension/view/model/trialNode.ts';
import type { Page, TrialRow } from '../../../../../src/protocol/engine.ts';
import { trialRow } from '../../fakes.ts';
import { asking, pause, playedLink } from './played.ts';

/** A list of `count` trials at the engine, by number. */
function list(count: number) {
  const link = playedLink();
  const { asking: one, told } = asking(link);
  const asked: (string | undefined)[] = [];
  const at = {
    rows: Array.from({ length: count }, (_, index) => trialRow(`t${index}`)),
    /** What happens before the answer goes out. */
    before: async () => {},
  };
  const ask = async (after: string | undefined, limit: number): Promise<Page<TrialRow>> => {
    asked.push(after);
    const rows = [...at.rows];
    await at.before();
    const from = after === undefined ? 0 : Number(after);
    const to = from + limit;
    return { rows: rows.slice(from, to), next: to < rows.length ? String(to) : null };
  };
  const level = new Level<TrialRow, TrialNode>({
    asking: one,
    owner: null,
    ask,
    key: ({ id }) => id,
    make: (row) => new TrialNode(null, row),
    nothing: () => new NoteNode(null, { text: 'Nothing.', icon: 'info' }),
  });
  return { level, asked, told, link, at };
}

describe('A level of a view', () => {
  it('shows a page, and then that there is more; showing more keeps what is there', async () => {
    const { level, asked } = list(450);
    const rows = await level.rows();
    assert.equal(rows.length, 201);
    const more = rows.at(-1);
    assert.ok(more instanceof MoreNode);
    assert.equal(more.row.context, 'more');
    const first = await more.more();
    assert.equal(first?.id, '/trial:t200');
    const now = await level.rows();
    assert.equal(now.length, 401);
    assert.deepEqual(now.slice(0, 200), rows.slice(0, 200));
    assert.notEqual(now.at(-1)?.id, more.id);
    await level.more();
    assert.equal((await level.rows()).length, 450, 'there is no more');
    assert.ok(asked.length <= 4, String(asked.length));
  });

  it('keeps as many rows as were shown when it is asked for again, over pages of the engine', async () => {
    const { level, at } = list(3000);
    for (let page = 0; page < 6; page += 1) await level.more();
    assert.equal(level.nodes.length, 1200);
    const [node] = level.nodes;
    at.rows[0] = trialRow('t0', { query: 'Another?' });
    level.outdate();
    assert.equal((await level.rows()).length, 1201);
    assert.equal(level.nodes[0], node, 'the same row');
    assert.equal(node?.row.label, 'Another?');
  });

  it('finds a row that is not shown yet, as far as it is asked to look', async () => {
    const { level } = list(3000);
    assert.equal((await level.find('t450', 1000))?.data.id, 't450');
    assert.equal(level.nodes.length, 600);
    assert.equal(await level.find('t2900', 1000), undefined);
    assert.equal(level.nodes.length, 1000);
    assert.equal(await list(3).level.find('none', 1000), undefined);
  });

  it('puts what is new before the rest, also while an answer is under way', async () => {
    const { level, at, told } = list(3);
    await level.rows();
    level.add(trialRow('new'));
    await pause();
    assert.deepEqual(told, [null]);
    assert.equal(level.nodes[0]?.data.id, 'new');
    at.before = async () => {
      await pause();
      at.before = async () => {};
      at.rows.unshift(trialRow('newer'), trialRow('new'));
      level.add(trialRow('newer'));
    };
    level.outdate();
    await level.rows();
    assert.deepEqual(
      level.nodes.map(({ data }) => data.id),
      ['newer', 'new', 't0', 't1', 't2'],
    );
  });

  it('does not wait for an engine that is on its way, and is drawn anew when the rows are there', async () => {
    const { level, link, told } = list(2);
    link.state = 'starting';
    const [note, ...others] = await level.rows();
    assert.deepEqual([note?.row.label, note?.row.icon, others.length], ['Loading…', 'loading~spin', 0]);
    await pause();
    assert.deepEqual(told, [null]);
    assert.equal((await level.rows()).length, 2);
  });

  it('says why there is nothing, and keeps what it has when the engine goes away', async () => {
    const none = list(0);
    assert.equal((await none.level.rows())[0]?.row.label, 'Nothing.');
    const { level, at } = list(2);
    at.before = () => Promise.reject(new Error('gone'));
    const [why] = await level.rows();
    assert.equal(why?.row.icon, 'warning');
    at.before = async () => {};
    assert.equal((await level.rows()).length, 2);
    at.before = () => Promise.reject(new Error('gone'));
    level.outdate();
    assert.equal((await level.rows()).length, 2);
  });
});
