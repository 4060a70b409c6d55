import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonObject } from '../../../../src/core/json.ts';
import { requestPhrase } from '../../../../src/models/offline/phrase.ts';
import { readQuery, writeQuery } from '../../../../src/models/offline/query.ts';
import { unlistedSlot } from '../../../../src/models/offline/slots.ts';
import { toolOf } from './world.ts';

const tool = toolOf('add_days', 'Adds a number of days to a date. Weekends count.', {
  type: 'object',
  properties: {
    date: { type: 'string' },
    days: { type: 'integer' },
    toDate: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    person: { type: 'object', properties: { name: { type: 'string' }, age: { type: 'number' } } },
  },
});

describe('queries of the offline sampler', () => {
  it('hands over as data what is too much for a sentence', () => {
    const args = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`field_${index}`, `value ${index}`]),
    );
    const query = writeQuery(tool, args, 0);
    assert.match(query, /My data: \{"field_0":"value 0",/);
    assert.deepEqual(readQuery(tool, query), args);
  });

  it('states the values in words', () => {
    assert.equal(
      writeQuery(tool, { date: '2024-05-01', days: 3 }, 0),
      'Add a number of days to a date: date 2024-05-01 and days 3.',
    );
    assert.equal(
      writeQuery(tool, { date: 'next May', toDate: true, days: -1 }, 1),
      'Please add a number of days to a date, with date "next May", to date yes and days -1.',
    );
    assert.equal(writeQuery(tool, {}, 0), 'Please add a number of days to a date.');
  });

  it('asks with the verb that the description has', () => {
    for (const [description, asked] of [
      ['Echoes back the input', 'echo back the input'],
      ['Searches a page', 'search a page'],
      ['Copies a file', 'copy a file'],
    ] as const) {
      assert.equal(requestPhrase(toolOf('t', description, { type: 'object' })), asked);
    }
  });

  it('gets back exactly the arguments that it stated', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '3',
        'yes',
        'null',
        'a, b and days 4',
        'x.',
        '"',
        'days 7',
        'My data: {}',
        '[1]',
        '-',
        '€',
      ),
    );
    const args = fc.record(
      {
        date: text,
        days: fc.oneof(
          fc.integer(),
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
        ),
        toDate: fc.oneof(fc.boolean(), fc.constant(null)),
        tags: fc.array(text, { maxLength: 3 }),
        person: fc.record({ name: text, age: fc.integer() }, { requiredKeys: ['name'] }),
        hidden_one: text,
      },
      { requiredKeys: [] },
    );
    const extra = [unlistedSlot('/hidden_one')];
    fc.assert(
      fc.property(args, fc.nat(20), (given, way) => {
        const written = writeQuery(tool, given as JsonObject, way);
        assert.deepEqual(readQuery(tool, written, extra) ?? {}, JSON.parse(JSON.stringify(given)));
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('does not take another sentence for one of its own', () => {
    assert.equal(readQuery(tool, 'How many days is it to the date of the party?'), null);
    assert.equal(readQuery(tool, ''), null);
  });

  it('asks for what the description says, without the name of the tool', () => {
    const phrases: [string, string, string][] = [
      ['tool_a', 'Adds numbers.', 'add numbers'],
      ['tool_b', 'Returns the weather of a city (in Celsius).', 'show me the weather of a city'],
      ['tool_c', 'Searches the archive; slow.', 'search the archive; slow'],
      ['tool_d', 'Copies a file to a folder.', 'copy a file to a folder'],
      ['tool_e', 'Currency conversion at daily rates.', 'find out about currency conversion at daily rates'],
      ['tool_f', '', 'help me with something'],
      ['frobnicate', 'Frobnicate does it. Turns a text into a picture.', 'turn a text into a picture'],
      ['tool_g', '**Status** of a job', 'find out about status of a job'],
    ];
    for (const [name, description, phrase] of phrases) {
      assert.equal(requestPhrase(toolOf(name, description, {})), phrase);
    }
  });
});
