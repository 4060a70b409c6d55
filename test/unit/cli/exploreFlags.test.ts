import assert from 'node:assert/strict';
import { Command, CommanderError } from 'commander';
import {
  type ExploreFlags,
  exploreOptions,
  exploreParams,
  keptFlags,
} from '../../../src/cli/exploreFlags.ts';

function parse(...args: string[]): ExploreFlags {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  for (const option of exploreOptions()) command.addOption(option);
  return command.parse(args, { from: 'user' }).opts();
}

function refusal(...args: string[]): string {
  try {
    parse(...args);
  } catch (error) {
    assert.ok(error instanceof CommanderError);
    return error.message;
  }
  return assert.fail(`${args.join(' ')} was taken`);
}

describe('flags of explore', () => {
  it('become a request, and only what was said', () => {
    const flags = parse(
      ...['--model', 'm', '--base-url', 'http://127.0.0.1:1/v1', '--preset', 'adaptive'],
      ...['--protocol', 'react', '--prompts', 'texts', '--episodes', '2', '--trials', '3'],
      ...['--turns', '4', '--concurrency', '5', '--max-calls', '6', '--max-usd', '0.5'],
      ...['--seed', '7', '--allow-writes'],
    );
    assert.deepEqual(exploreParams({ cwd: '/home/me' }, ['a'], flags), {
      tools: ['a'],
      model: 'm',
      baseUrl: 'http://127.0.0.1:1/v1',
      settings: { preset: 'adaptive', protocol: 'react', episodes: 2, trials: 3, turns: 4 },
      budget: { modelCalls: 6, usd: 0.5 },
      concurrency: 5,
      seed: 7,
      promptsDir: '/home/me/texts',
      allowWrites: true,
    });
    assert.deepEqual(exploreParams({ cwd: '/' }, [], parse()), { tools: [], settings: {}, budget: {} });
  });

  it('switch parts of adaptive off', () => {
    const { settings } = exploreParams({ cwd: '/' }, [], parse('--without', 'gate, call-first,siblings'));
    assert.deepEqual(settings, { diversityGate: false, callFirstShare: 0, siblings: 0 });
    assert.throws(() => parse('--without', 'gates'), /no part "gates".*lessons, earlier-runs/);
  });

  it('are refused when they make no sense', () => {
    assert.match(refusal('--episodes', '0'), /whole number from 1 to 1000/);
    assert.match(refusal('--episodes', '1.5'), /whole number/);
    assert.match(refusal('--trials', '-1'), /whole number from 1 to 100/);
    assert.match(refusal('--turns', 'x'), /whole number from 1 to 50/);
    assert.match(refusal('--concurrency', '65'), /from 1 to 64/);
    assert.match(refusal('--max-calls', 'many'), /whole number of at least 0/);
    assert.match(refusal('--max-usd', '1e3'), /US dollars/);
    assert.match(refusal('--seed', '2147483648'), /from 0 to 2147483647/);
    assert.match(refusal('--preset', 'fast'), /paper, adaptive/);
    assert.match(refusal('--protocol', 'xml'), /tools, react/);
    assert.match(refusal('--base-url', 'file:///etc'), /web address/);
  });

  it('tell which of them a resumed run takes from its beginning', () => {
    const flags = parse('--model', 'm', '--max-calls', '6', '--base-url', 'http://a/', '--allow-writes');
    assert.deepEqual(keptFlags(['a'], flags), ['the tools', '--model', '--allow-writes']);
    assert.deepEqual(keptFlags([], parse('--max-usd', '1')), []);
  });
});
