import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSource } from '../../../../src/tools/source.ts';
import { type Bench, openBench } from '../toolBench.ts';

const exports = [
  'echo',
  'text',
  'count',
  'noisy',
  'refuse',
  'hang',
  'exit',
  'crash',
  'long',
  'nothing',
  'circle',
  'forge',
];

describe('Modules', () => {
  let bench: Bench;

  before(() => {
    bench = openBench(() => ({
      tools: [
        ...exports.map((name) => ({
          name,
          timeout: name === 'hang' ? 0.2 : 20,
          run: { module: './module.mjs', export: name },
        })),
        { name: 'noExport', run: { module: './module.mjs', export: 'toString' } },
        { name: 'noModule', run: { module: './none.mjs' } },
      ],
    }));
  });
  after(() => bench.close());

  it('are called with the arguments as one object, and answer with text or JSON', async () => {
    const args = { a: [1, { b: null }], c: '🐎' };
    assert.deepEqual(JSON.parse((await bench.call('echo', args)).content), args);
    assert.equal((await bench.call('text', { text: 'as it is\n' })).content, 'as it is\n');
    assert.equal((await bench.call('nothing')).content, '');
  });

  it('stay warm for the next call', async () => {
    const first = JSON.parse((await bench.call('count')).content);
    const second = JSON.parse((await bench.call('count')).content);
    assert.equal(second.pid, first.pid);
    assert.equal(second.calls, first.calls + 1);
    assert.notEqual(second.pid, process.pid);
  });

  it('serve several calls at once, each process one', async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) => bench.call('echo', { index })),
    );
    assert.deepEqual(
      results.map(({ content }) => JSON.parse(content).index),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  });

  it('refuse a call by throwing', async () => {
    const { status, content } = await bench.call('refuse');
    assert.deepEqual([status, content], ['rejected', 'RangeError: days must be at most 366']);
    assert.equal((await bench.call('circle')).status, 'rejected');
  });

  it('may print what they like', async () => {
    assert.equal((await bench.call('noisy', { a: 1 })).content, '{"a":1}');
    assert.equal((await bench.call('forge')).content, 'honest');
  });

  it('are ended when they hang, and work again afterwards', async () => {
    const { status, ms } = await bench.call('hang');
    assert.equal(status, 'timeout');
    assert.ok(ms < 3000, String(ms));
    assert.equal((await bench.call('echo')).status, 'ok');
  });

  it('may die: a fault of the tool, and work again afterwards', async () => {
    const exit = await bench.call('exit');
    assert.deepEqual(
      [exit.status, exit.content],
      ['tool_fault', "The module's process ended with exit code 3."],
    );
    assert.match((await bench.call('crash')).content, /was killed by SIGKILL/);
    assert.equal((await bench.call('echo')).status, 'ok');
  });

  it('are cut at the output limit', async () => {
    const { content, truncated } = await bench.call('long');
    assert.equal(truncated, true);
    assert.equal(content, 'ä'.repeat(32 * 1024));
  });

  it('say when there is no such export or module', async () => {
    const missing = await bench.call('noExport');
    assert.equal(missing.status, 'unreachable');
    assert.match(missing.content, /no function "toString"/);
    assert.match((await bench.call('noModule')).content, /none\.mjs is not there/);
  });

  it('are loaded anew when their file has changed', async () => {
    const folder = mkdtempSync(join(bench.scratch, 'w-'));
    const file = join(folder, 'm.mjs');
    const { tools } = readSource(
      folder,
      'imaginarium.yaml',
      'tools: [{ name: x, run: { module: ./m.mjs } }]',
    );
    const [tool] = tools;
    assert.ok(tool);
    const say = async (): Promise<string> => {
      const { content } = await bench.host.call(tool, {}, { signal: new AbortController().signal });
      return content;
    };
    writeFileSync(file, 'export default () => "one";');
    assert.equal(await say(), 'one');
    await new Promise((resolve) => setTimeout(resolve, 15));
    writeFileSync(file, 'export default () => "two";');
    assert.equal(await say(), 'two');
    writeFileSync(file, 'export default (');
    assert.match(await say(), /SyntaxError/);
  });
});
