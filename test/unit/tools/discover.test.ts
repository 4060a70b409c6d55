import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { discover } from '../../../src/tools/discover.ts';

describe('Discovery', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'discover-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, text: string | Buffer): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  /** Ids of the tools that are found. */
  async function ids(): Promise<string[]> {
    return (await discover(folder)).flatMap(({ tools }) => tools.map(({ tool }) => tool.id));
  }

  async function problems(): Promise<string[]> {
    return (await discover(folder)).flatMap((one) =>
      one.problems.map(({ path, message }) => `${path}: ${message}`),
    );
  }

  it('finds manifests by their names, in order, and leaves out what is installed or built', async () => {
    for (const path of [
      'imaginarium.yaml',
      'b/x.tools.yml',
      'b/imaginarium.yml',
      'other.yaml',
      'tools.yaml',
      'node_modules/x/imaginarium.yaml',
      '.git/a.tools.yaml',
      'dist/a.tools.yaml',
      '.imaginarium/a.tools.yaml',
    ]) {
      write(path, 'tools: [{ name: x }]');
    }
    assert.deepEqual(await ids(), ['b/imaginarium.yml#x', 'b/x.tools.yml#x', 'imaginarium.yaml#x']);
  });

  it('takes unsaved text first', async () => {
    write('imaginarium.yaml', 'tools: [{ name: saved }]');
    const path = join(folder, 'imaginarium.yaml');
    const [source] = await discover(folder, {
      readText: (asked) => (asked === path ? 'tools: [{ name: unsaved }]' : null),
    });
    assert.equal(source?.tools[0]?.tool.name, 'unsaved');
  });

  it('does not walk in circles', async () => {
    write('a/imaginarium.yaml', 'tools: [{ name: x }]');
    symlinkSync('..', join(folder, 'a/up'));
    symlinkSync('imaginarium.yaml', join(folder, 'a/link.tools.yaml'));
    symlinkSync('gone', join(folder, 'a/gone.tools.yaml'));
    assert.deepEqual(await ids(), ['a/imaginarium.yaml#x', 'a/link.tools.yaml#x']);
    assert.match((await problems())[0] ?? '', /^a\/gone\.tools\.yaml: The file cannot be read/);
  });

  it('says what it cannot read, and reads the rest', async () => {
    write('a.tools.yaml', Buffer.from([0x74, 0x6f, 0xff, 0xfe]));
    write('b.tools.yaml', `tools: []\n#${'x'.repeat(1024 * 1024)}`);
    mkdirSync(join(folder, 'c.tools.yaml'));
    write('d.tools.yaml', 'tools: [{ name: x }]');
    assert.deepEqual(await ids(), ['d.tools.yaml#x']);
    assert.deepEqual(
      (await problems()).map((one) => one.slice(0, 50)),
      [
        'a.tools.yaml: The file is not written in UTF-8: sa',
        'b.tools.yaml: The file is larger than 1 MiB and is',
      ],
    );
  });

  // Windows has neither in its file system.
  const onPosix = process.platform === 'win32' ? () => undefined : it;
  onPosix('does not wait for a pipe, nor read a device without an end', async () => {
    execFileSync('mkfifo', [join(folder, 'a.tools.yaml')]);
    symlinkSync('/dev/zero', join(folder, 'b.tools.yaml'));
    write('c.tools.yaml', 'tools: [{ name: x }]');
    assert.deepEqual(await ids(), ['c.tools.yaml#x']);
    assert.deepEqual(await problems(), [
      'a.tools.yaml: This is no file, so it is not read.',
      'b.tools.yaml: This is a link to a place outside of the workspace folder: it is not followed.',
    ]);
  });

  onPosix('takes no rules from an ignore file that is a pipe or a device without an end', async () => {
    mkdirSync(join(folder, 'a'));
    mkdirSync(join(folder, 'b'));
    execFileSync('mkfifo', [join(folder, 'a/.gitignore')]);
    symlinkSync('/dev/zero', join(folder, 'b/.gitignore'));
    for (const path of ['a/x.tools.yaml', 'b/x.tools.yaml']) write(path, 'tools: [{ name: x }]');
    assert.deepEqual(await ids(), ['a/x.tools.yaml#x', 'b/x.tools.yaml#x']);
  });

  it('has a problem, and no error, for a folder that it may not read', async () => {
    // Root may read everything.
    if (process.getuid?.() === 0)
      return assert.match(
        (await discover(join(folder, 'none')))[0]?.problems[0]?.message ?? '',
        /cannot be read/,
      );
    write('closed/imaginarium.yaml', 'tools: []');
    chmodSync(join(folder, 'closed'), 0);
    assert.match((await problems())[0] ?? '', /^closed: The folder cannot be read/);
    chmodSync(join(folder, 'closed'), 0o700);
  });

  it('reads a large manifest, and a monstrous one, without holding up the main thread', async () => {
    const tool = '  - { name: tool_N, parameters: { type: object, properties: { a: { type: string } } } }\n';
    write(
      'a.tools.yaml',
      `tools:\n${Array.from({ length: 400 }, (_, index) => tool.replace('N', String(index))).join('')}`,
    );
    write('b.tools.yaml', '['.repeat(40_000));
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const [large, monstrous] = await discover(folder);
    clearInterval(timer);
    assert.equal(large?.tools.length, 400);
    assert.match(monstrous?.problems[0]?.message ?? '', /nested more than 200 levels deep/);
    assert.ok(longest < 250, `held up for ${longest} ms`);
  });

  it('can be stopped', async () => {
    await assert.rejects(discover(folder, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});
