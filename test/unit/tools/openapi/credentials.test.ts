import assert from 'node:assert/strict';
import { credentialsFor, secretNameFor } from '../../../../src/tools/openapi/credentials.ts';
import type { OpenApiRunner, SecurityNeed } from '../../../../src/tools/openapi/operation.ts';

const bearer = (scheme: string): SecurityNeed => ({ scheme, kind: 'bearer' });
const certificate: SecurityNeed = {
  scheme: 'cert',
  kind: 'unsupported',
  what: 'a certificate of the caller',
};

function operation(...security: SecurityNeed[][]): OpenApiRunner {
  const server = 'https://api.example.com';
  return {
    kind: 'openapi',
    method: 'GET',
    path: '/',
    server,
    serverIsBound: false,
    parameters: [],
    body: null,
    security,
    auth: {},
  };
}

async function given(
  runner: OpenApiRunner,
  secrets: string[],
  bound: Record<string, string> = {},
): Promise<unknown> {
  const found = await credentialsFor(runner, 'api.example.com', {
    bound: (scheme) => bound[scheme] ?? null,
    secret: async (name) => (secrets.includes(name) ? `value of ${name}` : null),
  });
  return 'need' in found ? [found.need.scheme, found.secret] : found.headers;
}

describe('Credentials of an operation', () => {
  it('are those of the first alternative that can be met whole, what a manifest binds first', async () => {
    assert.deepEqual(await given(operation(), []), {});
    const either = operation([bearer('a')], [bearer('b')]);
    assert.deepEqual(await given(either, ['B_AT_API_EXAMPLE_COM']), {
      authorization: 'Bearer value of B_AT_API_EXAMPLE_COM',
    });
    assert.deepEqual(await given(either, ['A_AT_API_EXAMPLE_COM'], { b: 'Bearer bound' }), {
      authorization: 'Bearer bound',
    });
    assert.deepEqual(await given(operation([bearer('a')], []), []), {}, 'it may be left out');
  });

  it('say what is lacking: first what a secret would help', async () => {
    assert.deepEqual(await given(operation([certificate], [bearer('a')]), []), ['a', 'A_AT_API_EXAMPLE_COM']);
    assert.deepEqual(await given(operation([certificate]), []), ['cert', null]);
  });

  it('come from a secret whose name has the host in it, so that no document gets the key of another', () => {
    assert.equal(secretNameFor('bearerAuth', 'api.github.com'), 'BEARERAUTH_AT_API_GITHUB_COM');
    assert.equal(secretNameFor('2 keys', '127.0.0.1:8080'), '_2_KEYS_AT_127_0_0_1_PORT_8080');
    assert.match(secretNameFor('key', '[::1]:80'), /^[A-Za-z_]\w*$/);
    const own = secretNameFor('key', 'api.github.com');
    for (const [scheme, host] of [
      ['key', 'api-github.com'],
      ['key', 'api_github.com'],
      ['key_AT_api', 'github.com'],
      ['key_AT_API_GITHUB_COM', 'evil.example'],
      ['key', 'api.github.com.evil.example'],
      ['key', 'github.com'],
    ] as const) {
      const other = secretNameFor(scheme, host);
      // What a parent of the host may ask for, its owner may ask for anyway.
      assert.ok(other !== own || 'api.github.com'.endsWith(`.${host}`), `${scheme} at ${host}`);
    }
  });
});
