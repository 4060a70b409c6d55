import assert from 'node:assert/strict';
import { parse, parseAllDocuments } from 'yaml';
import { example, inserted, refused, short } from './helpers.ts';

const yaml = { languageId: 'yaml', examples: [short] };
const q = '- role: user\n    content: Q';

describe('insertion into YAML', () => {
  describe('a list of messages', () => {
    const rows: [name: string, before: string, after: string][] = [
      ['an empty document', '‸', '- role: user\n  content: Q\n'],
      ['a document of comments', '# c\n‸', '# c\n- role: user\n  content: Q\n'],
      ['behind a key', 'messages:‸\n', `messages:\n  ${q}\n`],
      ['behind a key with a comment', 'messages: # c‸\nb: 1\n', `messages: # c\n  ${q}\nb: 1\n`],
      ['in the empty line under a key', 'messages:\n  ‸\nb: 1\n', `messages:\n  ${q}\nb: 1\n`],
      ['empty brackets', 'messages: [‸]\nb: 1\n', `messages:\n  ${q}\nb: 1\n`],
      ['empty brackets with a comment', 'messages: []‸ # c\n', `messages: # c\n  ${q}\n`],
      ['a root of empty brackets', '[‸]\n', '- role: user\n  content: Q\n'],
      ['a dash that waits', 'messages:\n  - role: a\n  - ‸\n', `messages:\n  - role: a\n  ${q}\n`],
      ['first', '‸- role: a\n', '- role: user\n  content: Q\n- role: a\n'],
      ['between', '- role: a‸\n- role: b\n', '- role: a\n- role: user\n  content: Q\n- role: b\n'],
      [
        'between, on an empty line',
        '- role: a\n‸\n- role: b\n',
        '- role: a\n- role: user\n  content: Q\n- role: b\n',
      ],
      [
        'between, with comments',
        '- role: a # one‸\n# two\n- role: b\n',
        '- role: a # one\n- role: user\n  content: Q\n# two\n- role: b\n',
      ],
      ['last', '- role: a\n- role: b‸\n', '- role: a\n- role: b\n- role: user\n  content: Q\n'],
      ['last, on the line behind', '- role: a\n‸', '- role: a\n- role: user\n  content: Q\n'],
      ['no final newline', '- role: a‸', '- role: a\n- role: user\n  content: Q'],
      [
        'a list in the column of its key',
        'messages:\n- role: a‸\nb: 1\n',
        'messages:\n- role: a\n- role: user\n  content: Q\nb: 1\n',
      ],
      ['nested', '- - role: a‸\n- x\n', '- - role: a\n  - role: user\n    content: Q\n- x\n'],
      ['nested, first', '- ‸- role: a\n', '- - role: user\n    content: Q\n  - role: a\n'],
      [
        'an empty line says by its column how deep',
        'a:\n  messages:\n    - role: a\n    ‸\n',
        'a:\n  messages:\n    - role: a\n    - role: user\n      content: Q\n',
      ],
      [
        'behind a block of text',
        '- content: |\n    x\n  role: a\n- role: a\n  content: |\n    y\n‸',
        '- content: |\n    x\n  role: a\n- role: a\n  content: |\n    y\n- role: user\n  content: Q\n',
      ],
      [
        'in brackets',
        'messages: [{role: a}‸]\n',
        'messages: [{role: a}, { "role": "user", "content": "Q" }]\n',
      ],
      [
        'in brackets, first',
        'messages: [‸{role: a}]\n',
        'messages: [{ "role": "user", "content": "Q" }, {role: a}]\n',
      ],
      [
        'in brackets over lines',
        'messages: [\n  {role: a},‸\n  {role: b},\n]\n',
        'messages: [\n  {role: a},\n  { "role": "user", "content": "Q" },\n  {role: b},\n]\n',
      ],
      [
        'an element that is selected',
        '- role: a\n«- role: b\n»- role: c\n',
        '- role: a\n- role: user\n  content: Q\n- role: c\n',
      ],
      [
        'line ends of its own',
        'messages:\r\n  - role: a‸\r\nb: 1\r\n',
        'messages:\r\n  - role: a\r\n  - role: user\r\n    content: Q\r\nb: 1\r\n',
      ],
      ['a byte order mark', '\ufeffmessages:‸\n', `\ufeffmessages:\n  ${q}\n`],
      [
        'one document of several',
        'a: 1\n---\nmessages:‸\n---\nmessages:\n',
        `a: 1\n---\nmessages:\n  ${q}\n---\nmessages:\n`,
      ],
      [
        'an empty document of several',
        '---\na: 1\n---\n‸\n---\nb: 2\n',
        '---\na: 1\n---\n- role: user\n  content: Q\n---\nb: 2\n',
      ],
      [
        'an anchor stays',
        'messages: &m\n  - role: a‸\nn: *m\n',
        'messages: &m\n  - role: a\n  - role: user\n    content: Q\nn: *m\n',
      ],
    ];
    for (const [name, before, after] of rows) {
      it(name, () => {
        assert.equal(inserted(before, yaml), after);
        for (const one of parseAllDocuments(after)) assert.deepEqual('errors' in one ? one.errors : [], []);
      });
    }
  });

  it('has the indentation of the editor, and never tabs', () => {
    const setup = { languageId: 'yaml', examples: [example({ answer: null })] };
    assert.match(
      inserted('examples:‸\n', { ...setup, indent: '    ' }),
      /^examples:\n {4}- query: .*\n {6}calls:\n {10}- tool/,
    );
    assert.doesNotMatch(inserted('examples:‸\n', { ...setup, indent: '\t' }), /\t/);
  });

  it('several cursors, ids of calls unique', () => {
    const text = inserted('a:\n  messages:‸\nb:\n  messages:‸\nc:\n  messages: ‸[]\n', {
      languageId: 'yaml',
    });
    const { a, b, c } = parse(text);
    const ids = [a, b, c].map(({ messages }) => messages[1].tool_calls[0].id);
    assert.deepEqual(ids, ['call_1', 'call_2', 'call_3']);
    assert.equal(messagesOf(text).length, 12);
  });

  it('an Anthropic tool gets input_examples', () => {
    const setup = { languageId: 'yaml', examples: [example()] };
    const tools = 'tools:\n  - name: add_date\n    input_schema:\n      type: object‸\n  - name: b\n';
    assert.equal(
      inserted(tools, setup),
      'tools:\n  - name: add_date\n    input_schema:\n      type: object\n    input_examples:\n      - date: "2024-12-25"\n        days: 2\n  - name: b\n',
    );
    const has = 'name: add_date\ninput_schema: {type: object}\ninput_examples:\n  - days: 1\nx: 1‸\n';
    assert.deepEqual(parse(inserted(has, setup)).input_examples, [
      { days: 1 },
      { date: '2024-12-25', days: 2 },
    ]);
    assert.equal(
      parse(inserted('[{name: add_date, input_schema: {type: object‸}}]\n', setup))[0].input_examples.length,
      1,
    );
    assert.match(refused('name: sub\ninput_schema: {}‸\n', setup), /None of these examples calls sub/);
    const marked = { languageId: 'yaml', examples: [example({}, false)] };
    assert.match(inserted(has, marked), / {2}# Demonstration: .*\n {2}- date/);
  });

  describe('a block of text', () => {
    for (const [name, before, after] of [
      [
        'behind its line',
        'prompt: |\n  You are.‸\n  Then.\nb: 1\n',
        'prompt: |\n  You are.\n\n  ### Q\n\n  Then.\nb: 1\n',
      ],
      [
        'in its empty line',
        'prompt: |\n  You are.\n\n  ‸\n\n  Then.\n',
        'prompt: |\n  You are.\n\n  ### Q\n\n  Then.\n',
      ],
      ['that is empty', 'a:\n  prompt: |‸\nb: 1\n', 'a:\n  prompt: |\n    ### Q\nb: 1\n'],
      ['at the end of the file', 'prompt: |\n  You are.‸', 'prompt: |\n  You are.\n\n  ### Q'],
      [
        'that is deeper than usual',
        'prompt: |-\n      You are.‸\n',
        'prompt: |-\n      You are.\n\n      ### Q\n',
      ],
      [
        'of an element',
        '- role: system\n  content: |\n    You are.‸\n- role: user\n',
        '- role: system\n  content: |\n    You are.\n\n    ### Q\n- role: user\n',
      ],
    ] as const) {
      it(name, () => {
        assert.equal(inserted(before, yaml), after);
      });
    }

    it('that is a prompt over the text protocol gets its lines', () => {
      const text = inserted('p: |\n  Thought: t\n  Action: a\n  Action Input: {}‸\n', { languageId: 'yaml' });
      assert.match(parse(text).p, /^Action: add_date\nAction Input: \{"date"/m);
    });

    it('that is folded would be spoilt', () => {
      assert.match(refused('prompt: >\n  You are.‸\n', yaml), /folded block/);
    });

    it('in double quotes takes text where that was asked for', () => {
      assert.deepEqual(parse(inserted('p: "a‸"\n', { ...yaml, form: 'markdown' })), { p: 'a\n\n### Q' });
    });
  });

  for (const [name, text, why] of [
    ['a document that is broken', 'messages: [\n‸a: }\n', /not valid YAML as it stands: line/],
    ['a plain text', 'a: b‸\n', /none of the places/],
    ['a list of texts', 'messages:\n  - a‸\n', /none of the places/],
    ['OpenAI tools', 'tools:\n  - type: function\n    function: {name: a}\n  ‸\n', /none of the places/],
    ['a list that nobody knows', 'files: [‸]\n', /none of the places/],
  ] as const) {
    it(`nothing: ${name}`, () => assert.match(refused(text, yaml), why));
  }
});

function messagesOf(text: string): unknown[] {
  return Object.values(parse(text)).flatMap((one) => (one as { messages: unknown[] }).messages);
}

describe('insertion of calls that failed first', () => {
  const failed = example({
    contrasts: [
      {
        tool: example().tool,
        arguments: { date: 'x' },
        failure: { type: 'rejected', message: 'No date:\n# x' },
      },
    ],
  });
  const line = '# Not this: add_date {"date":"x"} (No date: # x).';

  it('is a comment of YAML, and nothing where comments are not', () => {
    const tool = 'name: add_date\ninput_schema: {}\ninput_examples:\n  - date: a‸\n';
    const text = inserted(tool, { languageId: 'yaml', examples: [failed] });
    assert.ok(text.includes(`\n  ${line}\n  - date: `), text);
    const objects = inserted('examples:‸\n', { languageId: 'yaml', examples: [failed], form: 'objects' });
    assert.ok(objects.includes(line));
    const messages = inserted('messages:‸\n', { languageId: 'yaml', examples: [failed] });
    assert.equal(messages.includes('Not this'), false);
    const json = inserted('[‸]', { languageId: 'json', examples: [failed], form: 'objects' });
    assert.equal(json.includes('Not this'), false);
  });

  it('takes an abstention as a query and an answer', () => {
    const asked = example({ kind: 'missing_value', calls: [], query: 'Later?', answer: 'From when?' });
    const text = inserted('messages:‸\n', { languageId: 'yaml', examples: [asked] });
    assert.deepEqual(parse(text), {
      messages: [
        { role: 'user', content: 'Later?' },
        { role: 'assistant', content: 'From when?' },
      ],
    });
  });
});
