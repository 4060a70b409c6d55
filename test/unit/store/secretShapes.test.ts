/** What is learned goes into files that people share: no secret gets there by any of its texts. The log keeps what was. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import type { Example, Lesson, Trial } from '../../../src/core/trial.ts';
import { madeExample, madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

/** Put together here, so that no scanner takes this file for a leak. */
const of = (...parts: string[]): string => parts.join('');
const letters = 'Qz7Rw2Lm9Xc4Vb8Nk3Hj6Tg1Yf5Pd0SaUeIoAbCd';
const hex = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b';

/** A text with a secret in it, and the part of it that is to be nowhere. */
const shapes: [name: string, text: string, secret: string][] = [
  ...[
    ['OpenAI', of('sk-', 'proj-', letters)],
    ['Anthropic', of('sk-ant-', 'api03-', letters)],
    ['OpenRouter', of('sk-or-', 'v1-', hex)],
    ['AWS key id', of('AKIA', 'QZ7RW2LM9XC4VB8N')],
    ['GitHub', of('ghp_', letters.slice(0, 36))],
    ['GitHub, of an app', of('ghs_', letters.slice(0, 36))],
    ['GitHub, fine-grained', of('github_pat_', letters)],
    ['GitLab', of('glpat-', letters.slice(0, 20))],
    ['Slack bot', of('xoxb-', '123456789012-', letters.slice(0, 24))],
    ['Slack webhook', of('https://hooks.slack.com/services/', 'T00/B00/', letters.slice(0, 24))],
    ['Google key', of('AIza', letters.slice(0, 35))],
    ['Google token', of('ya29.', letters)],
    ['Stripe', of('sk_live_', letters.slice(0, 24))],
    ['Stripe webhook', of('whsec_', letters.slice(0, 32))],
    ['npm', of('npm_', letters.slice(0, 36))],
    ['PyPI', of('pypi-', 'AgEIcHlwaS5vcmc', letters)],
    ['Docker Hub', of('dckr_pat_', letters.slice(0, 27))],
    ['Hugging Face', of('hf_', letters.slice(0, 34))],
    ['Groq', of('gsk_', letters)],
    ['SendGrid', of('SG.', letters.slice(0, 22), '.', letters)],
    ['Twilio', of('SK', hex.slice(0, 32))],
    ['Shopify', of('shpat_', hex.slice(0, 32))],
    ['DigitalOcean', of('dop_v1_', hex, hex.slice(0, 24))],
    ['Linear', of('lin_api_', letters)],
    ['Telegram', of('123456789:AA', letters.slice(0, 33))],
    ['JSON Web Token', of('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiI5ODc2NSJ9', '.', letters)],
    [
      'private key',
      of('-----BEGIN RSA ', 'PRIVATE KEY-----\n', letters, '\n-----END RSA ', 'PRIVATE KEY-----'),
    ],
  ].map(([name = '', secret = '']): [string, string, string] => [name, secret, secret]),
  [
    'password in an address',
    of('postgres://bob:', letters.slice(0, 12), '@db.example/x'),
    letters.slice(0, 12),
  ],
  ['authorization', of('Authorization: Bearer ', letters), letters],
  ['assignment', of('DB_PASSWORD=', letters.slice(0, 16)), letters.slice(0, 16)],
  ['JSON', of('{"client_secret": "', letters.slice(0, 18), '"}'), letters.slice(0, 18)],
  ['signed address', of('https://x.example/a?user=1&access_token=', letters), letters],
  ['Azure', of('AccountKey=', letters, '=='), letters],
  ['cookie', of('Set-Cookie: sid=', letters), letters],
];

describe('Files of what was learned', () => {
  it(`hold none of ${shapes.length} shapes of secrets, in any of their texts`, async () => {
    assert.ok(shapes.length >= 30);
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const trials: Trial[] = [];
    for (const [index, [, text]] of shapes.entries()) {
      const trial = withSecret(madeTrial('r1', index, 1), text);
      trials.push(trial);
      const example = exampleWith(trial, text);
      const lesson = lessonWith(trial, text, index);
      store.recordTrial({ trial, lessons: [lesson], fixes: [], example });
      // The other ways into the files.
      store.changeExamples([example]);
      store.changeLessons([lesson]);
      store.addExamples([{ ...example, id: `${example.id}-more`, paraphraseOf: example.id }]);
    }
    await store.flushExamples();
    const bytes = await learnedBytes(opened);
    for (const [name, , secret] of shapes) {
      for (const part of [secret, JSON.stringify(secret).slice(1, -1)]) {
        assert.ok(!bytes.includes(part), `${name} is in a file`);
      }
      // Nor a good part of it.
      const middle = secret.slice(-14, -2);
      assert.ok(!bytes.includes(middle), `a part of ${name} is in a file`);
    }
    assert.equal((bytes.match(/"id":/g) ?? []).length, 3 * shapes.length);

    // The log tells what was said: it stays on this machine.
    for (const trial of trials) assert.deepEqual(store.trial(trial.id), trial);
  });
});

async function learnedBytes(opened: OpenedStore): Promise<string> {
  const texts: string[] = [];
  for (const folder of ['examples', 'lessons']) {
    for (const name of await readdir(opened.path(folder)))
      texts.push(await readFile(opened.path(folder, name), 'utf8'));
  }
  return texts.join('');
}

function withSecret(trial: Trial, text: string): Trial {
  return {
    ...trial,
    query: `Use ${text} here`,
    answer: `It is ${text}`,
    steps: trial.steps.map((step) => ({
      ...step,
      call: step.call && { ...step.call, arguments: { note: text } },
      observation: { ...step.observation, content: `said ${text}` },
    })),
  };
}

/** Every field of an example that holds a text of somebody. */
function exampleWith(trial: Trial, text: string): Example {
  return {
    ...madeExample(trial, `Use ${text} here`),
    calls: [
      {
        tool: trial.tool,
        arguments: { note: text, deep: [{ note: [text] }] },
        observation: `said ${text} twice: ${text}`,
      },
    ],
    answer: `It is ${text}`,
    contrasts: [
      {
        tool: trial.tool,
        arguments: { note: `not ${text}` },
        failure: { type: 'rejected', message: `no ${text}` },
      },
    ],
    withheld: `because of ${text}`,
    verification: 'verified',
    checks: {
      format: true,
      execution: 'recorded',
      judge: { model: 'm', informative: true, faithful: true, proper: true, reasons: `It says ${text}` },
      specHash: 'spec',
    },
  };
}

function lessonWith(trial: Trial, text: string, index: number): Lesson {
  return {
    id: `lesson-${index}`,
    tool: trial.tool,
    text: `Give ${text}`,
    trials: [trial.id],
    retired: `Since ${text}`,
    argument: '/note',
    evidence: { message: `refused ${text}`, refused: [text, { a: [text] }], taken: [`x ${text}`] },
    origin: 'evidence',
    specHash: 'spec',
  };
}
