import assert from 'node:assert/strict';
import { dismissProblem } from '../../../../src/extension/commands/dismissProblem.ts';
import {
  applySpecChange,
  type Proposals,
  proposeSpecChange,
} from '../../../../src/extension/commands/proposeSpecChange.ts';
import { revealTool } from '../../../../src/extension/commands/revealTool.ts';
import { engine, type FileChange } from '../../../../src/protocol/engine.ts';
import { tool } from '../fakes.ts';
import { asked, play } from './person.ts';

const change: FileChange = { path: '/w/a.json', before: '{}', after: '{ }' };

/** Proposals that note what is shown; `applies` says whether the file is still as it was. */
function noted(did: string[], applies: boolean, active?: string): Proposals {
  return {
    show: async (id, { path }) => void did.push(`show ${id} of ${path}`),
    active: () => active,
    async apply(id) {
      did.push(`apply ${id}`);
      return applies;
    },
  };
}

describe('Propose Change of Spec', () => {
  it('shows what the engine proposes', async () => {
    const did: string[] = [];
    const played = await play({ engine: { [engine.specChange.method]: () => change } });
    await proposeSpecChange(played.around, noted(did, true), { problemId: 'p' });
    assert.deepEqual(asked(played, engine.specChange), [{ problem: 'p' }]);
    assert.deepEqual(did, ['show p of /w/a.json']);
  });

  it('says so where there is nothing to propose', async () => {
    const did: string[] = [];
    const played = await play({ engine: { [engine.specChange.method]: () => null } });
    await proposeSpecChange(played.around, noted(did, true), { problemId: 'p' });
    assert.deepEqual(did, []);
    assert.match(played.said.join(), /^There is nothing to propose/);
  });
});

describe('Apply Proposed Change', () => {
  it('applies the one that is shown', async () => {
    const did: string[] = [];
    const played = await play();
    await applySpecChange(played.around, noted(did, true, 'p'), undefined);
    assert.deepEqual([did, played.said], [['apply p'], []]);
  });

  it('shows it anew where the file was changed meanwhile', async () => {
    const did: string[] = [];
    const played = await play({ engine: { [engine.specChange.method]: () => change } });
    await applySpecChange(played.around, noted(did, false, 'p'), undefined);
    assert.deepEqual(did, ['apply p', 'show p of /w/a.json']);
    assert.match(played.said.join(), /^The spec was changed meanwhile/);
  });

  it('says what to do where none is shown', async () => {
    const did: string[] = [];
    const played = await play();
    await applySpecChange(played.around, noted(did, true), undefined);
    assert.deepEqual(did, []);
    assert.match(played.said.join(), /at a learned problem first/);
  });
});

describe('Dismiss Learned Problem', () => {
  const file = { path: '/w/.imaginarium/dismissed.jsonl', text: '' };

  it('dismisses it, says how to bring it back, and opens the file on a click', async () => {
    const played = await play({
      engine: { [engine.dismissProblem.method]: () => ({ dismissed: true }) },
      files: { '.imaginarium/dismissed.jsonl': file },
      answers: { Dismissed: 'Open File' },
    });
    await dismissProblem(played.around, { problemId: 'p' });
    assert.deepEqual(asked(played, engine.dismissProblem), [{ problem: 'p' }]);
    assert.match(played.said.join(), /take its line out of \.imaginarium\/dismissed\.jsonl/);
    assert.deepEqual(played.did, [`open ${file.path}:1`]);
  });

  it('says that one is gone', async () => {
    const played = await play({ engine: { [engine.dismissProblem.method]: () => ({ dismissed: false }) } });
    await dismissProblem(played.around, { problemId: 'p' });
    assert.match(played.said.join(), /gone already/);
  });
});

describe('Show in Tools View', () => {
  it('moves to the tool, to what was learned of it, or to a source', async () => {
    const played = await play({ tools: [tool('a')] });
    const revealed: unknown[] = [];
    Object.assign(played.around.views, {
      revealTool: async ({ id }: { id: string }, group?: string) => {
        revealed.push([id, group]);
        return true;
      },
      revealSource: async (source: object) => {
        revealed.push(source);
        return true;
      },
    });
    const { id } = tool('a');
    await revealTool(played.around, { toolId: id }, 'failures');
    await revealTool(played.around, { toolId: id }, { evil: true });
    await revealTool(played.around, { source: { folder: '/w', path: '.mcp.json#x' } }, undefined);
    assert.deepEqual(revealed, [[id, 'failures'], [id, undefined], { folder: '/w', path: '.mcp.json#x' }]);
    assert.deepEqual(played.said, []);
  });

  it('says that a tool is gone', async () => {
    const played = await play({ tools: [] });
    await revealTool(played.around, { toolId: 'x' }, undefined);
    assert.match(played.said.join(), /no longer in the workspace/);
  });
});
