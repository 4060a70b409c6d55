import assert from 'node:assert/strict';
import type { McpServerSpec } from '../../../../src/tools/boundTool.ts';
import { givenTo, startHash } from '../../../../src/tools/mcp/startFacts.ts';

function server(env: Record<string, string>, more: Partial<McpServerSpec> = {}): McpServerSpec {
  return {
    name: 'one',
    source: { path: '.mcp.json', line: 1, column: 1 },
    transport: { kind: 'stdio', command: 'x', args: [], env, cwd: null },
    problem: null,
    ...more,
  };
}

describe('What a person is told of a server before it is started', () => {
  it('is the names of what it is given, and what of the environment goes there under another name', () => {
    const env = {
      MODE: 'fast',
      API_KEY: '${env:API_KEY}',
      NOTE: 'Bearer ${AWS_SECRET:-x} ${input:id} ${workspaceFolder}',
    };
    assert.deepEqual(givenTo(server(env)), ['MODE', 'API_KEY', 'NOTE (${AWS_SECRET})']);
    const headers = { Authorization: 'Bearer ${secret:OPENAI_API_KEY}' };
    const transport = { kind: 'http' as const, url: 'https://h', headers };
    assert.deepEqual(givenTo(server({}, { transport })), ['Authorization (${OPENAI_API_KEY})']);
    assert.deepEqual(givenTo(server({ A: 'x' }, { manifestEnv: { A: '${secret:B}' } })), ['A (${B})']);
  });

  it('changes with all that decides what is started', () => {
    const db = { name: 'db', source: 'imaginarium.yaml', env: {}, readyLine: 'x', readyTimeoutMs: 1 };
    const service = (command: string) => [{ ...db, command: [command] }];
    const manifestEnv = { P: '${service:db.port}' };
    const hashes = [
      server({}),
      server({ A: 'x' }),
      server({}, { inputs: { run: 'one' } }),
      server({}, { inputs: { run: 'other' } }),
      server({}, { manifestEnv: { A: 'x' } }),
      server({}, { manifestEnv, manifestServices: service('one') }),
      server({}, { manifestEnv, manifestServices: service('other') }),
    ].map(startHash);
    assert.equal(new Set(hashes).size, hashes.length);
    // A service that it does not name is not started with it.
    assert.equal(startHash(server({}, { manifestServices: service('one') })), hashes[0]);
  });
});
