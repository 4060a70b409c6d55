import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { allGone, type Bench, openBench, pidIn } from '../toolBench.ts';

const sh = (script: string): object => ({ run: { command: ['/bin/sh', '-c', script] } });

describe('Commands', () => {
  let bench: Bench;

  before(() => {
    bench = openBench(
      (scratch) => ({
        tools: [
          { name: 'argv', run: { command: ['printf', '%s\\0', '${a}', '--b=${b}', 'c', '${d}'] } },
          { name: 'stdin', run: { command: ['cat'], stdin: 'json' } },
          { name: 'ignoresStdin', run: { command: ['true'], stdin: 'json' } },
          {
            name: 'folder',
            run: { command: ['printenv', 'TMPDIR'] },
          },
          { name: 'missingEnv', run: { command: ['true', '${env:BENCH_MISSING}'] } },
          { name: 'secret', run: { command: ['/bin/echo', '${secret:key}', 'said'] } },
          { name: 'missingSecret', run: { command: ['true', '${secret:none}'] } },
          { name: 'newlines', ...sh('printf "a\\n\\n"') },
          { name: 'both', ...sh('echo out; echo err >&2; exit 3') },
          { name: 'onlyErr', ...sh('echo err >&2; exit 3') },
          { name: 'silent', ...sh('exit 4') },
          { name: 'warned', ...sh('echo out; echo err >&2') },
          { name: 'errOk', ...sh('echo err >&2') },
          { name: 'signal', ...sh('echo dying; kill -SEGV $$') },
          { name: 'binary', ...sh('printf "a\\000b\\377c\\033[31m"') },
          { name: 'long', outputLimit: 1001, ...sh('printf "%0999d" 1; printf "äää"; printf "%0999d" 1') },
          { name: 'flood', outputLimit: 1000, run: { command: ['yes'] } },
          { name: 'hang', timeout: 0.2, run: { command: ['sleep', '60'] } },
          {
            name: 'hangs',
            run: { command: ['/bin/sh', '-c', 'echo $$ > "$1"; exec sleep 60', 'sh', join(scratch, 'hang')] },
          },
          { name: 'background', ...sh('sleep 60 & echo done') },
          { name: 'noProgram', run: { command: ['no-such-program'] } },
          { name: 'notExecutable', run: { command: ['./module.mjs'] } },
        ],
      }),
      { secret: async (name) => (name === 'key' ? 'top secret & more' : null) },
    );
  });
  after(() => bench.close());

  async function argv(args: Record<string, string | number | null | object>): Promise<string[]> {
    const { status, content } = await bench.call('argv', JSON.parse(JSON.stringify(args)));
    assert.equal(status, 'ok', content);
    // `printf` ends each argument with NUL, which is shown as its picture.
    return content.split('\u2400').slice(0, -1);
  }

  it('hand over every value exactly', async () => {
    const values = [
      '-rf',
      '--',
      '$(id) `id` ; | & > < *',
      'a "b" \'c\' \\',
      'line\nline\r\n\ttab',
      'žluťoučký 🐎 \u202e',
      '',
      ' ',
    ];
    const pairs = await Promise.all(values.map((value) => argv({ a: value, b: value, d: 1 })));
    for (const [index, value] of values.entries())
      assert.deepEqual(pairs[index], [value, `--b=${value}`, 'c', '1']);
  });

  it('drop an argument whose placeholder has no value, and write objects as JSON', async () => {
    assert.deepEqual(await argv({ a: 1.5 }), ['1.5', 'c']);
    assert.deepEqual(await argv({ b: { x: [1, null, 'y'] }, d: null }), ['--b={"x":[1,null,"y"]}', 'c']);
    assert.deepEqual(await argv({}), ['c']);
  });

  it('take no argument from what every object has', async () => {
    const odd = openBench(() => ({
      tools: [{ name: 'x', run: { command: ['/bin/echo', '${constructor}', '${toString}'] } }],
    }));
    assert.equal((await odd.call('x')).content, '');
    await odd.close();
  });

  it('refuse a NUL character, which no program can be given', async () => {
    const { status, content } = await bench.call('argv', { a: 'x\0y' });
    assert.equal(status, 'not_run');
    assert.match(content, /NUL character/);
  });

  it('hand over the arguments as JSON on standard input', async () => {
    const args = { text: '"\n🐎', list: [1, { a: null }] };
    assert.deepEqual(JSON.parse((await bench.call('stdin', args)).content), args);
    assert.equal((await bench.call('ignoresStdin', { text: 'x'.repeat(1_000_000) })).status, 'ok');
  });

  it('say what the tool said', async () => {
    const said = async (name: string): Promise<string[]> => {
      const { status, content } = await bench.call(name);
      return [status, content];
    };
    assert.deepEqual(await said('newlines'), ['ok', 'a\n']);
    assert.deepEqual(await said('both'), ['rejected', 'out\nerr']);
    assert.deepEqual(await said('onlyErr'), ['rejected', 'err']);
    assert.deepEqual(await said('silent'), ['rejected', 'The tool ended with exit code 4 and said nothing.']);
    assert.deepEqual(await said('warned'), ['ok', 'out']);
    assert.deepEqual(await said('errOk'), ['ok', 'err']);
    assert.deepEqual(await said('signal'), ['tool_fault', 'dying\nThe tool was killed by SIGSEGV.']);
  });

  it('keep binary and control characters as text', async () => {
    assert.equal((await bench.call('binary')).content, 'a\u2400b\ufffdc\u001b[31m');
  });

  it('keep a long output up to the limit, and not half a character', async () => {
    const { status, content, truncated } = await bench.call('long');
    assert.deepEqual([status, truncated], ['ok', true]);
    assert.equal(content, `${'1'.padStart(999, '0')}ä`);
  });

  it('end a flood', async () => {
    const { status, content, truncated } = await bench.call('flood');
    assert.deepEqual([status, truncated], ['tool_fault', true]);
    assert.match(content, /^(?:y\n){500}The tool said more than 16000 bytes and was ended\.$/);
  });

  it('end a tool that hangs', async () => {
    const { status, content, ms } = await bench.call('hang');
    assert.equal(status, 'timeout');
    assert.match(content, /did not end within 0\.2 s and was stopped/);
    assert.ok(ms >= 190 && ms < 2000, String(ms));
  });

  it('end when they are cancelled, and with them the tool', async () => {
    const stop = new AbortController();
    const call = bench.call('hangs', {}, stop.signal);
    const pid = await pidIn(join(bench.scratch, 'hang'));
    stop.abort();
    assert.equal((await call).status, 'cancelled');
    await allGone([pid], 500);
    assert.equal((await bench.call('hangs', {}, stop.signal)).status, 'cancelled');
  });

  it('do not wait for what a tool leaves in the background', async () => {
    const { status, content, ms } = await bench.call('background');
    assert.deepEqual([status, content], ['ok', 'done']);
    assert.ok(ms < 2000, String(ms));
  });

  it('say when there is no such program', async () => {
    const missing = await bench.call('noProgram');
    assert.equal(missing.status, 'unreachable');
    assert.match(missing.content, /"no-such-program" was not found/);
    const refused = await bench.call('notExecutable');
    assert.equal(refused.status, 'unreachable');
    assert.match(refused.content, /may not be executed/);
  });

  it('say what the manifest names and there is not', async () => {
    assert.match((await bench.call('missingEnv')).content, /BENCH_MISSING.*is not set/);
    const { status, content } = await bench.call('missingSecret');
    assert.equal(status, 'blocked');
    assert.match(
      content,
      /secret "none".*is not stored \(.*Set Secret of a Tool….*the environment variable none\)/,
    );
  });

  it('take a secret out of what the tool says, and never log it', async () => {
    assert.equal((await bench.call('secret')).content, '*** said');
    assert.doesNotMatch(bench.log.join('\n'), /top secret/);
  });

  it('remove the temporary folder of each call', async () => {
    const { content } = await bench.call('folder');
    const gone = Date.now() + 2000;
    while (existsSync(content) && Date.now() < gone) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(existsSync(content), false);
  });
});
