import assert from 'node:assert/strict';
import { redactExample, redacted, redactSecrets } from '../../../src/store/redact.ts';
import { madeExample, madeTrial } from '../../bench/storeFixtures.ts';

/** Put together here, so that no scanner takes this file for a leak. */
const of = (...parts: string[]): string => parts.join('');
const letters = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1aBc4dEf7gHi0j';
const hex = '0123456789abcdef0123456789abcdef01234567';

const secrets: [string, string][] = [
  ['OpenAI', of('sk-', 'proj-', letters)],
  ['Anthropic', of('sk-ant-', 'api03-', letters)],
  ['AWS key id', of('AKIA', 'IOSFODNN7EXAMPLE')],
  ['GitHub', of('ghp_', letters.slice(0, 36))],
  ['GitHub, fine-grained', of('github_pat_', letters)],
  ['GitLab', of('glpat-', letters.slice(0, 20))],
  ['Slack', of('xoxb-', '123456789012-', letters.slice(0, 24))],
  ['Slack webhook', of('https://hooks.slack.com/services/', 'T00/B00/', letters.slice(0, 24))],
  ['Google', of('AIza', letters.slice(0, 35))],
  ['Stripe', of('sk_live_', letters.slice(0, 24))],
  ['npm', of('npm_', letters.slice(0, 36))],
  ['PyPI', of('pypi-', 'AgEIcHlwaS5vcmc', letters)],
  ['Hugging Face', of('hf_', letters.slice(0, 34))],
  ['SendGrid', of('SG.', letters.slice(0, 22), '.', letters)],
  ['Twilio', of('SK', hex.slice(0, 32))],
  ['Shopify', of('shpat_', hex.slice(0, 32))],
  ['DigitalOcean', of('dop_v1_', hex, hex.slice(0, 24))],
  ['Telegram', of('123456789:AA', letters.slice(0, 33))],
  ['JSON Web Token', of('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0In0', '.dBjftJeZ4CVPmB92K27u')],
  [
    'private key',
    of('-----BEGIN RSA ', 'PRIVATE KEY-----\n', letters, '\n-----END RSA ', 'PRIVATE KEY-----'),
  ],
  ['Azure', of('AccountKey=', letters, '==')],
];

/** Texts with a secret in them, and what is to be left. */
const labelled: [string, string][] = [
  ['postgres://bob:hunter2@db.example.com/x', `postgres://bob:${redacted}@db.example.com/x`],
  ['Authorization: Bearer abcdef0123456789', `Authorization: Bearer ${redacted}`],
  ['{"api_key": "s3cr3t-value", "n": 1}', `{"api_key": "${redacted}", "n": 1}`],
  ['DB_PASSWORD=hunter2secret next', `DB_PASSWORD=${redacted} next`],
  ["client_secret: 'a b c d'", `client_secret: '${redacted}'`],
  [
    'https://x.example/a?user=1&access_token=abc123def&z=1',
    `https://x.example/a?user=1&access_token=${redacted}&z=1`,
  ],
  ['Set-Cookie: sid=abcdef; Path=/', `Set-Cookie: ${redacted}`],
];

const harmless = [
  'The task-force met on 2024-02-20 at 10:00 with sk-10 tokens.',
  '{"token": "string", "type": "object", "required": ["password"]}',
  'password: required',
  'Missing property: secret',
  'apiKey=${secret:MAPS}',
  'a commit 0123456789abcdef0123456789abcdef01234567 by author',
  'https://example.com:8080/path?next=10#key',
  'max_tokens: 4096, tokens=12',
];

describe('Secrets', () => {
  for (const [name, secret] of secrets) {
    it(`are taken out: ${name}`, () => {
      const text = redactSecrets(`before "${secret}" after`);
      assert.ok(text.startsWith('before "') && text.endsWith('" after'), text);
      assert.ok(text.includes(redacted), text);
      for (let at = 0; at + 12 <= secret.length; at += 4) {
        const rest = secret.slice(at, at + 12);
        if (!/^(?:https|AccountK|ountKey)/.test(rest))
          assert.ok(!text.includes(rest) || /hooks|Key=/.test(rest), `${rest} in ${text}`);
      }
    });
  }

  it('are taken out after what names them', () => {
    for (const [text, expected] of labelled) assert.equal(redactSecrets(text), expected);
  });

  it('are not seen where there are none', () => {
    for (const text of harmless) assert.equal(redactSecrets(text), text);
  });

  it('go from every text of an example, and from arguments by their names', () => {
    const secret = secrets[0]?.[1] ?? '';
    const example = madeExample(madeTrial('r1', 0), `Use ${secret}`);
    const clean = redactExample({
      ...example,
      answer: secret,
      calls: [
        {
          tool: example.tool,
          arguments: { clientSecret: 'xyz', deep: [{ note: secret }], count: 3, password: '' },
          observation: `said ${secret}`,
        },
      ],
    });
    assert.ok(!JSON.stringify(clean).includes(secret));
    assert.deepEqual(clean.calls[0]?.arguments, {
      clientSecret: redacted,
      deep: [{ note: redacted }],
      count: 3,
      password: '',
    });
  });

  it('are looked for in time that grows with the text', () => {
    for (const piece of [
      'a_',
      'a.',
      'eyJ',
      '-eyJaaaaaaaa',
      'sk-',
      'x://',
      '"\\',
      'password',
      'token:',
      '-----BEGIN PRIVATE KEY-----',
      '&key',
    ]) {
      const started = performance.now();
      redactSecrets(piece.repeat(200_000 / piece.length));
      assert.ok(performance.now() - started < 1000, `${piece} took too long`);
    }
  });
});
