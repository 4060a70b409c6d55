import assert from 'node:assert/strict';
import { example, insert, inserted, refused, short, withEdits } from './helpers.ts';

const json = { languageId: 'json', examples: [short] };
const Q = '{\n      "role": "user",\n      "content": "Q"\n    }';

describe('insertion into JSON', () => {
  describe('an array of messages', () => {
    const rows: [name: string, before: string, after: string][] = [
      ['an empty document', '‸', '[\n  {\n    "role": "user",\n    "content": "Q"\n  }\n]\n'],
      ['an empty document of spaces', '\n ‸\n', '[\n  {\n    "role": "user",\n    "content": "Q"\n  }\n]\n'],
      ['an empty root', '[‸]\n', '[\n  {\n    "role": "user",\n    "content": "Q"\n  }\n]\n'],
      ['an empty array by its key', '{\n  "messages": [‸]\n}', `{\n  "messages": [\n    ${Q}\n  ]\n}`],
      ['its empty line', '{\n  "messages": [\n    ‸\n  ]\n}', `{\n  "messages": [\n    ${Q}\n  ]\n}`],
      [
        'first',
        '{\n  "messages": [\n    ‸{ "role": "system" }\n  ]\n}',
        `{\n  "messages": [\n    ${Q},\n    { "role": "system" }\n  ]\n}`,
      ],
      [
        'first, on an empty line',
        '{\n  "messages": [\n    ‸\n    { "role": "system" }\n  ]\n}',
        `{\n  "messages": [\n    ${Q},\n    { "role": "system" }\n  ]\n}`,
      ],
      [
        'between, on an empty line',
        '{\n  "messages": [\n    { "role": "a" },\n    ‸\n    { "role": "b" }\n  ]\n}',
        `{\n  "messages": [\n    { "role": "a" },\n    ${Q},\n    { "role": "b" }\n  ]\n}`,
      ],
      [
        'between, in the middle of an element: behind it',
        '{\n  "messages": [\n    { "role": "‸a" },\n    { "role": "b" }\n  ]\n}',
        `{\n  "messages": [\n    { "role": "a" },\n    ${Q},\n    { "role": "b" }\n  ]\n}`,
      ],
      [
        'between two in one line',
        '{\n  "messages": [\n    { "role": "a" }, ‸{ "role": "b" }\n  ]\n}',
        `{\n  "messages": [\n    { "role": "a" },\n    ${Q},\n    { "role": "b" }\n  ]\n}`,
      ],
      [
        'last',
        '{\n  "messages": [\n    { "role": "a" }‸\n  ]\n}',
        `{\n  "messages": [\n    { "role": "a" },\n    ${Q}\n  ]\n}`,
      ],
      [
        'last, on an empty line',
        '{\n  "messages": [\n    { "role": "a" }\n    ‸\n  ]\n}',
        `{\n  "messages": [\n    { "role": "a" },\n    ${Q}\n  ]\n}`,
      ],
      [
        'last, before a bracket in the same line',
        '{\n  "messages": [\n    { "role": "a" }‸]\n}',
        `{\n  "messages": [\n    { "role": "a" },\n    ${Q}\n  ]\n}`,
      ],
      [
        'all in one line',
        '[{"role":"a‸"},{"role":"b"}]',
        '[{"role":"a"}, {"role":"user","content":"Q"},{"role":"b"}]',
      ],
      ['one line, at the end', '[{"role":"a"}‸]', '[{"role":"a"}, {"role":"user","content":"Q"}]'],
      ['one line, at the beginning', '[‸{"role":"a"}]', '[{"role":"user","content":"Q"}, {"role":"a"}]'],
      [
        'an element that is selected is replaced',
        '[\n  { "role": "a" },\n  «{ "role": "b" }»,\n  { "role": "c" }\n]',
        '[\n  { "role": "a" },\n  {\n    "role": "user",\n    "content": "Q"\n  },\n  { "role": "c" }\n]',
      ],
      [
        'elements selected with their comma and line ends',
        '[«\n  { "role": "a" },\n  { "role": "b" },\n»  { "role": "c" }\n]',
        '[\n  {\n    "role": "user",\n    "content": "Q"\n  },\n  { "role": "c" }\n]',
      ],
      [
        'part of an element that is selected stays',
        '[{"ro«le":"a"»}]',
        '[{"role":"a"}, {"role":"user","content":"Q"}]',
      ],
      [
        'a value that is selected',
        '{"messages": «null»}',
        '{"messages": [\n  {\n    "role": "user",\n    "content": "Q"\n  }\n]}',
      ],
      ['the whole array', '«[{"role":"a"}]»', '[\n  {\n    "role": "user",\n    "content": "Q"\n  }\n]'],
      [
        'no final newline',
        '{"messages":[{"role":"a"}‸]}',
        '{"messages":[{"role":"a"}, {"role":"user","content":"Q"}]}',
      ],
      ['a byte order mark', '\ufeff[‸]', '\ufeff[\n  {\n    "role": "user",\n    "content": "Q"\n  }\n]'],
      [
        'deep within',
        '[{"a":[{"messages":[‸]}]}]',
        '[{"a":[{"messages":[\n  {\n    "role": "user",\n    "content": "Q"\n  }\n]}]}]',
      ],
    ];
    for (const [name, before, after] of rows) {
      it(name, () => {
        assert.equal(inserted(before, json), after);
        JSON.parse(after.replace('\ufeff', ''));
      });
    }
  });

  it('keeps line ends and tabs', () => {
    const text = inserted('{\r\n\t"messages": [\r\n\t\t{ "role": "a" }‸\r\n\t]\r\n}\r\n', {
      ...json,
      indent: '\t',
    });
    assert.equal(
      text,
      '{\r\n\t"messages": [\r\n\t\t{ "role": "a" },\r\n\t\t{\r\n\t\t\t"role": "user",\r\n\t\t\t"content": "Q"\r\n\t\t}\r\n\t]\r\n}\r\n',
    );
  });

  it('never comes between a call and its result', () => {
    const call = '{"role":"assistant","tool_calls":[]}';
    const text = inserted(`[${call}‸,{"role":"tool"},{"role":"tool"},{"role":"user"}]`, json);
    assert.deepEqual(
      JSON.parse(text).map(({ role }: { role: string }) => role),
      ['assistant', 'tool', 'tool', 'user', 'user'],
    );
    const replaced = inserted(`[«${call}»,{"role":"tool"}]`, json);
    assert.equal(JSON.parse(replaced).length, 3);
  });

  it('ids of calls are unique: among the examples, the cursors, and those that are there', () => {
    const there = '{"role":"assistant","tool_calls":[{"id":"call_2"}]}';
    const setup = { languageId: 'json', examples: [example(), example()] };
    const text = inserted(`{"a":{"messages":[‸]},"b":{"messages":[${there}‸]}}`, setup);
    const ids = [...text.matchAll(/"id":\s*"(\w+)"/g)].map(([, id]) => id);
    assert.deepEqual(ids, ['call_1', 'call_3', 'call_2', 'call_4', 'call_5']);
    const results = [...text.matchAll(/"tool_call_id":\s*"(\w+)"/g)].map(([, id]) => id);
    assert.deepEqual(results, ['call_1', 'call_3', 'call_4', 'call_5']);
  });

  it('several cursors: in different gaps, and twice in the same one', () => {
    const text = inserted(
      '{\n  "messages": [\n    ‸{ "role": "a" },\n    { "role"‸: "b"‸ }‸,\n    { "role": "c" }‸\n  ]\n}',
      json,
    );
    const roles = JSON.parse(text).messages.map(({ role }: { role: string }) => role);
    assert.deepEqual(roles, ['user', 'a', 'b', 'user', 'c', 'user']);
  });

  describe('an Anthropic tool', () => {
    const setup = {
      languageId: 'json',
      examples: [example(), example({ calls: [{ tool: 'x#other', arguments: { a: 1 }, observation: '' }] })],
    };
    const input = [{ date: '2024-12-25', days: 2 }];

    it('gets input_examples where it has none, wherever in it the cursor is', () => {
      for (const tool of [
        '{"name":"add_date","input_schema":{"type":"object"}‸}',
        '{‸"name":"add_date","input_schema":{"type":"object"}}',
        '{"name":"add_date","input_schema":{"properties":{"a":{"enum":[‸]}}}}',
        '{"name":"add_date","input_schema":{"properties":{"a":{"type":"string","examples":["x"‸]}}}}',
        '{\n  "name": "add_date",\n  "input_schema": { "type": "object" }‸\n}',
      ]) {
        assert.deepEqual(
          JSON.parse(inserted(`{"tools":[${tool}]}`, setup)).tools[0].input_examples,
          input,
          tool,
        );
      }
    });

    it('gets more of them, and none twice', () => {
      const tool = '{"name":"add_date","input_examples":[{"days":1}‸],"input_schema":{}}';
      assert.deepEqual(JSON.parse(inserted(tool, setup)).input_examples, [{ days: 1 }, ...input]);
      const has = '{"name":"add_date","input_examples":[{"days":2,"date":"2024-12-25"}‸],"input_schema":{}}';
      assert.match(refused(has, setup), /stand at add_date already/);
    });

    it('of another name gets nothing', () => {
      assert.match(refused('{"name":"sub","input_schema":{}‸}', setup), /None of these examples calls sub/);
    });

    it('between two tools is no place', () => {
      assert.match(
        refused('{"tools":[{"name":"a","input_schema":{}},‸ {"name":"add_date","input_schema":{}}]}', setup),
        /none of the places/,
      );
    });
  });

  describe('an array of examples takes objects', () => {
    const setup = { languageId: 'json', examples: [example({ answer: null })] };
    const object = {
      query: 'Two days after Christmas?',
      calls: [{ tool: 'add_date', arguments: { date: '2024-12-25', days: 2 }, observation: '2024-12-27' }],
    };
    for (const [name, text] of [
      ['by its key', '{"few_shot":[‸]}'],
      ['by the shape of its elements', '[{"query":"a","answer":"b"}‸]'],
    ] as const) {
      it(name, () => {
        const value = JSON.parse(inserted(text, setup));
        assert.deepEqual((value.few_shot ?? value).at(-1), object);
      });
    }

    it('or rows with messages, where that is what it has', () => {
      const rows = JSON.parse(inserted('[{"messages":[{"role":"user","content":"a"}],"tools":[]}‸]', json));
      assert.deepEqual(rows[1], { messages: [{ role: 'user', content: 'Q' }] });
    });

    it('in a JSON Schema, examples are something else', () => {
      refused('{"type":"string","examples":[‸]}', setup);
    });
  });

  describe('nothing, with a reason and a text to copy', () => {
    for (const [name, text, why] of [
      ['a document that is broken', '{"messages": [‸}', /not valid JSON as it stands: line 1/],
      ['an array of texts', '{"messages": ["a"‸]}', /none of the places/],
      ['an object', '{‸}', /none of the places/],
      ['OpenAI tools', '{"tools": [‸]}', /none of the places/],
      ['an array that nobody knows', '{"files": [‸]}', /none of the places/],
      ['behind the document', '[]\n‸', /none of the places/],
    ] as const) {
      it(name, () => assert.match(refused(text, json), why));
    }

    it('names the line where there are several cursors', () => {
      assert.match(refused('{\n"messages": [‸],\n"x": [‸]}', json), /^Line 3: /);
    });
  });

  describe('with comments', () => {
    const jsonc = { ...json, languageId: 'jsonc' };
    for (const [name, before, after] of [
      [
        'behind a trailing comma',
        '[\n  {"role":"a"}, // one\n  ‸\n]',
        '[\n  {"role":"a"}, // one\n  {\n    "role": "user",\n    "content": "Q"\n  },\n]',
      ],
      [
        'behind a comment',
        '[\n  {"role":"a"} // one‸\n]',
        '[\n  {"role":"a"}, // one\n  {\n    "role": "user",\n    "content": "Q"\n  }\n]',
      ],
      [
        'in an array that has a comment alone',
        '{"messages": [ // c‸\n]}',
        '{"messages": [ // c\n  {\n    "role": "user",\n    "content": "Q"\n  }\n]}',
      ],
      [
        'in a document that has a comment alone',
        '// c\n‸',
        '// c\n[\n  {\n    "role": "user",\n    "content": "Q"\n  }\n]\n',
      ],
      [
        'with brackets in comments',
        '[/* ] , */ {"role":"a" /* } */} /* [ */‸]',
        '[/* ] , */ {"role":"a" /* } */}, {"role":"user","content":"Q"} /* [ */]',
      ],
    ] as const) {
      it(name, () => assert.equal(inserted(before, jsonc), after));
    }

    it('also in a document that calls itself plain JSON; comments come into none', () => {
      assert.match(inserted('[\n  {"role":"a"}, // one\n  ‸\n]', json), /"Q"\n {2}\},\n\]$/);
      const demonstration = { examples: [example({}, false)] };
      const tool = '{"name":"add_date","input_schema":{}‸}';
      assert.doesNotMatch(inserted(tool, { languageId: 'json', ...demonstration }), /Demonstration/);
      const lines = '{\n  "name":"add_date",\n  "input_schema":{}‸\n}';
      assert.match(inserted(lines, { languageId: 'jsonc', ...demonstration }), /\/\/ Demonstration: /);
    });
  });

  describe('a form that the person chose', () => {
    it('goes into an array that nobody knows', () => {
      assert.equal(JSON.parse(inserted('{"x": [‸]}', { ...json, form: 'objects' })).x[0].query, 'Q');
    });

    it('does not go where it is wrong', () => {
      refused('{"messages": [{"role":"a"}‸]}', { ...json, form: 'objects' });
      refused('{"tools": [‸]}', { ...json, form: 'messages' });
    });

    it('as text goes into a string, escaped, and nowhere else', () => {
      const setup = { ...json, form: 'markdown' as const };
      assert.deepEqual(JSON.parse(inserted('{"system": "You \\"are\\".‸"}', setup)), {
        system: 'You "are".\n\n### Q',
      });
      assert.deepEqual(JSON.parse(inserted('{"system": "a\\‸u0041b"}', setup)), {
        system: 'aA\n\n### Q\n\nb',
      });
      refused('{"sys‸tem": "a"}', setup);
      refused('{"messages": [‸]}', setup);
    });
  });

  it('demonstrations carry a mark', () => {
    const setup = { languageId: 'json', examples: [example({}, false)] };
    assert.equal(JSON.parse(inserted('{"messages":[‸]}', setup)).messages[0].name, 'demonstration');
    assert.equal(JSON.parse(inserted('{"examples":[‸]}', setup)).examples[0].demonstration, true);
  });

  it('simulated examples carry a mark', () => {
    const played = example({});
    played.provenance.simulated = true;
    const setup = { languageId: 'json', examples: [played] };
    assert.equal(JSON.parse(inserted('{"messages":[‸]}', setup)).messages[0].name, 'simulated');
    assert.equal(JSON.parse(inserted('{"examples":[‸]}', setup)).examples[0].simulated, true);
    const lines = '{\n  "name":"add_date",\n  "input_schema":{}‸\n}';
    assert.match(inserted(lines, { ...setup, languageId: 'jsonc' }), /\/\/ Simulated: /);
  });

  it('edits stand in order and are of the text that was sent', () => {
    const { text, answer } = insert('{"b":{"messages":[‸]},"a":{"messages":[‸]}}', json);
    assert.ok('edits' in answer);
    assert.equal(answer.edits.length, 2);
    assert.equal(answer.form, 'messages');
    JSON.parse(withEdits(text, answer.edits));
  });
});
