import assert from 'node:assert/strict';
import { globMatcher, globProblem, pathMatcher } from '../../../src/tools/glob.ts';

function matching(glob: string, names: string[]): string[] {
  return names.filter(globMatcher(glob));
}

describe('Globs', () => {
  it('keep "*" and "?" within a part of a path, and "**" over parts', () => {
    const names = ['a.json', 'x/a.json', 'x/y/a.json', 'b.json', 'ab.json'];
    assert.deepEqual(matching('*.json', names), ['a.json', 'b.json', 'ab.json']);
    assert.deepEqual(matching('?.json', names), ['a.json', 'b.json']);
    assert.deepEqual(matching('**/a.json', names), ['a.json', 'x/a.json', 'x/y/a.json']);
    assert.deepEqual(matching('x/**', names), ['x/a.json', 'x/y/a.json']);
    assert.deepEqual(matching('x/*/a.json', names), ['x/y/a.json']);
    assert.deepEqual(matching('**', names), names);
    assert.deepEqual(matching('{a,b}.json', names), ['a.json', 'b.json']);
    assert.deepEqual(matching('{x/,}{a,b}.json', names), ['a.json', 'x/a.json', 'b.json']);
    // "**/" begins a part: it does not end in the middle of one.
    assert.deepEqual(matching('**/b.json', names), ['b.json']);
  });

  it('match servers of a file, whose names have "#" in them', () => {
    const names = ['.mcp.json#github', '.mcp.json#io.github/x', '.mcp.json'];
    assert.deepEqual(matching('.mcp.json#*', names), ['.mcp.json#github']);
    assert.deepEqual(matching('.mcp.json#**', names), ['.mcp.json#github', '.mcp.json#io.github/x']);
  });

  it('match what they are, whatever characters it has', () => {
    for (const name of ['pages/[id].json', 'a*b', '{a,b}', 'a(b)+c', '!x', '$&', '\\d']) {
      assert.equal(globMatcher(name)(name), true, name);
    }
    assert.equal(globMatcher('pages/[id].json')('pages/i.json'), false);
  });

  it('of a path mean everything in a folder', () => {
    const names = ['old/a.json', 'old/x/b.json', 'older/c.json', 'new/old/d.json', 'old'];
    assert.deepEqual(names.filter(pathMatcher('old')), ['old/a.json', 'old/x/b.json', 'old']);
    assert.deepEqual(names.filter(pathMatcher('old/')), ['old/a.json', 'old/x/b.json', 'old']);
    assert.deepEqual(names.filter(pathMatcher('**/old')), [
      'old/a.json',
      'old/x/b.json',
      'new/old/d.json',
      'old',
    ]);
  });

  it('take linear time, however they are written', () => {
    const began = performance.now();
    const name = 'a'.repeat(2000);
    for (const glob of ['*a*a*a*a*a*a*a*a*a*a*b', '**/**/**/**/**/**/**/**b', '{a,a}{a,a}{a,a}{a,a}*b']) {
      assert.equal(globMatcher(glob)(name), false);
    }
    assert.ok(performance.now() - began < 500);
  });

  it('that stand for too much are refused', () => {
    assert.match(globProblem('*'.repeat(3).split('').join('a').repeat(9)) ?? '', /wildcards/);
    assert.match(globProblem('{a,b}'.repeat(20)) ?? '', /alternatives/);
    assert.match(globProblem('a'.repeat(501)) ?? '', /longer than 500/);
    assert.equal(globProblem('specs/**/*.{json,yaml}'), null);
  });
});
