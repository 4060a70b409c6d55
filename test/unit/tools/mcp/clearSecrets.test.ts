import assert from 'node:assert/strict';
import {
  isSecretName,
  isSecretValue,
  secretValues,
  shownAddress,
  shownCommand,
  shownServer,
} from '../../../../src/tools/mcp/clearSecrets.ts';

describe('Secrets in clear text', () => {
  it('are known by their name', () => {
    for (const name of [
      'API_KEY',
      'apiKey',
      'x-api-key',
      'GITHUB_TOKEN',
      'githubToken',
      'password',
      'DB_PASSWD',
      'Authorization',
      'clientSecret',
    ]) {
      assert.ok(isSecretName(name), name);
    }
    for (const name of ['KEYBOARD', 'AUTHOR', 'MONKEY', 'TOKENIZER_PATH', 'PATH', 'MODE', 'SPATIAL']) {
      assert.ok(!isSecretName(name), name);
    }
  });

  it('are known by their form, and variables and stand-ins are none', () => {
    assert.ok(isSecretValue('X', 'sk-proj-abcdefghijkl'));
    assert.ok(isSecretValue('X', 'ghp_abcdefghijklmnop'));
    assert.ok(isSecretValue('header', 'Bearer eyJhbGciOi.x.y'));
    for (const value of [
      '${env:KEY}',
      'Bearer ${input:token}',
      '<key>',
      'your-api-key',
      'YOUR_TOKEN',
      'xxxxxx',
      '',
      'true',
      'changeme',
      'short',
    ]) {
      assert.ok(!isSecretValue('API_KEY', value), value);
    }
    assert.deepEqual(secretValues({ Authorization: 'Bearer abcdefgh', Accept: 'text/html' }), ['abcdefgh']);
  });

  it('do not stand in what is shown of a command or an address', () => {
    assert.equal(
      shownCommand('npx', [
        '-y',
        'server',
        '--api-key',
        'abcdef1234',
        '--token=abcdef1234',
        'API_KEY=abcdef1234',
        'sk-1234567890',
      ]),
      'npx -y server --api-key *** --token=*** API_KEY=*** ***',
    );
    assert.equal(shownCommand('node', ['a b.js', '--key', '${env:KEY}']), 'node "a b.js" --key ${env:KEY}');
    assert.equal(
      shownAddress('https://me:pass@x.example/mcp?api_key=abcdef12&mode=fast#x'),
      'https://***@x.example/mcp?api_key=***&mode=fast#x',
    );
    assert.equal(
      shownCommand('psql', ['postgres://me:pass@localhost/db']),
      'psql postgres://***@localhost/db',
    );
  });

  it('do not stand in the values that inputs have by themselves, which are shown otherwise', () => {
    const shown = shownServer({
      name: 'one',
      source: { path: '.mcp.json', line: 1, column: 1 },
      transport: {
        kind: 'stdio',
        command: '${input:run}',
        args: ['${input:token}', '${input:x}'],
        env: {},
        cwd: null,
      },
      inputs: { run: 'bash -c evil', token: 'abcdef123456', x: null },
      problem: null,
    });
    assert.equal(shown, '"${input:run = bash -c evil}" ${input:token} ${input:x}');
  });
});
