import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { McpServerSpec } from '../../../../src/tools/boundTool.ts';
import { type Launch, launchOf } from '../../../../src/tools/mcp/launch.ts';

describe('What a configuration has started', () => {
  let folder: string;
  let concealed: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'launch-'));
    concealed = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function launch(envFile: string): Promise<Launch> {
    const server: McpServerSpec = {
      name: 'one',
      source: { path: '.mcp.json', line: 1, column: 1 },
      transport: { kind: 'stdio', command: 'x', args: [], env: {}, cwd: null, envFile },
      problem: null,
    };
    return launchOf(server, folder, {
      env: {},
      secret: async () => null,
      manifestTexts: async (texts) => ({ ...texts }),
      conceal: (value) => concealed.push(value),
    });
  }

  it('is given what its env file says, of which secrets are never shown', async () => {
    writeFileSync(join(folder, '.env'), 'API_TOKEN=abcdef123456\nMODE=fast\n');
    symlinkSync(join(folder, '.env'), join(folder, 'link.env'));
    for (const envFile of ['.env', 'link.env']) {
      const started = await launch(envFile);
      assert.ok(started.kind === 'stdio');
      assert.deepEqual(started.env, { API_TOKEN: 'abcdef123456', MODE: 'fast' });
    }
    assert.deepEqual([...new Set(concealed)], ['abcdef123456']);
  });

  // Windows has neither in its file system.
  const onPosix = process.platform === 'win32' ? () => undefined : it;
  onPosix('waits for no pipe, and reads no device without an end', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await assert.rejects(launch('pipe'), /its envFile cannot be read: This is no file/);
    await assert.rejects(launch('/dev/zero'), /its envFile cannot be read: This is no file/);
    writeFileSync(join(folder, 'large'), 'x'.repeat(1024 * 1024 + 1));
    await assert.rejects(launch('large'), /its envFile cannot be read: it is larger than 1 MiB/);
  });
});
