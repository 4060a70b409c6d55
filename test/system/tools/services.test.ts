import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReadyLine } from '../../../src/tools/readyLine.ts';
import { allGone, type Bench, isAlive, openBench, pidIn } from './toolBench.ts';

const get = (name: string, service: string): object => ({
  name,
  run: { http: { url: `http://127.0.0.1:\${service:${service}.port}/\${path}` } },
});
const ready = { line: 'listening on (?<port>[0-9]+)' };

describe('Services', () => {
  let bench: Bench;

  before(() => {
    bench = openBench((scratch) => ({
      tools: ['good', 'mute', 'dies', 'missing', 'evil', 'forged'].map((name) => get(name, name)),
      services: {
        good: { command: ['${node}', 'service.mjs', join(scratch, 'pids')], ready },
        mute: {
          command: ['/bin/sh', '-c', 'echo starting; exec sleep 60'],
          ready: { ...ready, timeout: 0.2 },
        },
        dies: {
          command: ['/bin/sh', '-c', `echo no disk >&2; echo x >> ${join(scratch, 'deaths')}; exit 2`],
          ready,
        },
        missing: { command: ['no-such-program'], ready },
        evil: {
          command: ['/bin/sh', '-c', 'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!; exec sleep 60'],
          ready: { line: '^(?<port>(a+)+)$' },
        },
        forged: {
          command: ['/bin/sh', '-c', 'echo "listening on 80@evil.example"; exec sleep 60'],
          ready: { line: 'on (?<port>.+)' },
        },
      },
    }));
  });
  after(() => bench.close());

  it('are started by the first call, once for all', async () => {
    const file = join(bench.scratch, 'pids');
    assert.equal(existsSync(file), false);
    const results = await Promise.all(['a', 'b', 'c'].map((path) => bench.call('good', { path })));
    assert.deepEqual(
      results.map(({ content }) => content),
      ['/a', '/b', '/c'],
    );
    assert.equal(readFileSync(file, 'utf8').trim().split('\n').length, 1);
  });

  it('may die: a fault of the tool, and the next call starts them again', async () => {
    const died = await bench.call('good', { path: 'die' });
    assert.equal(died.status, 'tool_fault');
    const end = performance.now() + 2000;
    let again = await bench.call('good', { path: 'x' });
    while (again.status !== 'ok' && performance.now() < end) again = await bench.call('good', { path: 'x' });
    assert.equal(again.content, '/x');
  });

  it('say why they are not ready', async () => {
    const mute = await bench.call('mute', { path: 'x' });
    assert.equal(mute.status, 'unreachable');
    assert.match(mute.content, /"mute" did not say that it is ready within 0\.2 s\.\nstarting/);
    const dies = await bench.call('dies', { path: 'x' });
    assert.equal(dies.status, 'tool_fault');
    assert.match(dies.content, /"dies" ended before it was ready \(exit code 2\)\.\nno disk/);
    assert.match((await bench.call('missing', { path: 'x' })).content, /"no-such-program" was not found/);
  });

  it('are not started for ever', async () => {
    for (let call = 0; call < 8; call++) await bench.call('dies', { path: 'x' });
    assert.match((await bench.call('dies', { path: 'x' })).content, /has died 5 times within a minute/);
    assert.equal(readFileSync(join(bench.scratch, 'deaths'), 'utf8').trim().split('\n').length, 5);
  });

  it('cannot hang the engine by an expression, nor lead a request elsewhere', async () => {
    const evil = await bench.call('evil', { path: 'x' });
    assert.match(evil.content, /"ready\.line" takes too long/);
    assert.ok(evil.ms < 2000);
    const forged = await bench.call('forged', { path: 'x' });
    assert.equal(forged.status, 'blocked');
    assert.match(forged.content, /neither a host nor a port/);
  });

  it('do not keep a cancelled call waiting', async () => {
    const slow = openBench(() => ({
      tools: [get('slow', 'slow')],
      services: { slow: { command: ['sleep', '60'], ready } },
    }));
    const { status, ms } = await slow.call('slow', { path: 'x' }, AbortSignal.timeout(50));
    assert.equal(status, 'cancelled');
    assert.ok(ms < 1000);
    await slow.close();
  });

  it('end with the host', async () => {
    const own = openBench((scratch) => ({
      tools: [get('good', 'good')],
      services: { good: { command: ['${node}', 'service.mjs', join(scratch, 'pid')], ready } },
    }));
    await own.call('good', { path: 'x' });
    const pid = await pidIn(join(own.scratch, 'pid'));
    assert.ok(isAlive(pid));
    await own.close();
    await allGone([pid], 500);
  });

  it('are recognised by a line that comes in pieces', () => {
    const line = new ReadyLine(ready.line);
    assert.equal(line.add('noise\nlistening '), null);
    assert.equal(line.add('on 12'), null);
    assert.deepEqual(line.add('34\n'), { port: '1234' });
    assert.equal(new ReadyLine(ready.line).add(`${'x'.repeat(1e6)} listening on 1\n`), null);
  });
});
