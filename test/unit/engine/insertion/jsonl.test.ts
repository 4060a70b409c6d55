import assert from 'node:assert/strict';
import { example, inserted, refused, short } from './helpers.ts';

const jsonl = { languageId: 'jsonl', examples: [short] };
const line = '{"query":"Q","calls":[]}';

describe('insertion into JSON lines', () => {
  for (const [name, before, after] of [
    ['an empty document', '‸', `${line}\n`],
    [
      'behind the line of the cursor',
      '{"query":"‸a"}\n{"query":"b"}\n',
      `{"query":"a"}\n${line}\n{"query":"b"}\n`,
    ],
    [
      'before a line, at its start',
      '{"query":"a"}\n‸{"query":"b"}\n',
      `{"query":"a"}\n${line}\n{"query":"b"}\n`,
    ],
    ['an empty line', '{"query":"a"}\n‸\n{"query":"b"}\n', `{"query":"a"}\n${line}\n{"query":"b"}\n`],
    ['the end', '{"query":"a"}\n‸', `{"query":"a"}\n${line}\n`],
    ['the end without a newline', '{"query":"a"}‸', `{"query":"a"}\n${line}\n`],
    [
      'a line that is selected',
      '{"query":"a"}\n«{"query":"b"}\n»{"query":"c"}\n',
      `{"query":"a"}\n${line}\n{"query":"c"}\n`,
    ],
    ['part of a line', '{"query":"«a»"}\n', `{"query":"a"}\n${line}\n`],
    [
      'line ends of its own',
      '{"query":"a"}‸\r\n{"query":"b"}\r\n',
      `{"query":"a"}\r\n${line}\r\n{"query":"b"}\r\n`,
    ],
    ['a byte order mark', '\ufeff‸', `\ufeff${line}\n`],
  ] as const) {
    it(name, () => assert.equal(inserted(before, jsonl), after));
  }

  it('as the lines there are: rows with messages, or one message a line', () => {
    const message = '{"role":"user","content":"Q"}';
    assert.equal(inserted('{"messages":[]}\n‸', jsonl), `{"messages":[]}\n{"messages":[${message}]}\n`);
    assert.equal(inserted('{"role":"user"}\n‸', jsonl), `{"role":"user"}\n${message}\n`);
  });

  it('the name of the file tells, too', () => {
    assert.equal(inserted('‸', { ...jsonl, languageId: 'plaintext', fileName: 'train.jsonl' }), `${line}\n`);
  });

  it('one line an example, several cursors', () => {
    const text = inserted('‸{"query":"a"}\n{"query":"b"}‸\n', { ...jsonl, examples: [example(), short] });
    const rows = text
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row).query);
    assert.deepEqual(rows, ['Two days after Christmas?', 'Q', 'a', 'b', 'Two days after Christmas?', 'Q']);
  });

  it('nothing where a line is broken, or the form has no lines', () => {
    assert.match(refused('{"a":1}\n{‸\n', jsonl), /^Line 2 is no JSON/);
    refused('‸', { ...jsonl, form: 'markdown' });
  });
});
