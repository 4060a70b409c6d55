import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { styleText } from 'node:util';
import { Ajv, type AnySchema } from 'ajv';
import formats from 'ajv-formats';
import { type Arguments, examplesFolder, SampleWorkspace } from './sampleWorkspace.ts';

interface Case {
  tool: string;
  good: [Arguments, RegExp];
  /** Arguments that are refused, and the same mistake made with the runtime or library itself. */
  refused: [Arguments, () => string][];
}

const trip = { train: 'IC 1', date: '2025-07-01', class: 'second', seat: '12A', passenger: { name: 'Ada' } };

const cases: Case[] = [
  {
    tool: 'convert_units',
    good: [{ value: 26.2, unit: 'mile' }, /"given":"26\.2 mi".*"42\.1648 km"/],
    refused: [
      [{ value: 3, unit: 'km' }, thrown(() => new Intl.NumberFormat('en', { style: 'unit', unit: 'km' }))],
      [{ value: 3, unit: 'mile', locale: 'de_DE' }, thrown(() => new Intl.NumberFormat('de_DE'))],
    ],
  },
  {
    tool: 'format_money',
    good: [{ amount: -12.5, currency: 'JPY', locale: 'de-CH' }, /-13$/],
    refused: [
      [
        { amount: 5, currency: 'euro' },
        thrown(() => new Intl.NumberFormat('en', { style: 'currency', currency: 'euro' })),
      ],
    ],
  },
  {
    tool: 'local_time',
    good: [{ moment: '2025-07-01T12:00:00Z', zone: 'Asia/Tokyo' }, /Tuesday.* 1 July 2025.* 21:00:00/],
    refused: [
      [
        { moment: '2025-07-01T12:00:00Z', zone: 'Zurich' },
        thrown(() => new Intl.DateTimeFormat('en', { timeZone: 'Zurich' })),
      ],
      [{ moment: 'noon' }, thrown(() => new Intl.DateTimeFormat('en').format(new Date('noon')))],
    ],
  },
  {
    tool: 'look_up_code',
    good: [{ code: 'CH', kind: 'region', answer_in: 'de' }, /"Schweiz"/],
    refused: [
      [
        { code: 'CH', kind: 'country' },
        thrown(() => new Intl.DisplayNames('en', { type: 'country' as Intl.DisplayNamesType })),
      ],
      [
        { code: 'Switzerland', kind: 'region' },
        thrown(() => new Intl.DisplayNames('en', { type: 'region' }).of('Switzerland')),
      ],
    ],
  },
  {
    tool: 'style_text',
    good: [{ text: 'Careful', format: 'bold' }, /^"\\u001b\[1mCareful/],
    refused: [[{ text: 'Careful', format: 'loud' }, thrown(() => styleText('loud' as 'bold', 'Careful'))]],
  },
  {
    tool: 'write_number',
    good: [{ number: -255, base: 16 }, /^"-ff"$/],
    refused: [[{ number: 255, base: 64 }, thrown(() => 255n.toString(64))]],
  },
  {
    tool: 'sign_text',
    good: [{ text: 'Grüezi', key: 'k', encoding: 'base64' }, /^[A-Za-z0-9+/]{43}=$/],
    refused: [
      [{ text: 'Grüezi', key: 'k', algorithm: 'SHA-265' }, thrown(() => createHmac('SHA-265', 'k'))],
      [
        { text: 'Grüezi', key: 'k', encoding: 'hexadecimal' },
        thrown(() => Buffer.from('x').toString('hexadecimal' as 'hex')),
      ],
    ],
  },
  {
    tool: 'count_primes',
    good: [{ limit: 1000 }, /^\{"count":168,"largest":997\}$/],
    refused: [[{ limit: -5 }, thrown(() => new Array(-4))]],
  },
  {
    tool: 'query_library',
    good: [{ sql: 'SELECT name FROM members ORDER BY name LIMIT 1' }, /^\[\{"name":"Ada Brunner"\}\]$/],
    refused: [
      [{ sql: 'SELECT author FROM authors' }, sqlite('SELECT author FROM authors')],
      [{ sql: 'Who wrote Heidi?' }, sqlite('Who wrote Heidi?')],
    ],
  },
  {
    tool: 'repository_log',
    good: [
      { revision: 'v1.0', limit: 1, dates: 'short' },
      /^30d4179 2025-02-17 Ada Brunner: Leave five minutes/,
    ],
    refused: [
      [{ revision: 'lorem' }, git('log', 'lorem', '--')],
      [{ dates: 'fancy' }, git('log', '--date=fancy')],
      [{ revision: '--output=log.txt' }, git('log', '--end-of-options', '--output=log.txt', '--')],
    ],
  },
  {
    tool: 'station_board',
    good: [
      { station: 'BRN', time: '09:30', limit: 2 },
      /"departures":\[\{"time":"09:48","train":"IC 1","to":"SGL"\},\{/,
    ],
    refused: [
      [{ station: 'Bern' }, ajvSays('board', { station: 'Bern' })],
      [{ station: 'BRN', time: '9 am' }, ajvSays('board', { station: 'BRN', time: '9 am' })],
      [{ station: 'BRN', limit: 50 }, ajvSays('board', { station: 'BRN', limit: '50' })],
    ],
  },
  {
    tool: 'book_seat',
    good: [trip, /"booking":1/],
    refused: [
      [{ ...trip, class: '2nd' }, ajvSays('seat', { ...trip, class: '2nd' })],
      [{ ...trip, date: '1 July' }, ajvSays('seat', { ...trip, date: '1 July' })],
      [{ train: 'IC 1' }, ajvSays('seat', { train: 'IC 1' })],
    ],
  },
];

const schemas = (await import(pathToFileURL(join(examplesFolder, 'tools/trainsSchemas.mjs')).href)) as Record<
  'board' | 'seat',
  AnySchema
>;

describe('The sample tools', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'sample workspace '));
  const copy = join(temporary, 'ex amples');
  cpSync(examplesFolder, copy, { recursive: true, filter: (path) => !path.endsWith('.imaginarium') });
  const here = new SampleWorkspace(examplesFolder);
  const elsewhere = new SampleWorkspace(copy);

  after(() => {
    here.stop();
    elsewhere.stop();
    rmSync(temporary, { recursive: true });
  });

  it('are all called below', () => {
    assert.deepEqual(
      cases.map((one) => one.tool),
      here.manifest.tools.map((tool) => tool.name),
    );
  });

  for (const { tool, good, refused } of cases) {
    it(`${tool} answers, also where the folder is copied to, and refuses in the words of what is underneath`, async () => {
      const [answers, refusals] = await Promise.all([
        Promise.all([here, elsewhere].map((workspace) => workspace.call(tool, good[0]))),
        Promise.all(refused.map(([args]) => here.call(tool, args))),
      ]);
      for (const answer of answers) {
        assert.equal(answer.ok, true, answer.text);
        assert.match(answer.text, good[1]);
      }
      assert.deepEqual(
        refusals.map(({ ok, text }) => ({ ok, text })),
        refused.map(([, says]) => ({ ok: false, text: says() })),
      );
    });
  }

  it('count_primes dies of its memory limit', async () => {
    const answer = await here.call('count_primes', { limit: 5_000_000 });
    assert.equal(answer.ok, false);
    assert.match(answer.text, /JavaScript heap out of memory/);
    if (process.platform !== 'win32') assert.equal(answer.signal, 'SIGABRT');
  });

  it('query_library cannot write, neither to its file nor to a new one', async () => {
    const written = join(temporary, 'written.db');
    const attempts = [
      'DELETE FROM books',
      `VACUUM INTO '${written}'`,
      `ATTACH DATABASE '${written}' AS other`,
    ];
    const answers = await Promise.all(attempts.map((sql) => elsewhere.call('query_library', { sql })));
    assert.deepEqual(
      answers.map((answer) => answer.text),
      [
        'Error: attempt to write a readonly database',
        'Error: cannot VACUUM from within a transaction',
        `Error: unable to open database: ${written}`,
      ],
    );
  });

  it('book_seat gives a seat away once', async () => {
    const wish = { ...trip, seat: '7C' };
    const first = await elsewhere.call('book_seat', wish);
    const second = await elsewhere.call('book_seat', wish);
    assert.deepEqual([first.ok, second.ok, second.text], [true, false, '{"error":"Conflict"}']);
  });
});

/** The error of a call to the runtime, as a line. */
function thrown(work: () => unknown): () => string {
  return () => {
    try {
      work();
    } catch (error) {
      assert.ok(error instanceof Error);
      return `${error.name}: ${error.message}`;
    }
    throw new Error('The runtime accepts this');
  };
}

function sqlite(sql: string): () => string {
  return thrown(() => new DatabaseSync(':memory:').prepare(sql));
}

/** What git says about the same mistake in the repository itself. */
function git(...args: string[]): () => string {
  return () => {
    const cwd = join(examplesFolder, 'data/history.git');
    return spawnSync('git', ['--git-dir=.', ...args], { cwd, encoding: 'utf8' }).stderr.trim();
  };
}

/** What ajv says about these values, through the service's schema compiled here and now. */
function ajvSays(schema: 'board' | 'seat', values: Arguments): () => string {
  return () => {
    const ajv = new Ajv({ coerceTypes: true, useDefaults: true });
    formats.default(ajv, { mode: 'fast' });
    assert.equal(ajv.validate(schemas[schema], structuredClone(values)), false);
    return JSON.stringify({ error: ajv.errorsText() });
  };
}
