import assert from 'node:assert/strict';
import { matcherOf, usualExcludes } from '../../../../src/tools/discovery/globs.ts';

describe('Globs of the editor’s settings', () => {
  const fits = (glob: string, path: string): boolean => matcherOf([glob])(path);

  it('match as the editor’s do', () => {
    const yes: [string, string][] = [
      ['**/a', 'a'],
      ['**/a', 'x/y/a'],
      ['**/a/', 'x/a'],
      ['./a', 'a'],
      ['**/*.{json,yaml}', 'x/.hidden/b.yaml'],
      ['**/a/**', 'x/a/b/c'],
      ['x?.json', 'xy.json'],
      ['[ab].json', 'b.json'],
      ['**/a*b*c*d.json', 'x/a1b2c3d.json'],
      ['!a', '!a'],
    ];
    const no: [string, string][] = [
      ['a', 'x/a'],
      ['*.json', 'x/a.json'],
      ['**/a', 'x/ab'],
      ['!a', 'b'],
      ['', 'a'],
      ['[', 'a'],
      ['+(a|b)', 'aa'],
    ];
    for (const [glob, path] of yes) assert.ok(fits(glob, path), `${glob} ${path}`);
    for (const [glob, path] of no) assert.ok(!fits(glob, path), `not ${glob} ${path}`);
    assert.ok(matcherOf(usualExcludes)('x/node_modules'));
    assert.ok(!matcherOf(usualExcludes)('x/api.json'));
  });

  it('take no time, whatever a workspace brings', () => {
    const hostile = [
      `${'*a'.repeat(6)}*c`,
      `[${'a'.repeat(100)}]*a*a*a*a*c`,
      `**/${'*a'.repeat(40)}c`,
      '**/a/**/a/**/a/**/a/**/b',
      '**/*a/**/*a/**/*a/**/*a/b',
      '{*a*a,*a*a}{*a,*a}c',
      `${'{a,'.repeat(500)}b${'}'.repeat(500)}`,
      '{1..100000000}',
      `${'('.repeat(2000)}`,
      `?(${'a?'.repeat(50)})b`,
      '*'.repeat(70_000),
      'a'.repeat(70_000),
    ];
    const names = ['a'.repeat(200), `${'a/'.repeat(24)}${'a'.repeat(200)}.json`];
    for (const glob of hostile) {
      const began = performance.now();
      const matches = matcherOf([glob]);
      for (let times = 0; times < 20; times++) for (const name of names) matches(name);
      const ms = performance.now() - began;
      assert.ok(ms < 500, `${glob.slice(0, 40)} took ${ms.toFixed(0)} ms`);
    }
  });
});
