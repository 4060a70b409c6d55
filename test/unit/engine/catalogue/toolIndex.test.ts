import assert from 'node:assert/strict';
import type { SpecProblem } from '../../../../src/core/tool.ts';
import { type CountsOf, ToolIndex } from '../../../../src/engine/catalogue/toolIndex.ts';
import type { ToolCounts } from '../../../../src/store/index.ts';
import type { BoundTool, SourceResult } from '../../../../src/tools/boundTool.ts';

function bound(path: string, name: string, description: string, runnable = true): BoundTool {
  return {
    tool: {
      id: `${path}#${name}`,
      name,
      description,
      parameters: { type: 'object', properties: {} },
      source: { path, line: 1, column: 1 },
      risk: 'read',
      runnable,
      specHash: name,
    },
    folder: '/w',
    runner: null,
    notRunnable: runnable ? null : 'It has no runner.',
    timeoutMs: 1000,
    outputLimit: 1000,
    services: [],
  };
}

function source(path: string, tools: BoundTool[], problems: SpecProblem[] = []): SourceResult {
  return { path, folder: '/w', tools, problems, budget: {} };
}

const problem: SpecProblem = {
  path: 'b.tools.yaml',
  line: 2,
  column: 1,
  severity: 'warning',
  tool: 'b.tools.yaml#send_mail',
  message: 'Odd.',
};
const index = new ToolIndex([
  source('a.tools.yaml', [
    bound('a.tools.yaml', 'get_weather', 'Tells the weather of a city.'),
    bound('a.tools.yaml', 'get_time', 'Tells the time of a City.', false),
  ]),
  source('b.tools.yaml', [bound('b.tools.yaml', 'send_mail', 'Sends a letter.')], [problem]),
]);
const learned = new Map<string, ToolCounts>([
  ['a.tools.yaml#get_weather', { examples: 2, failures: 0, lessons: 0, trials: 3 }],
  ['b.tools.yaml#send_mail', { examples: 0, failures: 1, lessons: 0, trials: 1 }],
]);
const countsOf: CountsOf = (ids) => new Map([...learned].filter(([id]) => ids?.includes(id) ?? true));
const names = (params: Parameters<ToolIndex['page']>[0]) =>
  index.page(params, countsOf).rows.map(({ name }) => name);
const shown = (filter: Parameters<ToolIndex['sourceRows']>[0]) =>
  index.sourceRows(filter, countsOf).map((row) => [row.path, row.tools, row.shown]);

describe('The tools of a catalogue, for views', () => {
  it('sources say how many tools they have and how many a filter lets through, none left out', () => {
    assert.deepEqual(index.totals(), { tools: 3, runnable: 2 });
    assert.deepEqual(shown({}), [
      ['a.tools.yaml', 2, 2],
      ['b.tools.yaml', 1, 1],
    ]);
    assert.deepEqual(shown({ text: 'city TELLS' }), [
      ['a.tools.yaml', 2, 2],
      ['b.tools.yaml', 1, 0],
    ]);
    assert.deepEqual(shown({ learned: 'failures' }), [
      ['a.tools.yaml', 2, 0],
      ['b.tools.yaml', 1, 1],
    ]);
  });

  it('a filter asks for all words, in name or description, and for what was learned', () => {
    assert.deepEqual(names({ limit: 10, text: 'weather city' }), ['get_weather']);
    assert.deepEqual(names({ limit: 10, text: 'GET_ tells' }), ['get_weather', 'get_time']);
    assert.deepEqual(names({ limit: 10, text: 'weather letter' }), []);
    assert.deepEqual(names({ limit: 10, text: '  ' }), ['get_weather', 'get_time', 'send_mail']);
    assert.deepEqual(names({ limit: 10, learned: 'examples' }), ['get_weather']);
    assert.deepEqual(names({ limit: 10, learned: 'unexplored' }), ['get_time']);
    assert.deepEqual(names({ limit: 10, source: { folder: '/w', path: 'b.tools.yaml' } }), ['send_mail']);
    assert.deepEqual(names({ limit: 10, source: { folder: '/other', path: 'b.tools.yaml' } }), []);
  });

  it('pages go on after the tool that was last, also when the catalogue has changed between', () => {
    const first = index.page({ limit: 1 }, countsOf);
    assert.deepEqual(
      first.rows.map(({ name, counts }) => [name, counts.trials]),
      [['get_weather', 3]],
    );
    const second = index.page({ limit: 2, after: first.next ?? '' }, countsOf);
    assert.deepEqual(
      second.rows.map(({ name, counts }) => [name, counts.trials]),
      [
        ['get_time', 0],
        ['send_mail', 1],
      ],
    );
    assert.equal(second.next, null);
    const grown = new ToolIndex([source('0.tools.yaml', [bound('0', 'new', '')]), ...index.sources]);
    assert.equal(grown.page({ limit: 1, after: first.next ?? '' }, countsOf).rows[0]?.name, 'get_time');
    assert.throws(() => index.page({ limit: 1, after: '!' }, countsOf), { name: 'UserError' });
    assert.throws(() => index.page({ limit: 0 }, countsOf), { name: 'UserError' });
  });

  it('a row has no schema and the problems of its tool; a tool asked for by its id has its schema', () => {
    const [row] = index.page({ limit: 1, text: 'letter' }, countsOf).rows;
    assert.ok(row && !('parameters' in row));
    assert.deepEqual(row.problems, [problem]);
    assert.deepEqual([row.folder, row.counts.failures], ['/w', 1]);
    assert.equal(index.tool('b.tools.yaml#send_mail', countsOf)?.parameters.type, 'object');
    assert.equal(index.tool('a.tools.yaml#get_time', countsOf)?.notRunnable, 'It has no runner.');
    assert.equal(index.tool('none', countsOf), null);
  });

  it('16,000 tools: a page and the sources cost milliseconds', () => {
    const sources = Array.from({ length: 16 }, (_, s) =>
      source(
        `${s}.tools.yaml`,
        Array.from({ length: 1000 }, (_, t) => bound(`${s}.tools.yaml`, `tool_${t}`, `Does ${s} and ${t}.`)),
        Array.from({ length: 1000 }, (_, t) => ({ ...problem, tool: `${s}.tools.yaml#tool_${t}` })),
      ),
    );
    const large = new ToolIndex(sources);
    const none: CountsOf = () => new Map();
    // Once to make what a search needs.
    large.sourceRows({ text: 'does' }, none);
    const started = performance.now();
    large.sourceRows({ text: 'does 15' }, none);
    large.page({ limit: 1000, text: '999' }, none);
    large.tool('15.tools.yaml#tool_999', none);
    const took = performance.now() - started;
    assert.ok(took < 150, `${took} ms`);
  });
});
