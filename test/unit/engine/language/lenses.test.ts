import assert from 'node:assert/strict';
import { DrawnLenses, lensesOf } from '../../../../src/engine/language/lenses.ts';
import { outlineOf } from '../../../../src/engine/language/outline.ts';
import { problemActions } from '../../../../src/engine/language/problemActions.ts';
import type { ToolCounts } from '../../../../src/store/index.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { read } from './specs.ts';

const text = `tools:
  - name: add_date
    description: Adds days.
    parameters:
      type: object
      properties:
        date: { type: string }
        days:
          type: integer
      required: [date]
    run: { module: ./a.mjs }
  - name: no_way
    parameters: { type: object, properties: { code: { type: string } } }
`;
const { file } = read('imaginarium.yaml', text);
const counts: ToolCounts = { examples: 3, failures: 2, lessons: 1, trials: 9 };

describe('Lenses of a spec file', () => {
  it('stand on the first line of each tool, with what was learned', () => {
    const lenses = lensesOf(file, () => new Map([['imaginarium.yaml#add_date', counts]]));
    assert.deepEqual(
      lenses.map(({ range, data }) => [range.start.line, data]),
      [
        [1, { kind: 'tool', tool: 'imaginarium.yaml#add_date', runnable: true, examples: 3, failures: 2 }],
        [11, { kind: 'tool', tool: 'imaginarium.yaml#no_way', runnable: false, examples: 0, failures: 0 }],
      ],
    );
  });

  it('are drawn anew only where they would say something else', () => {
    const drawn = new DrawnLenses();
    const before = lensesOf(file, () => new Map());
    const after = lensesOf(file, () => new Map([['imaginarium.yaml#add_date', counts]]));
    assert.equal(
      drawn.areOld(() => after),
      false,
      'nothing is drawn',
    );
    drawn.drawn('file:///a', before);
    assert.equal(
      drawn.areOld(() => before),
      false,
    );
    assert.equal(
      drawn.areOld(() => after),
      true,
    );
    drawn.forget('file:///a');
    assert.equal(
      drawn.areOld(() => after),
      false,
    );
  });
});

describe('The outline of a spec', () => {
  it('has the tools with their parameters', async () => {
    const symbols = await outlineOf(file, text);
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children?.map((child) => child.name)]),
      [
        ['add_date', ['date', 'days']],
        ['no_way', ['code']],
      ],
    );
    const [first] = symbols;
    assert.deepEqual(first?.selectionRange, {
      start: { line: 1, character: 10 },
      end: { line: 1, character: 18 },
    });
    assert.equal(first?.children?.[1]?.range.start.line, 7);
  });

  it('of JSON is ours where tools stand in a list, and not where each stands under its name', async () => {
    const tool = { description: 'A.', parameters: { type: 'object', properties: { x: { type: 'string' } } } };
    const names = async (value: object): Promise<string[]> => {
      const json = JSON.stringify(value);
      return (await outlineOf(read('f.json', json).file, json)).map(({ name }) => name);
    };
    assert.deepEqual(await names([{ name: 'a', ...tool }]), ['a']);
    assert.deepEqual(await names({ a: tool, b: tool }), []);
  });

  it('has a name for everything, and every name within its symbol, whatever the spec says', async () => {
    const properties = Object.fromEntries(hostileTexts.map((hostile) => [hostile, { type: 'string' }]));
    const spec = JSON.stringify({ tools: [{ name: 'a', parameters: { type: 'object', properties } }] });
    const hostile = read('imaginarium.yaml', spec);
    const [tool] = await outlineOf(hostile.file, spec);
    assert.ok(tool && (tool.children?.length ?? 0) > 10);
    for (const symbol of [tool, ...(tool.children ?? [])]) {
      assert.ok(symbol.name.trim() !== '' && !/\p{Cc}/u.test(symbol.name), JSON.stringify(symbol.name));
      const { range, selectionRange } = symbol;
      assert.ok(range.start.line <= selectionRange.start.line && range.end.line >= selectionRange.end.line);
    }
  });
});

describe('Actions at a learned problem', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const diagnostic = { range, message: 'm', code: 'learned' };

  it('propose a change, open its trials and dismiss it', () => {
    const data = { problem: 'p1', trials: ['r-a-1.2', 'r-a-1.3', 'r-a-2.1'], proposes: true };
    const actions = problemActions([{ ...diagnostic, data }]);
    assert.deepEqual(
      actions.map(({ title, command }) => [title, command?.command, command?.arguments]),
      [
        ['Propose a Change of the Spec', 'imaginarium.proposeSpecChange', [{ problemId: 'p1' }]],
        ['Open Trial 1.2', 'imaginarium.openTrial', [{ trialId: 'r-a-1.2' }]],
        ['Open Trial 1.3', 'imaginarium.openTrial', [{ trialId: 'r-a-1.3' }]],
        ['Dismiss for Good', 'imaginarium.dismissProblem', [{ problemId: 'p1' }]],
      ],
    );
    assert.equal(problemActions([{ ...diagnostic, data: { ...data, proposes: false } }]).length, 3);
  });

  it('are none at a problem of another kind, or one whose data are something else', () => {
    for (const data of [
      undefined,
      null,
      'p',
      {},
      { problem: 3, trials: [] },
      { problem: 'p', trials: 'x' },
    ]) {
      assert.deepEqual(problemActions([{ ...diagnostic, data }]), []);
    }
    assert.deepEqual(problemActions([{ range, message: 'm', data: { problem: 'p', trials: [] } }]), []);
  });
});
