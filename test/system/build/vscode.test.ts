import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from '../../../src/build/install.mjs';

/** The PATH without a desktop VS Code. */
const withoutCode = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !existsSync(join(folder, 'code')))
  .join(delimiter);

describe('npm run vscode', function () {
  // The first time the VS Code server is fetched.
  this.timeout(180_000);
  let folder: string;
  const started: ChildProcess[] = [];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'imaginarium-open-'));
  });

  after(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function start(PATH: string, ...args: string[]) {
    const child = spawn(process.execPath, [join(root, 'src', 'build', 'vscode.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH },
    });
    started.push(child);
    const one = { child, out: '', ended: once(child, 'exit') };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        one.out += data;
      });
    }
    return one;
  }

  /** What it printed, once it matches; fails when the process ends without. */
  async function printed(one: ReturnType<typeof start>, wanted: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = wanted.exec(one.out);
      if (match) return match;
      const next = once(one.child.stdout, 'data').then(() => true);
      if (!(await Promise.race([next, one.ended.then(() => wanted.test(one.out))]))) assert.fail(one.out);
    }
  }

  it('without a desktop VS Code serves the sample workspace to who has the token, until Ctrl-C', async () => {
    const one = start(withoutCode);
    const [, address = ''] = await printed(one, /Open\s+(http:\/\/127\.0\.0\.1:\d+\/\?\S+)\n[\s\S]*Ctrl-C/);
    const { origin, searchParams } = new URL(address);
    assert.equal(searchParams.get('folder'), join(root, 'examples'));
    assert.equal((await fetch(origin)).status, 403);
    const entry = await fetch(address, { redirect: 'manual' });
    const cookie = (entry.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const page = await fetch(new URL(entry.headers.get('location') ?? '', origin), { headers: { cookie } });
    assert.equal(page.status, 200);
    assert.match(await page.text(), /vscode-workbench-web-configuration/);

    one.child.kill('SIGINT');
    assert.deepEqual(await one.ended, [0, null]);
    await assert.rejects(fetch(origin), 'nobody listens any more');
  });

  it('opens the desktop one where it is on the PATH, with a profile of its own and the packed extension', async () => {
    const record = join(folder, 'arguments');
    writeFileSync(join(folder, 'code'), `#!/bin/sh\nprintf '%s\\n' "$@" -- >> '${record}'\n`, {
      mode: 0o755,
    });
    const one = start(`${folder}${delimiter}${withoutCode}`);
    assert.deepEqual(await one.ended, [0, null], one.out);
    const [install = [], open = []] = readFileSync(record, 'utf8')
      .split('--\n')
      .map((call) => call.trim().split('\n'));
    assert.deepEqual(install.slice(-3), [
      '--install-extension',
      join(root, 'dist', 'imaginarium.vsix'),
      '--force',
    ]);
    assert.equal(open.at(-1), join(root, 'examples'));
    assert.ok(open.includes('--disable-workspace-trust'));
    for (const call of [install, open]) {
      assert.equal(call[0], '--user-data-dir');
      assert.ok(call[1]?.startsWith(join(root, '.cache')), call[1]);
    }
    assert.doesNotMatch(one.out, /Open\s+http/);
  });

  it('says so when the port is none', async () => {
    const one = start(withoutCode, '--port', '99999');
    assert.deepEqual(await one.ended, [1, null]);
    assert.match(one.out, /--port 99999 is no port\./);
  });
});
