import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { SearchedFolder } from '../../../helpers/searched.ts';

describe('The search for specs', () => {
  let one: SearchedFolder;
  beforeEach(() => {
    one = new SearchedFolder();
  });
  afterEach(() => one.remove());

  it('goes by content, and passes over what is no spec without a word', async () => {
    one.write({
      'tools.json': '{ "not": "ours" }',
      'data/words.jsonl': 'spec: a',
      'b.yaml': 'spec: b c',
      'mentions.json': '"spec" is only a word here',
      'spec.txt': 'spec: d',
      'package-lock.json': 'spec: e',
      'node_modules/x/a.json': 'spec: f',
      'dist/a.json': 'spec: g',
    });
    assert.deepEqual(await one.all(), ['b.yaml#b', 'b.yaml#c', 'data/words.jsonl#a']);
    assert.deepEqual(one.problems, []);
  });

  it('passes over training data that was exported, which brings along the tools that it was made of', async () => {
    const manifest = '{\n  "manifest": 1,\n  "imaginarium": "0.1.0",\n  "format": "openai"\n}';
    one.write({
      'data/train.jsonl': 'spec: a',
      'data/train.validation.jsonl': 'spec: a',
      'data/train.jsonl.manifest.json': manifest,
      'data/other.jsonl': 'spec: b',
      'data/other.jsonl.manifest.json': '{ "manifest": 1 }',
    });
    assert.deepEqual(await one.all(), ['data/other.jsonl#b']);
    assert.deepEqual(one.problems, []);
  });

  it('leaves out what git ignores and what the editor excludes', async () => {
    one.write({
      '.gitignore': 'out/\n*.gen.json\n!keep.gen.json\n',
      'out/a.json': 'spec: a',
      'b.gen.json': 'spec: b',
      'keep.gen.json': 'spec: keep',
      'sub/.gitignore': '/c.json\n!d.gen.json',
      'sub/c.json': 'spec: c',
      'sub/d.gen.json': 'spec: d',
      'sub/deep/c.json': 'spec: deep',
      '.git/info/exclude': 'local.json\n',
      'local.json': 'spec: local',
      'hidden/e.json': 'spec: e',
      'x/e.secret.json': 'spec: e',
    });
    one.search.setExcludes(['hidden', '**/*.secret.json']);
    assert.deepEqual(await one.all(), ['keep.gen.json#keep', 'sub/d.gen.json#d', 'sub/deep/c.json#deep']);
    assert.equal(one.search.setExcludes(['hidden', '**/*.secret.json']), false);
    assert.equal(one.search.setExcludes(['**/sub']), true);
    assert.deepEqual(await one.all(), ['hidden/e.json#e', 'keep.gen.json#keep', 'x/e.secret.json#e']);
    assert.ok(one.search.setExcludes(null), 'the usual ones');
    assert.ok((await one.all()).includes('sub/deep/c.json#deep'));
  });

  it('reads the manifest of the folder whatever is ignored, and what it names, and not what it excludes', async () => {
    one.write({
      '.gitignore': '*\n',
      'imaginarium.yaml':
        'spec: m\nnamed: made/api.json more/*.json ../up.json node_modules/x.json /etc/x.json',
      'other.tools.yaml': 'spec: no',
      'made/api.json': 'spec: api',
      'made/no.json': 'spec: no',
      'more/a.json': 'spec: a',
      'node_modules/x.json': 'spec: no',
    });
    assert.deepEqual(await one.all(), ['imaginarium.yaml#m', 'made/api.json#api', 'more/a.json#a']);
    one.write({ 'imaginarium.yaml': 'spec: m\nnamed: made/no.json' });
    assert.deepEqual(await one.after('imaginarium.yaml'), ['imaginarium.yaml#m', 'made/no.json#no']);
    one.write({ 'made/no.json': 'spec: yes', 'made/api.json': 'spec: changed' });
    assert.deepEqual(await one.after('made/no.json', 'made/api.json'), [
      'imaginarium.yaml#m',
      'made/no.json#yes',
    ]);
    rmSync(one.path('made/no.json'));
    assert.deepEqual(await one.after('made/no.json'), ['imaginarium.yaml#m']);
    one.write({ 'made/no.json': 'spec: again' });
    assert.deepEqual(await one.after('made/no.json'), ['imaginarium.yaml#m', 'made/no.json#again']);
    one.write({ '.gitignore': '' });
    assert.deepEqual(await one.after('.gitignore'), [
      'imaginarium.yaml#m',
      'made/api.json#changed',
      'made/no.json#again',
      'more/a.json#a',
      'other.tools.yaml#no',
    ]);
  });

  it('does not read what a manifest excludes, wherever that manifest stands', async () => {
    one.write({
      'a.json': 'spec: a',
      'old/b.json': 'spec: b',
      'imaginarium.yaml': 'spec: m\nexcluded: old/**',
      'deep/down/x.tools.yaml': 'spec: x\nexcluded: a.json',
    });
    assert.deepEqual(await one.all(), ['deep/down/x.tools.yaml#x', 'imaginarium.yaml#m']);
    assert.ok(!one.takeRead().includes('old/b.json'));
    one.write({ 'imaginarium.yaml': 'spec: m' });
    assert.deepEqual(await one.after('imaginarium.yaml'), [
      'deep/down/x.tools.yaml#x',
      'imaginarium.yaml#m',
      'old/b.json#b',
    ]);
    assert.deepEqual(one.takeRead(), ['imaginarium.yaml', 'old/b.json'], 'the others are not read again');
  });

  it('tells of manifests and of what lies at the top before the rest', async () => {
    const seen: string[][] = [];
    const told = new SearchedFolder({ changed: () => seen.push(told.ids) });
    try {
      told.write({ 'imaginarium.yaml': 'spec: m', 'z.json': 'spec: z', 'a/b/c/d.json': 'spec: d' });
      await told.all();
      assert.deepEqual(seen, [
        ['imaginarium.yaml#m'],
        ['imaginarium.yaml#m', 'z.json#z'],
        ['a/b/c/d.json#d', 'imaginarium.yaml#m', 'z.json#z'],
      ]);
    } finally {
      await told.remove();
    }
  });

  it('reads again only what is another than before, and keeps what is the same', async () => {
    one.write({ 'a.json': 'spec: a', 'b.json': 'spec: b' });
    await one.all();
    const [a, b] = one.search.sources;
    one.takeRead();
    one.write({ 'b.json': 'spec: c' });
    assert.deepEqual(await one.after('b.json'), ['a.json#a', 'b.json#c']);
    assert.equal(one.search.sources[0], a);
    assert.notEqual(one.search.sources[1], b);
    one.write({ 'b.json': 'spec: c\nmore' });
    const before = one.search.sources;
    const { changes } = one;
    await one.after('b.json');
    assert.equal(one.search.sources, before, 'another text that says the same is no change');
    assert.equal(one.changes, changes);
    assert.deepEqual(one.takeRead(), ['b.json', 'b.json']);
    utimesSync(one.path('a.json'), new Date(), new Date(Date.now() - 5000));
    utimesSync(one.path('b.json'), new Date(), new Date(Date.now() - 5000));
    await one.all();
    await one.all();
    assert.deepEqual(one.takeRead(), []);
    await one.search.search({ timeoutMs: 12 });
    assert.deepEqual(one.takeRead().sort(), ['a.json', 'b.json'], 'another limit makes other tools');
  });

  it('notices a change of the same length at the same time', async () => {
    one.write({ 'a.json': 'spec: a' });
    await one.all();
    one.write({ 'a.json': 'spec: b' });
    assert.deepEqual(await one.all(), ['a.json#b']);
  });

  it('takes unsaved text first, and what is on disk once that is closed', async () => {
    one.write({ 'a.json': 'spec: a' });
    one.unsaved.set('a.json', 'spec: unsaved');
    assert.deepEqual(await one.all(), ['a.json#unsaved']);
    one.unsaved.set('a.json', 'nothing of ours');
    assert.deepEqual(await one.after('a.json'), []);
    one.unsaved.delete('a.json');
    assert.deepEqual(await one.after('a.json'), ['a.json#a']);
  });

  it('follows files and folders that come, go and move', async () => {
    one.write({ 'a/b/x.json': 'spec: x', 'a/y.json': 'spec: y' });
    await one.all();
    renameSync(one.path('a'), one.path('c'));
    assert.deepEqual(await one.after('a', 'c'), ['c/b/x.json#x', 'c/y.json#y']);
    renameSync(one.path('c/b'), one.path('b'));
    assert.deepEqual(await one.after('c/b', 'b'), ['b/x.json#x', 'c/y.json#y']);
    one.write({
      'new/deep/z.json': 'spec: z',
      'new/other.json': 'spec: o',
      'new/deep/.gitignore': 'no.json',
    });
    one.write({ 'new/deep/no.json': 'spec: no' });
    assert.deepEqual(
      await one.after('new/deep/z.json'),
      ['b/x.json#x', 'c/y.json#y', 'new/deep/z.json#z', 'new/other.json#o'],
      'what is told of a file in a folder that nobody told of finds all of it',
    );
    rmSync(one.path('new'), { recursive: true });
    rmSync(one.path('c/y.json'));
    mkdirSync(one.path('c/y.json'));
    assert.deepEqual(await one.after('new', 'c/y.json'), ['b/x.json#x']);
    rmSync(one.path('b'), { recursive: true });
    writeFileSync(one.path('b'), 'a file now');
    assert.deepEqual(await one.after('b'), []);
  });

  it('follows a change of very many files at once', async () => {
    const files = (what: string): [string, string][] =>
      Array.from({ length: 400 }, (_, index) => [`d${index % 20}/f${index}.json`, `spec: ${what}${index}`]);
    one.write({
      '.gitignore': 'made/',
      'imaginarium.yaml': 'spec: m\nnamed: made/a.json',
      'made/a.json': 'spec: a',
    });
    one.write(Object.fromEntries(files('old')));
    await one.all();
    rmSync(one.path('d0'), { recursive: true });
    one.write(Object.fromEntries(files('new').slice(1)));
    one.write({ 'made/a.json': 'spec: b' });
    const found = await one.after(...files('').map(([path]) => path), 'made/a.json');
    assert.equal(found.length, 401);
    assert.ok(found.every((id) => /#(?:new\d+|m|b)$/.test(id)));
  });

  it('follows ignore files: only the folder they stand in is searched anew', async () => {
    one.write({ 'a.json': 'spec: a', 'sub/b.json': 'spec: b', 'sub/c.json': 'spec: c' });
    await one.all();
    one.takeRead();
    one.write({ 'sub/.gitignore': 'b.json' });
    assert.deepEqual(await one.after('sub/.gitignore'), ['a.json#a', 'sub/c.json#c']);
    one.write({ 'sub/b.json': 'spec: changed' });
    assert.deepEqual(await one.after('sub/b.json'), ['a.json#a', 'sub/c.json#c']);
    rmSync(one.path('sub/.gitignore'));
    assert.deepEqual(await one.after('sub/.gitignore'), ['a.json#a', 'sub/b.json#changed', 'sub/c.json#c']);
    assert.ok(!one.takeRead().includes('a.json'));
    assert.deepEqual(
      await one.after('node_modules/x/.gitignore', 'node_modules/x/a.json', 'gone/y.json'),
      one.ids,
    );
  });

  it('follows no link out of the folder, and none to a folder', async () => {
    const other = new SearchedFolder();
    try {
      other.write({ 'secret.json': 'spec: secret', 'dir/s.json': 'spec: s' });
      one.write({
        'real/a.json': 'spec: a',
        'imaginarium.yaml': 'spec: m\nnamed: out/s.json out.json in.json',
      });
      symlinkSync(other.path('secret.json'), one.path('out.json'));
      symlinkSync(other.path('dir'), one.path('out'));
      symlinkSync('real/a.json', one.path('in.json'));
      symlinkSync('real', one.path('again'));
      symlinkSync('nowhere', one.path('gone.json'));
      const found = ['imaginarium.yaml#m', 'in.json#a', 'real/a.json#a'];
      assert.deepEqual(await one.all(), found);
      assert.deepEqual(await one.after('out.json', 'out/s.json', 'again/a.json', 'gone.json'), found);
      assert.deepEqual(one.problems, []);
    } finally {
      await other.remove();
    }
  });

  it('says that a spec is too large, and nothing of other large files; long OpenAPI is read', async () => {
    const long = `\n${'x'.repeat(1024 * 1024)}`;
    one.write({ 'a.json': `spec: a${long}`, 'b.json': `{}${long}`, 'c.json': `no "spec"${long}` });
    assert.deepEqual(await one.all(), []);
    assert.deepEqual(one.problems, [
      'a.json: The file is larger than 1 MiB and is not read: split it into several files.',
    ]);
    const openapi = new SearchedFolder({});
    try {
      Object.defineProperty(openapi.format, 'name', { value: 'openapi' });
      openapi.write({ 'a.json': `spec: a${long}`, 'b.yaml': `spec: b${long}` });
      assert.deepEqual(await openapi.all(), ['a.json#a']);
    } finally {
      await openapi.remove();
    }
  });

  it('says that a spec is in another encoding', async () => {
    one.write({});
    writeFileSync(one.path('a.json'), Buffer.from('\uFEFFspec: a', 'utf16le'));
    writeFileSync(one.path('b.json'), Buffer.concat([Buffer.from('spec: b'), Buffer.from([0xff, 0xc0])]));
    writeFileSync(one.path('c.json'), Buffer.from([0x7b, 0xff, 0xc0, 0x7d]));
    assert.deepEqual(await one.all(), []);
    assert.deepEqual(one.problems, [
      'a.json: The file is not written in UTF-8: save it with that encoding.',
      'b.json: The file is not written in UTF-8: save it with that encoding.',
    ]);
  });

  it('lives through files and folders that vanish while it looks', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`d${index % 30}/f${index}.json`, `spec: t${index}`]),
    );
    for (let round = 0; round < 3; round++) {
      one.write(files);
      const searching = one.all();
      await wait(round);
      for (let index = 0; index < 30; index += 2) rmSync(one.path(`d${index}`), { recursive: true });
      await searching;
      const left = await one.after(...Array.from({ length: 30 }, (_, index) => `d${index}`));
      assert.equal(left.length, 150);
      assert.deepEqual(one.problems, []);
    }
  });

  it('stops when it is told to, and goes on where it was', async () => {
    one.write({ 'a.json': 'spec: a' });
    await assert.rejects(one.search.search({ timeoutMs: 1 }, AbortSignal.abort()), { name: 'AbortError' });
    assert.deepEqual(await one.all(), ['a.json#a']);
  });

  // Windows has no such rights, and root may read everything.
  const asPerson = process.platform === 'win32' || process.getuid?.() === 0 ? () => undefined : it;
  asPerson('warns of a folder that it may not read, until that is gone', async () => {
    one.write({ 'closed/a.json': 'spec: a', 'b.json': 'spec: b' });
    chmodSync(one.path('closed'), 0);
    assert.deepEqual(await one.all(), ['b.json#b']);
    assert.match(one.problems.join(), /^closed: The folder cannot be read/);
    chmodSync(one.path('closed'), 0o700);
    assert.deepEqual(await one.all(), ['b.json#b', 'closed/a.json#a']);
    assert.deepEqual(one.problems, []);
  });
});
