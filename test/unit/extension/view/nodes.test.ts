import assert from 'node:assert/strict';
import { Workbench } from '../../../../src/extension/state/workbench.ts';
import { sourceNodes, treeMessage } from '../../../../src/extension/view/nodes.ts';
import type { CatalogueTool } from '../../../../src/protocol/engine.ts';
import { run, tool } from '../fakes.ts';

function shown(tools: CatalogueTool[], folders = 1): Workbench {
  const workbench = new Workbench();
  workbench.set({ link: 'ready', trusted: true, folders });
  const source = { path: 'imaginarium.yaml', folder: '/home/me/trains', tools, problems: [] };
  const empty = { ...source, path: 'empty.tools.yaml', tools: [] };
  workbench.setCatalogue({ version: 1, sources: [source, empty] });
  return workbench;
}

const learned = { examples: 12, failures: 3, lessons: 1, trials: 20 };

describe('The rows of the view Tools', () => {
  it('are sources with their tools and counts; a source with nothing to show is not there', () => {
    const [source, ...others] = sourceNodes(shown([tool('a', { counts: learned }), tool('b')]));
    assert.deepEqual(others, []);
    assert.deepEqual([source?.row.label, source?.row.description], ['imaginarium.yaml', '2 tools']);
    assert.deepEqual(
      source?.tools.map(({ row }) => [row.label, row.description, row.context, row.icon]),
      [
        ['a', '12 examples · 3 failures', 'tool.idle', 'symbol-method'],
        ['b', '', 'tool.idle', 'symbol-method'],
      ],
    );
    assert.deepEqual(source?.tools[0]?.row.place, {
      path: '/home/me/trains/imaginarium.yaml',
      line: 3,
      column: 5,
    });
  });

  it('say aloud what icons and colours say', () => {
    const [source] = sourceNodes(shown([tool('drop', { risk: 'destructive', counts: learned })]));
    assert.equal(source?.tools[0]?.row.spoken, 'drop, may destroy things, 12 examples, 3 failures');
  });

  it('name the folder where there are several', () => {
    assert.equal(sourceNodes(shown([tool('a')], 2))[0]?.row.description, 'trains · 1 tool');
  });

  it('say which tool is being explored, and why one cannot be run', () => {
    const stuck = tool('stuck', { runnable: false, notRunnable: 'No "run" is given.' });
    const workbench = shown([tool('a'), tool('b'), stuck]);
    const tools = ['imaginarium.yaml#a', 'imaginarium.yaml#b'];
    const progress = { runId: 'r', tool: 'imaginarium.yaml#a', episode: 1, trial: 1, doing: 'imagining' };
    workbench.hear([
      { type: 'run', run: run('r', { tools }) },
      { type: 'progress', ...progress },
    ]);
    const rows = sourceNodes(workbench)[0]?.tools.map((node) => node.row) ?? [];
    assert.deepEqual(
      rows.map(({ description, context, icon }) => [description, context, icon]),
      [
        ['exploring', 'tool.inRun', 'sync~spin'],
        ['', 'tool.inRun', 'symbol-method'],
        ['cannot be run', 'tool.notRunnable', 'circle-slash'],
      ],
    );
    assert.match(rows[2]?.tooltip ?? '', /Cannot be run: No "run" is given\./);
  });

  it('put problems into the tooltip, as text', () => {
    const problem = {
      path: 'imaginarium.yaml',
      line: 7,
      column: 1,
      severity: 'error' as const,
      message: '[x](y) is odd.',
    };
    const [source] = sourceNodes(shown([tool('a', { problems: [problem] })]));
    assert.equal(source?.tools[0]?.row.icon, 'error');
    assert.match(source?.tools[0]?.row.tooltip ?? '', /Line 7: \[x\]\(y\) is odd\./);
  });
});

describe('The line above the tree', () => {
  it('is there when there is something to say, and tools to say it of', () => {
    const workbench = shown([tool('a')]);
    assert.equal(treeMessage(workbench), '');
    workbench.set({ trusted: false });
    assert.match(treeMessage(workbench), /^Restricted Mode/);
    assert.equal(treeMessage(new Workbench()), '');
  });
});
