import assert from 'node:assert/strict';
import { actionTitle } from '../../../../src/extension/client/actionTitles.ts';
import { lensDataOf, lensTexts } from '../../../../src/extension/client/lensTexts.ts';
import { differenceOf } from '../../../../src/extension/state/difference.ts';
import type { LensData } from '../../../../src/protocol/language.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';

const tool = 'a.json#add_date';

function titles(data: LensData): string[] {
  return lensTexts(data).map(({ title }) => title);
}

describe('Lenses of a spec', () => {
  it('offer to explore a tool, and count what was learned where there is something', () => {
    const data = { kind: 'tool', tool, runnable: true, examples: 0, failures: 0 } as const;
    assert.deepEqual(titles(data), ['Explore']);
    const simulated = { examples: 1, failures: 1 };
    assert.deepEqual(titles({ ...data, examples: 4, failures: 1, simulated }).slice(1), [
      '4 examples, 1 simulated',
      '1 failed call, all simulated',
    ]);
    assert.deepEqual(titles({ ...data, examples: 1, failures: 1200 }), [
      'Explore',
      '1 example',
      '1,200 failed calls',
    ]);
    assert.deepEqual(titles({ ...data, runnable: false }), ['Explore (Simulated)…']);
  });

  it('run commands with a target, and say which group to show', () => {
    const lenses = lensTexts({ kind: 'tool', tool, runnable: true, examples: 2, failures: 3 });
    assert.deepEqual(
      lenses.map(({ command, arguments: given }) => [command, ...given]),
      [
        ['imaginarium.exploreTool', { toolId: tool }],
        ['imaginarium.revealTool', { toolId: tool }, 'examples'],
        ['imaginarium.revealTool', { toolId: tool }, 'failures'],
      ],
    );
  });

  it('tell how it goes with a server', () => {
    const server = { kind: 'server', folder: '/w', path: '.mcp.json#files', tools: 3 } as const;
    const said = (['unlisted', 'starting', 'listed', 'remembered', 'failed'] as const).map((status) => {
      const [lens] = lensTexts({ ...server, status });
      return [lens?.title, lens?.command, lens?.arguments[0].source?.path];
    });
    assert.deepEqual(said, [
      ['Start Server and List Tools', 'imaginarium.listServer', '.mcp.json#files'],
      ['Starting…', 'imaginarium.revealTool', '.mcp.json#files'],
      ['3 tools', 'imaginarium.revealTool', '.mcp.json#files'],
      ['3 tools', 'imaginarium.revealTool', '.mcp.json#files'],
      ['Failed: Start Server Again', 'imaginarium.listServer', '.mcp.json#files'],
    ]);
  });

  it('have no word of a spec in their titles, whatever it says', () => {
    for (const hostile of hostileTexts) {
      const ofTool = titles({ kind: 'tool', tool: hostile, runnable: true, examples: 1, failures: 1 });
      assert.deepEqual(ofTool, ['Explore', '1 example', '1 failed call']);
      const ofServer = {
        kind: 'server',
        folder: hostile,
        path: hostile,
        status: 'listed',
        tools: 1,
      } as const;
      assert.deepEqual(titles(ofServer), ['1 tool']);
    }
  });

  it('are made of nothing else that comes over the wire', () => {
    for (const other of [undefined, null, 'tool', 3, {}, { kind: 'other' }]) {
      assert.equal(lensDataOf(other), undefined);
    }
  });
});

describe('Actions at a learned problem', () => {
  it('are named by what they do', () => {
    assert.equal(actionTitle({ action: 'propose', problem: 'p' }), 'Propose a Change of the Spec');
    assert.equal(actionTitle({ action: 'openTrial', trial: 't', place: '1.2' }), 'Open Trial 1.2');
    assert.equal(actionTitle({ action: 'dismiss', problem: 'p' }), 'Dismiss for Good');
    assert.equal(actionTitle({ action: 'other' }), undefined);
    assert.equal(actionTitle(undefined), undefined);
  });
});

describe('The difference of two texts', () => {
  it('is the stretch that makes one of the other', () => {
    for (const [before, after] of [
      ['', ''],
      ['abc', 'abc'],
      ['', 'abc'],
      ['abc', ''],
      ['aa', 'aaa'],
      ['{ type: string }', '{ type: string, format: date }'],
      ['abXcd', 'abYZcd'],
      ['aba', 'a'],
    ] as const) {
      const { start, end, text } = differenceOf(before, after);
      assert.ok(start <= end, before);
      assert.equal(before.slice(0, start) + text + before.slice(end), after);
    }
    assert.deepEqual(differenceOf('abXcd', 'abYcd'), { start: 2, end: 3, text: 'Y' });
  });
});
