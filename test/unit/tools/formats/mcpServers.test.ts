import assert from 'node:assert/strict';
import type { McpServerSpec, SourceResult } from '../../../../src/tools/boundTool.ts';
import { readSource, readSpec } from '../../../../src/tools/source.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';

function read(text: string | object, path = '.mcp.json'): SourceResult {
  return readSource('/work', path, typeof text === 'string' ? text : JSON.stringify(text));
}

function servers(text: string | object, path?: string): McpServerSpec[] {
  return read(text, path).servers ?? [];
}

function isSpec(text: string | object, path: string): boolean {
  const written = typeof text === 'string' ? text : JSON.stringify(text);
  return readSpec('/work', path, written, { timeoutMs: 1000 }) !== null;
}

describe('Configuration files of MCP servers', () => {
  const plain = { command: 'node', args: ['server.js'] };

  it('have servers under either key, in any of the files, with comments', () => {
    const vscode = `{
      // Inputs are asked for once.
      "inputs": [{ "id": "key", "type": "promptString", "password": true }, { "id": "mode", "default": "fast" }],
      "servers": {
        "github": { "type": "http", "url": "https://api.example.com/mcp", "headers": { "Authorization": "Bearer \${input:key}" } },
        "local": {
          "command": "\${workspaceFolder}/bin/server", "args": ["--port", 8080, "\${input:mode}"],
          "env": { "DEBUG": true }, "envFile": ".env", "cwd": "sub",
        },
      },
    }`;
    const [github, local] = servers(vscode, '.vscode/mcp.json');
    assert.deepEqual(github?.transport, {
      kind: 'http',
      url: 'https://api.example.com/mcp',
      headers: { Authorization: 'Bearer ${input:key}' },
    });
    assert.deepEqual(github?.inputs, { key: null });
    assert.deepEqual(local?.transport, {
      kind: 'stdio',
      command: '${workspaceFolder}/bin/server',
      args: ['--port', '8080', '${input:mode}'],
      env: { DEBUG: 'true' },
      cwd: 'sub',
      envFile: '.env',
    });
    assert.deepEqual(local?.inputs, { mode: 'fast' });
    assert.deepEqual(read(vscode, '.vscode/mcp.json').problems, []);

    for (const path of [
      '.mcp.json',
      'mcp.json',
      '.cursor/mcp.json',
      'claude_desktop_config.json',
      'mcp_config.json',
    ]) {
      for (const key of ['servers', 'mcpServers']) {
        assert.deepEqual(
          servers({ [key]: { a: plain } }, path).map(({ name }) => name),
          ['a'],
          `${path} ${key}`,
        );
      }
    }
    assert.equal(servers({ mcp: { servers: { a: plain } } }, '.vscode/settings.json').length, 1);
    const both = { servers: { a: plain }, mcpServers: { a: plain, b: plain } };
    assert.deepEqual(
      servers(both).map(({ name }) => name),
      ['a', 'a~2', 'b'],
    );
  });

  it('are known by their content', () => {
    assert.ok(isSpec({ mcpServers: { a: plain } }, 'config/agent.json'));
    assert.ok(isSpec({ servers: { a: plain } }, 'config/agent.json'));
    for (const other of [
      { servers: {} },
      { mcpServers: {} },
      { servers: [{ url: 'https://example.com' }] },
      { servers: { production: { url: 'https://example.com', protocol: 'amqp' } } },
      { servers: { web: { host: 'a', port: 1 } } },
      { asyncapi: '2.6.0', servers: { a: { url: 'https://x', type: 'http' } } },
      { mcpServers: 'text' },
      { scripts: { servers: 'x' } },
      [1, 2],
    ]) {
      assert.equal(isSpec(other, 'config/agent.json'), false, JSON.stringify(other));
    }
    assert.equal(isSpec({ mcpServers: {} }, '.mcp.json'), false);
    assert.equal(isSpec({ anything: 1 }, 'mcp.json'), false);
  });

  it('tell how a server is reached from what it has, in the words of any client', () => {
    const kinds = servers({
      mcpServers: {
        a: { url: 'https://x.example/mcp' },
        b: { type: 'sse', url: 'https://x.example/sse' },
        c: { transport: 'streamable-http', url: 'https://x.example/mcp' },
        d: { serverUrl: 'https://x.example/mcp' },
        e: { type: 'stdio', command: 'x' },
        f: { command: ['npx', '-y', 'thing'], args: ['more'] },
        g: { type: 'local', command: 'x', disabled: true },
        h: { command: 'x', enabled: false },
        i: { url: 'https://x.example/sse' },
      },
    });
    assert.deepEqual(
      kinds.map(({ transport }) => transport.kind),
      ['http', 'sse', 'http', 'http', 'stdio', 'stdio', 'stdio', 'stdio', 'sse'],
    );
    assert.deepEqual(kinds[5]?.transport, {
      kind: 'stdio',
      command: 'npx',
      args: ['-y', 'thing', 'more'],
      env: {},
      cwd: null,
    });
    assert.deepEqual(
      kinds.map(({ disabled = false }) => disabled),
      [false, false, false, false, false, false, true, true, false],
    );
  });

  it('have broken entries reported where they are, and the rest read', () => {
    const text = `{
  "mcpServers": {
    "none": {},
    "number": 7,
    "type": { "type": "websocket", "url": "ws://x" },
    "address": { "url": "x.example/mcp" },
    "args": { "command": "x", "args": "--flag" },
    "env": { "command": "x", "env": { "A": ["list"] } },
    "editor": { "command": "\${command:pick}" },
    "fine": { "command": "x" }
  }
}`;
    const { problems, servers: found = [] } = read(text);
    assert.deepEqual(
      problems.map(({ line, column, severity }) => [line, column, severity]),
      [
        [3, 5, 'error'],
        [4, 5, 'error'],
        [5, 23, 'error'],
        [6, 25, 'error'],
        [7, 39, 'error'],
        [8, 44, 'error'],
        [9, 28, 'error'],
      ],
    );
    assert.match(problems[2]?.message ?? '', /"websocket" is not known: write "stdio", "http" or "sse"/);
    assert.match(problems[6]?.message ?? '', /Nothing here can fill \$\{command:pick\}: only/);
    assert.equal(found.length, 8);
    assert.ok(found.slice(0, 7).every(({ problem }) => problem !== null));
    assert.deepEqual(
      [found[7]?.problem, found[7]?.source],
      [null, { path: '.mcp.json', line: 10, column: 5, endLine: 10, endColumn: 31 }],
    );
  });

  it('are read up to where they are cut off', () => {
    const { problems, servers: found = [] } = read('{ "mcpServers": { "a": { "command": "x" }, "b": { "comm');
    assert.ok(
      problems.some(({ severity, path, line }) => severity === 'error' && path === '.mcp.json' && line === 1),
    );
    assert.equal(found[0]?.problem, null);
    assert.ok(isSpec('{ this is no JSON', '.mcp.json'));
    assert.equal(isSpec('{ this is no JSON', 'other.json'), false);
  });

  it('tell of a secret in clear text without showing it', () => {
    const { problems } = read({
      mcpServers: {
        a: {
          command: 'x',
          env: {
            OPENAI_API_KEY: 'sk-1234567890abcdef',
            GITHUB_TOKEN: '${env:GITHUB_TOKEN}',
            DB_PASSWORD: 'hunter2hunter2',
            API_KEY: '<your key>',
            OTHER_KEY: 'YOUR_API_KEY_HERE',
            KEYBOARD: 'german-layout',
            AUTHOR: 'somebody',
            MODE: 'production',
          },
        },
        b: {
          url: 'https://x.example/mcp',
          headers: { Authorization: 'Bearer abcdef123456', Accept: 'text/plain' },
        },
      },
    });
    assert.deepEqual(
      problems.map(({ severity, message }) => [severity, /"(\w+)"/.exec(message)?.[1]]),
      [
        ['warning', 'OPENAI_API_KEY'],
        ['warning', 'DB_PASSWORD'],
        ['warning', 'Authorization'],
      ],
    );
    assert.ok(!/sk-|hunter2|abcdef/.test(JSON.stringify(problems)));
  });

  it('name the secret of an input that the file does not have', () => {
    const { problems } = read({ servers: { a: { command: 'x', env: { A: '${input:my-key}' } } } });
    assert.match(problems[0]?.message ?? '', /no input "my-key".*secret my_key \(Set Secret of a Tool…\)/);
    assert.equal(problems[0]?.severity, 'warning');
  });

  it('hold whatever anybody writes', () => {
    for (const hostile of hostileTexts) {
      const text = JSON.stringify({
        mcpServers: {
          [hostile]: { command: hostile, args: [hostile], env: { [hostile]: hostile }, type: hostile },
        },
      });
      const { servers: found = [], problems } = read(text);
      assert.ok(found.length <= 1);
      for (const { message } of problems) assert.ok(message.length < 400);
    }
    const proto = read(
      '{"mcpServers":{"__proto__":{"command":"x"},"a":{"command":"x","env":{"__proto__":"y"}}}}',
    );
    assert.equal(({} as Record<string, unknown>).command, undefined);
    assert.ok((proto.servers ?? []).some(({ name }) => name === 'a'));
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`s${n}`, plain]));
    const { servers: kept = [], problems } = read({ mcpServers: many });
    assert.equal(kept.length, 200);
    assert.match(problems.at(-1)?.message ?? '', /first 200 servers/);
  });
});
