import assert from 'node:assert/strict';
import { example, inserted, refused, short } from './helpers.ts';

describe('insertion into text', () => {
  for (const languageId of ['prompt', 'instructions', 'chatagent', 'skill', 'markdown', 'plaintext']) {
    it(`${languageId}: headed blocks with fenced calls`, () => {
      assert.equal(
        inserted('You are kind.\n‸', { languageId }),
        [
          'You are kind.\n\n### Two days after Christmas?\n\nCall `add_date`:\n\n```json\n{\n  "date": "2024-12-25",\n  "days": 2\n}\n```\n',
          '\nResult:\n\n```\n2024-12-27\n```\n\nAnswer: The 27th.\n',
        ].join(''),
      );
    });
  }

  const markdown = { languageId: 'markdown', examples: [short] };
  for (const [name, before, after] of [
    ['an empty document', '‸', '### Q\n'],
    ['behind the line of the cursor', 'a‸b\nc\n', 'ab\n\n### Q\n\nc\n'],
    ['before a line, at its start', 'a\n\n‸b\n', 'a\n\n### Q\n\nb\n'],
    ['an empty line', 'a\n\n‸\n\nb\n', 'a\n\n### Q\n\nb\n'],
    ['the end without a newline', 'a‸', 'a\n\n### Q\n'],
    ['a selection is replaced', 'a\n\n«b»\n\nc\n', 'a\n\n### Q\n\nc\n'],
    ['line ends of its own', 'a\r\n‸\r\nb\r\n', 'a\r\n\r\n### Q\r\n\r\nb\r\n'],
    ['several cursors', '‸a\n\nb‸\n', '### Q\n\na\n\nb\n\n### Q\n'],
    [
      'not before front matter',
      '‸---\nmode: agent\n---\n\nText\n',
      '---\nmode: agent\n---\n\n### Q\n\nText\n',
    ],
    [
      'not inside of front matter',
      '---\nmode:‸ agent\n---\nText\n',
      '---\nmode: agent\n---\n\n### Q\n\nText\n',
    ],
    [
      'not inside of a code block',
      '````md\n```\nx‸\n```\n````\nText\n',
      '````md\n```\nx\n```\n````\n\n### Q\n\nText\n',
    ],
    ['before a code block, at its start', 'a\n\n‸```js\nx\n```\n', 'a\n\n### Q\n\n```js\nx\n```\n'],
    ['below the heading it stands under', '# A\n\n‸\n\n# B\n', '# A\n\n## Q\n\n# B\n'],
    [
      'a heading in a code block is none',
      '# A\n\n```sh\n### x\n```\n\n‸',
      '# A\n\n```sh\n### x\n```\n\n## Q\n',
    ],
    ['a byte order mark', '\ufeff‸---\na: 1\n---\n', '\ufeff---\na: 1\n---\n\n### Q\n'],
  ] as const) {
    it(name, () => assert.equal(inserted(before, markdown), after));
  }

  it('a code block that is not closed takes nothing', () => {
    assert.match(refused('```js\nx‸\n', markdown), /code block that is not closed/);
  });

  it('a prompt over the text protocol gets its lines', () => {
    const text = inserted('Thought: t\nAction: a\nAction Input: {}\nObservation: o\n\n‸', {
      languageId: 'plaintext',
    });
    assert.match(
      text,
      /o\n\nUser Query: .*\nThought: .*\nAction: add_date\nAction Input: \{.*\}\nObservation: 2024-12-27\nThought: .*\nFinal Answer: The 27th\.\n$/,
    );
    assert.match(inserted('The word Action: is here.\n‸', { languageId: 'plaintext' }), /### Two/);
  });

  it('a form that is data stands in a fence in Markdown, and as it is in plain text', () => {
    assert.match(inserted('‸', { ...markdown, form: 'messages' }), /^```json\n\[\n[^`]*\]\n```\n$/);
    assert.doesNotThrow(() =>
      JSON.parse(inserted('‸', { ...markdown, languageId: 'plaintext', form: 'objects' })),
    );
  });

  it('a language that is not known takes nothing, and says so', () => {
    assert.match(refused('‸', { languageId: 'rust' }), /language rust is not known/);
  });

  it('demonstrations say that they are', () => {
    assert.match(
      inserted('‸', { languageId: 'markdown', examples: [example({}, false)] }),
      /\n\n\(Demonstration: /,
    );
  });
});
