import assert from 'node:assert/strict';
import { readPlayed } from '../../../../src/core/simulate/readPlayed.ts';

describe('What a player of a tool answers', () => {
  const cases: [string, string, ReturnType<typeof readPlayed>][] = [
    ['a result', '{"status":"ok","content":{"id":1}}', { status: 'ok', content: '{"id":1}' }],
    ['a text', '{"status":"ok","content":"12 °C"}', { status: 'ok', content: '12 °C' }],
    ['a list', '{"status":"ok","content":[1,2]}', { status: 'ok', content: '[1,2]' }],
    ['nothing to say', '{"status":"ok","content":null}', { status: 'ok', content: '' }],
    [
      'a refusal',
      '{"status":"rejected","message":"404: gone"}',
      { status: 'rejected', content: '404: gone' },
    ],
    [
      'a refusal as content',
      '{"status":"rejected","content":{"code":404}}',
      { status: 'rejected', content: '{"code":404}' },
    ],
    ['a refusal without words', '{"status":"rejected"}', { status: 'rejected', content: 'Refused.' }],
    ['an error', '{"status":"error","message":"no"}', { status: 'rejected', content: 'no' }],
    ['a fence', '```json\n{"status":"ok","content":1}\n```', { status: 'ok', content: '1' }],
    ['prose around it', 'Sure: {"status": "ok", "content": "x"} Done.', { status: 'ok', content: 'x' }],
    ['a cut answer', '{"status": "ok", "content": "a long te', { status: 'ok', content: 'a long te' }],
    ['a bare result', '{"id":7,"name":"x"}', { status: 'ok', content: '{"id":7,"name":"x"}' }],
    [
      'a result with a status of its own',
      '{"status":"shipped","id":7}',
      { status: 'ok', content: '{"status":"shipped","id":7}' },
    ],
    ['plain words', 'Sunny, 12 degrees.', { status: 'ok', content: 'Sunny, 12 degrees.' }],
    ['a list of objects', '[{"status":"ok"}]', { status: 'ok', content: '[{"status":"ok"}]' }],
    ['nothing', '  \n', null],
  ];
  for (const [what, text, read] of cases) {
    it(`is read: ${what}`, () => assert.deepEqual(readPlayed(text), read));
  }
});
