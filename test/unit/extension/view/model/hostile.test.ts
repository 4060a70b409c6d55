import assert from 'node:assert/strict';
import { oneLine, severalLines } from '../../../../../src/extension/state/oneLine.ts';
import type { TreeNode } from '../../../../../src/extension/view/model/treeNode.ts';
import { engine } from '../../../../../src/protocol/engine.ts';
import { hostileTexts } from '../../../../helpers/hostileTexts.ts';
import { run, source, sources, tool, trialRow } from '../../fakes.ts';
import {
  engineState,
  example,
  examples,
  failedCall,
  lesson,
  playedLink,
  runsModel,
  toolsModel,
  withRuns,
  workbench,
} from './played.ts';

/** Nothing that is not seen, and nothing that changes how other characters are shown. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/u;

async function all(nodes: readonly TreeNode[]): Promise<TreeNode[]> {
  const below = await Promise.all(nodes.map(async (node) => all(await node.children())));
  return [...nodes, ...below.flat()];
}

/** Every row of both views, where everything that somebody else says is this text. */
async function rowsOf(text: string): Promise<TreeNode[]> {
  const page = <T>(...rows: T[]) => ({ rows, next: null });
  const counts = { examples: 1, failures: 1, lessons: 1, trials: 1 };
  const call = { tool: text, arguments: { [text]: text } };
  const failure = { type: 'rejected' as const, message: text };
  const odd = { path: text, line: 1, column: 1, severity: 'error' as const, message: text };
  const failed = failedCall({
    query: text,
    details: {
      thought: text,
      call,
      observation: { status: 'rejected', content: `${text}!`, ms: 1, truncated: false },
      failure,
      failures: [failure],
    },
    fix: { tool: text, trialId: 't1', failed: call, failure, worked: call, changed: [], sentence: text },
    lesson: text,
  });
  const evidence = { message: text, refused: [text], taken: [text] };
  const said = { model: text, informative: false, faithful: true, proper: true, reasons: text };
  const learned = example('e1', {
    query: text,
    calls: [{ ...call, observation: text }],
    answer: text,
    contrasts: [{ ...call, failure }],
    verification: 'verified',
    checks: { format: true, execution: 'recorded', judge: said, specHash: 'h' },
  });
  learned.provenance = { ...learned.provenance, model: text };
  const trial = trialRow('t1', { query: text, tool: text });
  const link = playedLink({
    [engine.tools.method]: () =>
      page(tool('a', { name: text, description: text, notRunnable: text, problems: [odd], counts })),
    [engine.shownExamples.method]: examples(learned),
    [engine.failureCounts.method]: () => [{ type: 'rejected', calls: 1 }],
    [engine.failures.method]: () => page(failed),
    [engine.lessons.method]: () =>
      page(lesson('l1', { text, evidence, disagrees: true, retired: text, specHash: text, against: ['t2'] })),
    [engine.reviewQueue.method]: () => ({
      ...page(example('e2', { ...learned, id: 'e2', tool: text, verification: 'review' })),
      total: 1,
      agreement: { agreed: 1, of: 2 },
    }),
    [engine.trial.method]: () => ({ ...trial, steps: [] }),
    [engine.trials.method]: () => page(trial),
  });
  const bench = workbench();
  const model = { id: text, label: text, baseUrl: null, isLanguageModel: false };
  const error = { message: text, advice: text };
  const found = sources(source(1, { path: text, folder: text, problems: [odd] }));
  bench.setEngine(engineState, { ...found, review: 1 });
  const tools = await all(await toolsModel(link, bench).model.roots());
  withRuns(link, bench, run('r1', { status: 'failed', tools: [text], model, error }));
  const runs = await all(await runsModel(link, bench).model.roots());
  return [...tools, ...runs];
}

describe('What tools and models said, in our views', () => {
  for (const text of hostileTexts) {
    it(`is one line of text, cut, with nothing hidden: ${oneLine(text, 40)}`, async () => {
      const rows = await rowsOf(text);
      assert.ok(rows.length >= 15, String(rows.length));
      for (const { row } of rows) {
        for (const line of [row.label, row.description, row.spoken, ...row.tooltip.split('\n')]) {
          assert.doesNotMatch(line, unseen);
          assert.ok(line.length <= 1300, `${line.length} characters: ${line.slice(0, 80)}`);
        }
        assert.ok([...row.label].length <= 200, row.label);
        assert.notEqual(row.label, '');
        assert.ok(row.tooltip.split('\n').length <= 60);
      }
    });
  }

  it('keeps what can be read: letters of every script, and where a line ended', () => {
    assert.equal(oneLine('Zürich 東京 🚄 שלום'), 'Zürich 東京 🚄 שלום');
    assert.equal(oneLine('one\r\n  two\n\nthree '), 'one ↵ two ↵ three');
    assert.equal(oneLine('a\u202eb\u200bc\u0000'), 'a\\u{202e}b\\u{200b}c\\u{0}');
    assert.equal(oneLine('x'.repeat(500)).length, 200);
    assert.equal(severalLines('{\n  "a": 1\n}'), '{\n  "a": 1\n}');
    assert.equal(severalLines('a\n'.repeat(50)).split('\n').length, 13);
  });
});
