import assert from 'node:assert/strict';
import { chooseTools, closest, findTool, reallyCallable } from '../../../../src/engine/runs/chooseTools.ts';
import type { BoundTool } from '../../../../src/tools/boundTool.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';

function bound(name: string, path = 'imaginarium.yaml', notRunnable: string | null = null): BoundTool {
  return {
    tool: sampleTool({ name, id: `${path}#${name}`, runnable: notRunnable === null }),
    folder: '/w',
    runner: notRunnable === null ? { kind: 'module', module: 'm.mjs', export: 'f', env: {} } : null,
    notRunnable,
    timeoutMs: 1000,
    outputLimit: 1000,
    services: [],
  };
}

const catalogue = [
  bound('add_date'),
  bound('convert_units'),
  bound('convert_units', 'more.tools.yaml'),
  bound('broken', 'imaginarium.yaml', 'It has no "run".'),
];

describe('choosing tools', () => {
  it('all that can be run, and says what was left out', () => {
    const { tools, leftOut } = chooseTools([], catalogue);
    assert.deepEqual(
      tools.map((tool) => tool.id),
      ['imaginarium.yaml#add_date', 'imaginarium.yaml#convert_units', 'more.tools.yaml#convert_units'],
    );
    assert.deepEqual(
      leftOut.map(({ tool }) => tool.name),
      ['broken'],
    );
  });

  it('offers beside them no tool of an MCP server that the run does not need', () => {
    const ofServer = (server: string, name: string): BoundTool => {
      const source = { path: '.mcp.json', line: 1, column: 1 };
      const transport = { kind: 'stdio' as const, command: 'x', args: [], env: {}, cwd: null };
      const spec = { name: server, source, transport, problem: null };
      return { ...bound(name, `.mcp.json#${server}`), runner: { kind: 'mcp', server: spec, tool: name } };
    };
    const tools = [...catalogue, ofServer('one', 'a'), ofServer('one', 'b'), ofServer('two', 'c')];
    const all = new Map(tools.map((one) => [one.tool.id, one]));
    const offered = (id: string) => {
      const callable = reallyCallable([id], all);
      return tools.filter(({ tool }) => callable(tool)).map(({ tool }) => tool.name);
    };
    const others = ['add_date', 'convert_units', 'convert_units'];
    assert.deepEqual(offered('.mcp.json#one#a'), [...others, 'a', 'b']);
    assert.deepEqual(offered('imaginarium.yaml#add_date'), others);
  });

  it('also those that nothing can run, where a person wants them played; and says which are', () => {
    const { tools, simulated, leftOut } = chooseTools([], catalogue, true);
    assert.equal(tools.length, 4);
    assert.deepEqual([simulated, leftOut], [['imaginarium.yaml#broken'], []]);
    assert.deepEqual(chooseTools(['broken'], catalogue, true).simulated, ['imaginarium.yaml#broken']);
    const mock: BoundTool = { ...bound('mock'), runner: { kind: 'simulate' } };
    assert.deepEqual(chooseTools([], [...catalogue, mock]).simulated, ['imaginarium.yaml#mock']);
    assert.throws(() => chooseTools(['broken'], catalogue), { advice: /--simulate/ });
  });

  it('by name or id, in the order asked, each once', () => {
    const { tools } = chooseTools(['more.tools.yaml#convert_units', 'add_date', 'add_date'], catalogue);
    assert.deepEqual(
      tools.map((tool) => tool.id),
      ['more.tools.yaml#convert_units', 'imaginarium.yaml#add_date'],
    );
  });

  it('refuses what is unknown, ambiguous or cannot be run, and helps', () => {
    assert.throws(() => chooseTools(['add_dat'], catalogue), {
      name: 'WrongRequest',
      message: 'There is no tool "add_dat".',
      advice: 'Did you mean "add_date"?',
    });
    assert.throws(() => chooseTools(['convert_units'], catalogue), {
      advice: 'Say which one: "imaginarium.yaml#convert_units", "more.tools.yaml#convert_units".',
    });
    assert.throws(() => chooseTools(['broken'], catalogue), {
      message: '"broken" cannot be run: It has no "run".',
    });
    assert.throws(() => chooseTools([], []), { message: 'There is no tool here that can be run.' });
    assert.throws(() => findTool('qqqqqq', catalogue), { advice: /^The tools are: add_date, convert_units/ });
    assert.throws(() => findTool('x', []), { advice: 'No tools were found in this workspace.' });
  });

  it('suggests what is near, nearest first', () => {
    assert.deepEqual(closest('convert', ['add_date', 'convert_units']), ['convert_units']);
    assert.deepEqual(closest('ADD_DATE', ['add_date']), ['add_date']);
    assert.deepEqual(closest('zzz', ['add_date']), []);
  });
});
