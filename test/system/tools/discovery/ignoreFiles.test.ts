import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { IgnoreFiles, parentOf } from '../../../../src/tools/discovery/ignoreFiles.ts';

/** Ignore files by folder, and the paths that are asked about; those that end with `/` are folders. */
interface Case {
  what: string;
  ignore: Record<string, string>;
  exclude?: string;
  paths: string[];
}

const cases: Case[] = [
  {
    what: 'names, folders, places',
    ignore: { '': 'a.json\nbuild/\n/top.json\nsub/x.json\n*.log.json\n' },
    paths: [
      'a.json',
      'd/a.json',
      'build/x.json',
      'd/build/x.json',
      'top.json',
      'd/top.json',
      'sub/x.json',
      'd/sub/x.json',
      'b.log.json',
    ],
  },
  {
    what: 'negation, and that nothing comes back out of an ignored folder',
    ignore: { '': '*.json\n!keep.json\nout/\n!out/keep.json\n' },
    paths: ['a.json', 'keep.json', 'd/keep.json', 'out/keep.json', 'out/d/keep.json'],
  },
  {
    what: 'nested files, which count more',
    ignore: { '': '*.json\ngen/\n', a: '!*.json\n', 'a/b': '/c.json\n', d: 'gen\n', 'd/e': '!gen/\n' },
    paths: [
      'x.json',
      'a/x.json',
      'a/b/c.json',
      'a/b/d/c.json',
      'a/gen/x.yaml',
      'd/e/x.yaml',
      'd/e/gen/x.yaml',
      'd/x.json',
    ],
  },
  {
    what: 'a nested file that takes a folder back',
    ignore: { '': 'a/*\n', a: '!b/\n' },
    paths: ['a/b/c.yaml', 'a/c.yaml', 'a/d/c.yaml'],
  },
  {
    what: 'the same, with files in it that the outer one names',
    ignore: { '': 'b*\n', a: '!b/\n' },
    paths: ['a/b/c.yaml', 'a/b/bc.yaml', 'b/c.yaml', 'a/c.yaml'],
  },
  {
    what: 'stars, classes and escapes',
    ignore: {
      '': '**/deep/*.yaml\na/**/z.yaml\nx?.yaml\n[ab]1.yaml\n\\#hash.yaml\n\\!not.yaml\nspace \\ .yaml\n',
      'b c': 'q*.yaml\n',
    },
    paths: [
      'deep/a.yaml',
      'p/deep/a.yaml',
      'p/deep/q/a.yaml',
      'a/z.yaml',
      'a/b/c/z.yaml',
      'xy.yaml',
      'xyz.yaml',
      'a1.yaml',
      'c1.yaml',
      '#hash.yaml',
      '!not.yaml',
      'b c/qq.yaml',
      'd/qq.yaml',
    ],
  },
  {
    what: 'comments, blanks, line ends of Windows',
    ignore: { '': '# a.yaml\r\n\r\nb.yaml\r\nc.yaml   \r\n', d: '# x\n\ne.yaml\r\n' },
    paths: ['a.yaml', 'b.yaml', 'c.yaml', 'd/e.yaml', 'd/b.yaml', '# a.yaml'],
  },
  {
    what: '.git/info/exclude, which counts least',
    ignore: { '': '!b.yaml\n', d: '!a.yaml\n' },
    exclude: 'a.yaml\nb.yaml\n',
    paths: ['a.yaml', 'b.yaml', 'd/a.yaml', 'd/b.yaml', 'e/a.yaml'],
  },
  {
    what: 'folders with names that are globs',
    ignore: { '[x]': 'a.yaml\n', 'y*': '/b/c.yaml\n', '!z': 'd/\n' },
    paths: [
      '[x]/a.yaml',
      'x/a.yaml',
      '[x]/q/a.yaml',
      'y*/b/c.yaml',
      'yy/b/c.yaml',
      '!z/d/x.yaml',
      'z/d/x.yaml',
    ],
  },
];

const hasGit = spawnSync('git', ['--version']).status === 0;
const withGit = hasGit ? describe : (_what: string, _tests: () => void): void => undefined;

withGit('Ignore files, beside git itself', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ignored-'));
    execFileSync('git', ['init', '--quiet', folder]);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const one of cases) {
    it(one.what, () => assert.deepEqual(ours(one), ofGit(folder, one)));
  }

  it('as git does, for files that somebody made up', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'x.json');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const part = fc.constantFrom('a', 'b', 'c', '*', 'x.json', '*.json', '**', '?');
    const pattern = fc
      .tuple(fc.boolean(), fc.boolean(), fc.array(part, { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(
        ([not, tied, parts, isFolder]) =>
          `${not ? '!' : ''}${tied ? '/' : ''}${parts.join('/')}${isFolder ? '/' : ''}`,
      );
    const text = fc.array(pattern, { maxLength: 4 }).map((lines) => lines.join('\n'));
    const ignore = fc.record({ '': text, a: text, 'a/b': text });
    const paths = fc.uniqueArray(path, { minLength: 1, maxLength: 12 });
    // Each in a folder of its own, so that git is asked once.
    const made = fc
      .sample(fc.tuple(ignore, paths), { numRuns: 200, seed: 7 })
      .map(([files, all], n): Case => {
        // What is a folder of one path cannot be the file of another.
        const apart = all.filter((one) => !all.some((other) => other.startsWith(`${one}/`)));
        return {
          what: `case${n}`,
          ignore: files,
          paths: apart.filter((one) => one !== 'a' && one !== 'a/b'),
        };
      });
    const below = ({ what }: Case, place: string): string => [what, place].filter(Boolean).join('/');
    const together: Case = {
      what: '',
      ignore: Object.fromEntries(
        made.flatMap((one) => Object.entries(one.ignore).map(([at, text]) => [below(one, at), text])),
      ),
      paths: made.flatMap((one) => one.paths.map((at) => below(one, at))),
    };
    const ignored = new Set(ofGit(folder, together));
    for (const one of made) {
      const expected = one.paths.filter((at) => ignored.has(below(one, at)));
      assert.deepEqual(ours(one), expected, JSON.stringify(one));
    }
  });
});

/** Which paths are ignored, as a walk from the top finds it. */
function ours({ ignore, exclude, paths }: Case): string[] {
  const files = new IgnoreFiles();
  for (const folder of Object.keys(ignore).sort()) {
    files.set(folder, [...(folder === '' && exclude ? [exclude] : []), ignore[folder] ?? '']);
  }
  if (exclude && !('' in ignore)) files.set('', [exclude]);
  const out = (path: string, isFolder: boolean): boolean =>
    (path.includes('/') && out(parentOf(path), true)) || files.ignores(path, isFolder);
  return paths.filter((path) => out(path, false));
}

function ofGit(folder: string, { ignore, exclude, paths }: Case): string[] {
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const path of paths) put(path, '');
  for (const [place, text] of Object.entries(ignore))
    put(place === '' ? '.gitignore' : `${place}/.gitignore`, text);
  if (exclude) put('.git/info/exclude', exclude);
  const { stdout } = spawnSync(
    'git',
    ['-c', 'core.excludesFile=', 'check-ignore', '--no-index', '-z', '--stdin'],
    {
      cwd: folder,
      input: paths.join('\0'),
      encoding: 'utf8',
    },
  );
  const ignored = new Set(stdout.split('\0'));
  return paths.filter((path) => ignored.has(path));
}
