import assert from 'node:assert/strict';
import {
  type AcceptedCall,
  exactly,
  type Gold,
  type Prediction,
  predictedCall,
  type Question,
  type ToolDoc,
  type Verdict,
} from '../../../../../src/core/evaluate/grade.ts';
import { parsePythonJson } from '../../../../../src/core/evaluate/python/json.ts';
import type { PythonDict, PythonValue } from '../../../../../src/core/evaluate/python/values.ts';
import { gradeStrict } from '../../../../../src/core/evaluate/strict/grade.ts';
import { javaValue } from '../../../../../src/core/evaluate/strict/java.ts';
import { javascriptValue } from '../../../../../src/core/evaluate/strict/javascript.ts';
import { readPrediction } from '../../../../../src/core/evaluate/strict/readPrediction.ts';

/** The type names of the leaderboard. */
const book: ToolDoc = {
  name: 'hotel.book',
  parameters: {
    type: 'dict',
    properties: {
      city: { type: 'string' },
      nights: { type: 'integer' },
      price: { type: 'float' },
      pool: { type: 'boolean' },
      guests: { type: 'array', items: { type: 'string' } },
      area: { type: 'tuple', items: { type: 'float' } },
      rooms: { type: 'array', items: { type: 'dict' } },
      options: { type: 'dict' },
      note: { type: 'any' },
    },
    required: ['city'],
  },
};
const cancel: ToolDoc = { name: 'hotel.cancel', parameters: { type: 'dict', properties: {}, required: [] } };
const tools = [book, cancel];

/** Right values, argument by argument, in JSON. */
function accepted(given: string, tool = book.name): AcceptedCall {
  return { tool, arguments: parsePythonJson(given) as Map<string, PythonValue[]> };
}

function question(gold: Gold, language?: Question['language']): Question {
  return { id: 'q', query: '', tool: book.name, gold, ...(language ? { language } : {}) };
}

function read(text: string, language?: Question['language']): Prediction {
  return readPrediction(text, { toolNames: tools.map(({ name }) => name), language });
}

/** `right`, or what is wrong. */
function outcome(verdict: Verdict): string {
  assert.equal(verdict.correct, verdict.failure === null);
  assert.equal(verdict.message === '', verdict.correct);
  return verdict.failure ?? 'right';
}

function grade(right: string, answer: string): string {
  return outcome(gradeStrict(question({ kind: 'calls', calls: [accepted(right)] }), read(answer), tools));
}

describe('The strict grader', () => {
  const cases: [name: string, right: string, answer: string, outcome: string][] = [
    [
      'texts without regard to case, spaces and punctuation',
      '{"city": ["New York, NY"]}',
      'hotel.book(city="new_york ny.")',
      'right',
    ],
    [
      'single quotes as double ones',
      `{"city": ["the \\"Big\\" one"]}`,
      `hotel.book(city="the 'big' one")`,
      'right',
    ],
    ['other texts', '{"city": ["Rome"]}', 'hotel.book(city="Roma")', 'invalid_value'],
    ['one of several values', '{"city": ["Rome", "Roma"]}', 'hotel.book(city="Roma")', 'right'],
    ['a name with dots written with underscores', '{"city": ["Rome"]}', 'hotel_book(city="Rome")', 'right'],
    [
      'a text for a number',
      '{"city": ["R"], "nights": [3]}',
      'hotel.book(city="R", nights="3")',
      'wrong_type',
    ],
    [
      'a fractional number for a whole one',
      '{"city": ["R"], "nights": [3]}',
      'hotel.book(city="R", nights=3.0)',
      'wrong_type',
    ],
    [
      'a truth value for a number',
      '{"city": ["R"], "nights": [1]}',
      'hotel.book(city="R", nights=True)',
      'wrong_type',
    ],
    [
      'a whole number for a fractional one',
      '{"city": ["R"], "price": [3.0]}',
      'hotel.book(city="R", price=3)',
      'right',
    ],
    [
      'a truth value for a fractional number',
      '{"city": ["R"], "price": [1.0]}',
      'hotel.book(city="R", price=True)',
      'wrong_type',
    ],
    ['a wrong number', '{"city": ["R"], "price": [3.0]}', 'hotel.book(city="R", price=-3)', 'invalid_value'],
    ['a truth value', '{"city": ["R"], "pool": [true]}', 'hotel.book(city="R", pool=False)', 'invalid_value'],
    [
      'a list in its order',
      '{"city": ["R"], "guests": [["Ann", "Bo"]]}',
      'hotel.book(city="R", guests=["ANN", "b.o"])',
      'right',
    ],
    [
      'a list in another order',
      '{"city": ["R"], "guests": [["Ann", "Bo"]]}',
      'hotel.book(city="R", guests=["Bo", "Ann"])',
      'invalid_value',
    ],
    [
      'elements of another type',
      '{"city": ["R"], "guests": [["1", "2"]]}',
      'hotel.book(city="R", guests=[1, 2])',
      'wrong_type',
    ],
    [
      'a tuple for a tuple',
      '{"city": ["R"], "area": [[1.5, 2.5]]}',
      'hotel.book(city="R", area=(1.5, 2.5))',
      'right',
    ],
    [
      'a list for a tuple',
      '{"city": ["R"], "area": [[1.5, 2.5]]}',
      'hotel.book(city="R", area=[1.5, 2.5])',
      'right',
    ],
    [
      'a tuple for a list',
      '{"city": ["R"], "guests": [["Ann"]]}',
      'hotel.book(city="R", guests=("Ann",))',
      'wrong_type',
    ],
    [
      'whole numbers in a list of fractional ones',
      '{"city": ["R"], "area": [[1.0, 2.0]]}',
      'hotel.book(city="R", area=[1, 2])',
      'wrong_type',
    ],
    [
      'an object key by key',
      '{"city": ["R"], "options": [{"view": ["sea", "lake"], "floor": [2, ""]}]}',
      'hotel.book(city="R", options={"view": "Lake"})',
      'right',
    ],
    [
      'an object with a wrong value',
      '{"city": ["R"], "options": [{"view": ["sea"]}]}',
      'hotel.book(city="R", options={"view": "lake"})',
      'invalid_value',
    ],
    [
      'an object with one key more',
      '{"city": ["R"], "options": [{"view": ["sea"]}]}',
      'hotel.book(city="R", options={"view": "sea", "x": 1})',
      'invalid_value',
    ],
    [
      'an object that lacks a key',
      '{"city": ["R"], "options": [{"view": ["sea"]}]}',
      'hotel.book(city="R", options={})',
      'invalid_value',
    ],
    [
      'a list of objects',
      '{"city": ["R"], "rooms": [[{"beds": [1]}, {"beds": [2, 3]}]]}',
      'hotel.book(city="R", rooms=[{"beds": 1}, {"beds": 3}])',
      'right',
    ],
    [
      'a list of objects that is too short',
      '{"city": ["R"], "rooms": [[{"beds": [1]}, {"beds": [2]}]]}',
      'hotel.book(city="R", rooms=[{"beds": 1}])',
      'invalid_value',
    ],
    [
      'a variable where one is right',
      '{"city": ["R"], "nights": ["how_many"]}',
      'hotel.book(city="R", nights=how_many)',
      'right',
    ],
    [
      'a variable to the letter',
      '{"city": ["R"], "nights": ["how_many"]}',
      'hotel.book(city="R", nights=howmany)',
      'invalid_value',
    ],
    [
      'any value of the type of the right one',
      '{"city": ["R"], "note": [5]}',
      'hotel.book(city="R", note=5)',
      'right',
    ],
    [
      'an argument that may be left out, left out',
      '{"city": ["R"], "nights": [3, ""]}',
      'hotel.book(city="R")',
      'right',
    ],
    [
      'an argument that may not be left out, left out',
      '{"city": ["R"], "nights": [3]}',
      'hotel.book(city="R")',
      'missing_argument',
    ],
    ['a required argument left out', '{"city": ["R", ""]}', 'hotel.book()', 'missing_argument'],
    ['an argument that there is not', '{"city": ["R"]}', 'hotel.book(city="R", x=1)', 'unexpected_argument'],
    [
      'an argument that is not right here',
      '{"city": ["R"]}',
      'hotel.book(city="R", nights=1)',
      'unexpected_argument',
    ],
    ['an argument without a name', '{"city": ["R"]}', 'hotel.book("Rome", city="R")', 'unexpected_argument'],
    ['another tool', '{"city": ["R"]}', 'hotel.cancel(city="R")', 'wrong_tool'],
    ['a tool that there is not', '{"city": ["R"]}', 'hotel.reserve(city="R")', 'unknown_tool'],
    ['a call too many', '{"city": ["R"]}', '[hotel.book(city="R"), hotel.cancel()]', 'wrong_tool'],
    ['words', '{"city": ["R"]}', 'I cannot do that.', 'malformed'],
    ['no call', '{"city": ["R"]}', '[]', 'malformed'],
    ['a call that is cut off', '{"city": ["R"]}', '[hotel.book(city="R', 'malformed'],
  ];
  for (const [name, right, answer, expected] of cases) {
    it(`takes ${name} as ${expected}`, () => assert.equal(grade(right, answer), expected));
  }

  it('takes several calls in any order, each for one right call', () => {
    const calls = [
      accepted('{"city": ["A", "B"]}'),
      accepted('{"city": ["A"]}'),
      accepted('{}', cancel.name),
    ];
    const several = question({ kind: 'calls', calls });
    const ask = (answer: string) => outcome(gradeStrict(several, read(answer), tools));
    for (const right of [
      '[hotel.book(city="A"), hotel.book(city="B"), hotel.cancel()]',
      '[hotel.cancel(), hotel.book(city="B"), hotel.book(city="A")]',
      '[hotel.book(city="A"), hotel.cancel(), hotel.book(city="A")]',
    ]) {
      assert.equal(ask(right), 'right', right);
    }
    assert.equal(ask('[hotel.book(city="B"), hotel.book(city="B"), hotel.cancel()]'), 'invalid_value');
    assert.equal(ask('[hotel.book(city="A"), hotel.cancel()]'), 'wrong_tool');
    assert.equal(ask('[hotel.book(city="A"), hotel.cancel(), hotel.cancel()]'), 'wrong_tool');
  });

  it('credits an abstention for words alone', () => {
    const abstention = question({ kind: 'abstention' });
    const ask = (prediction: Prediction) => outcome(gradeStrict(abstention, prediction, tools));
    for (const words of [
      'I need to know the city first. Which one do you mean?',
      'None of my tools can do that.',
      'The function hotel.book books hotels, and not flights. hotel.book() is of no use here.',
      '<think>hotel.book(city="?")</think>Which city?',
      '[Note] I can book hotels only.',
      '[]',
    ]) {
      assert.equal(ask(read(words)), 'right', words);
    }
    for (const broken of [
      '',
      '   ',
      '[hotel.book(city="Rome"',
      'hotel.book(city=Rome Italy)',
      'Sure! I call hotel_book(city="Rome") for you.',
      '{"name": "hotel.book", "arguments": {"city": "Rome"',
      '```json\n{"name": "hotel.book", "argum\n```',
      'Action: hotel.book\nAction Input: {"city": ',
      '<tool_call>{"name": "hotel.book", "arguments": {city}}</tool_call>',
      'I will do it: {"function": "hotel.book", "parameters": {"city": "Rome"}}',
      'Error during inference: 429',
      '[{}]',
      '["Rome"]',
    ]) {
      assert.equal(ask(read(broken)), 'malformed', broken);
    }
    assert.equal(ask(readPrediction(null, { toolNames: [] })), 'malformed');
    assert.equal(ask(read('hotel.book(city="Rome")')), 'wrong_tool');
    assert.equal(ask(read('hotel.fly(city="Rome")')), 'unknown_tool');
  });

  it('takes any call of a known tool where some call is right', () => {
    const some = question({ kind: 'anyCall' });
    assert.equal(outcome(gradeStrict(some, read('hotel.cancel(x=1)'), tools)), 'right');
    assert.equal(outcome(gradeStrict(some, read('hotel.fly()'), tools)), 'unknown_tool');
    assert.equal(outcome(gradeStrict(some, read('No.'), tools)), 'malformed');
  });

  it('holds an exact call to its values, at every depth', () => {
    const right = { city: 'Rome', nights: 3, options: { view: 'sea', tags: ['a', { b: 1 }] }, note: null };
    const exact = question({ kind: 'calls', calls: [exactly('hotel.book', right)] });
    const ask = (given: object) => {
      const calls = [predictedCall('hotel.book', given as never)];
      return outcome(gradeStrict(exact, { kind: 'calls', calls }, tools));
    };
    assert.equal(ask(right), 'right');
    assert.equal(ask({ ...right, options: { view: 'Sea.', tags: ['A', { b: 1 }] } }), 'right');
    assert.equal(ask({ ...right, options: { view: 'sea', tags: ['a', { b: 2 }] } }), 'invalid_value');
    assert.equal(ask({ ...right, options: { view: 'sea' } }), 'invalid_value');
    assert.equal(ask({ ...right, nights: '3' }), 'wrong_type');
    assert.equal(ask({ ...right, nights: 2.5 }), 'wrong_type');
    assert.equal(ask({ ...right, nights: 4 }), 'invalid_value');
    assert.equal(ask({ ...right, note: 'x' }), 'wrong_type');
    assert.equal(ask({ ...right, pool: true }), 'unexpected_argument');
    const { note: _, ...less } = right;
    assert.equal(ask(less), 'missing_argument');
  });
});

describe('The strict grader on Java and JavaScript', () => {
  /** Type of the argument (and of its elements), right value, answer, outcome. */
  const cases: [
    language: 'java' | 'javascript',
    type: string,
    right: string,
    answer: string,
    outcome: string,
  ][] = [
    ['java', 'integer', '5', '"5"', 'right'],
    ['java', 'integer', '5', '5', 'wrong_type'],
    ['java', 'long', '5', '"5L"', 'right'],
    ['java', 'long', '5', '"5"', 'wrong_type'],
    ['java', 'float', '2.5', '"2.5f"', 'right'],
    ['java', 'double', '1000.0', '"1e3"', 'right'],
    ['java', 'boolean', 'true', '"true"', 'right'],
    ['java', 'boolean', 'true', '"false"', 'invalid_value'],
    ['java', 'String', '"abc"', '"A.bc"', 'right'],
    ['java', 'String', '"user"', '"user"', 'right'],
    ['java', 'Array integer', '[1, 2]', '"new int[]{1, 2}"', 'right'],
    ['java', 'ArrayList String', '["a", "b"]', '"new ArrayList<>(Arrays.asList(\\"a\\", \\"b\\"))"', 'right'],
    ['java', 'ArrayList integer', '[1, 2]', '"new ArrayList<Integer>() {{ add(1); add(2); }}"', 'right'],
    [
      'java',
      'HashMap',
      '{"k": [1], "l": ["x", ""]}',
      '"new HashMap<String, Object>() {{ put(\\"k\\", 1); }}"',
      'right',
    ],
    ['java', 'HashMap', '"settings"', '"settings"', 'right'],
    ['javascript', 'String', '"abc"', '"\'abc\'"', 'right'],
    ['javascript', 'Bigint', '5', '"5n"', 'right'],
    ['javascript', 'Boolean', 'true', '"true"', 'right'],
    ['javascript', 'float', '2.5', '"2.5"', 'right'],
    ['javascript', 'array String', '["a", "b"]', '"[\'a\', \\"b\\"]"', 'right'],
    ['javascript', 'array array', '[[1, 2], [3, 4]]', '"[[1, 2], [3, 4]]"', 'right'],
    ['javascript', 'dict', '{"k": [1], "l": ["x"]}', '"{k: 1, l: \'x\'}"', 'right'],
    ['javascript', 'dict', '{"k": [1]}', '"{k: 2}"', 'invalid_value'],
  ];
  for (const [language, type, right, answer, expected] of cases) {
    it(`takes ${answer} for ${right} of ${type} in ${language} as ${expected}`, () => {
      const [name, elements] = type.split(' ') as [string, string?];
      const schema = { type: name, ...(elements === undefined ? {} : { items: { type: elements } }) };
      const doc = { name: 'f', parameters: { type: 'dict', properties: { x: schema }, required: ['x'] } };
      const gold: Gold = { kind: 'calls', calls: [accepted(`{"x": [${right}]}`, 'f')] };
      const prediction = readPrediction(parsePythonJson(`[{"f": {"x": ${answer}}}]`), { toolNames: ['f'] });
      assert.equal(outcome(gradeStrict({ ...question(gold), language }, prediction, [doc])), expected);
    });
  }

  it('reads calls as those languages write them', () => {
    const java = read('[Utils.run(name="a b", data=new int[]{1, 2}, on=true, c=\'x\', o=a.b(1, 2))]', 'java');
    assert.deepEqual(java, {
      kind: 'calls',
      calls: [
        {
          tool: 'Utils.run',
          arguments: new Map([
            ['name', 'a b'],
            ['data', 'new int[]{1, 2}'],
            ['on', 'true'],
            ['c', 'x'],
            ['o', 'a.b(1, 2)'],
          ]),
        },
      ],
    });
    const script = read('f(a={x: [1, "),("]}, b=(y) => y, c=`t`);', 'javascript');
    assert.ok(script.kind === 'calls');
    assert.deepEqual(
      [...(script.calls[0]?.arguments ?? [])],
      [
        ['a', '{x: [1, "),("]}'],
        ['b', '(y) => y'],
        ['c', '`t`'],
      ],
    );
    assert.equal(read('f(a=[1, 2)', 'javascript').kind, 'unreadable');
  });
});

describe('Predictions', () => {
  const wanted: Prediction = {
    kind: 'calls',
    calls: [{ tool: 'f', arguments: new Map<string, PythonValue>([['a', 1n]]) }],
  };
  const forms = [
    '[{"f": {"a": 1}}]',
    '{"f": {"a": 1}}',
    '[{"f": "{\\"a\\": 1}"}]',
    '[{"name": "f", "arguments": {"a": 1}}]',
    '[{"name": "f", "arguments": "{\\"a\\": 1}"}]',
    '{"name": "f", "parameters": {"a": 1}}',
    '[{"function": "f", "parameters": {"a": 1}}]',
    '[{"tool": "f", "arguments": {"a": 1}}]',
    '[{"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\": 1}"}}]',
    '{"role": "assistant", "content": null, "tool_calls": [{"type": "function", "function": {"name": "f", "arguments": "{\\"a\\": 1}"}}]}',
    '{"choices": [{"message": {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "f", "arguments": "{\\"a\\": 1}"}}]}}]}',
    '[{"type": "text", "text": "So."}, {"type": "tool_use", "id": "1", "name": "f", "input": {"a": 1}}]',
    '["f(a=1)"]',
    '"[f(a=1)]"',
    '"f(a=1)"',
    '"f(a=2-1)"',
    '"```python\\n[f(a=1)]\\n```"',
    '"`f(a=1)`"',
    '"[{\\"name\\": \\"f\\", \\"arguments\\": {\\"a\\": 1}}]"',
    '"<tool_call>\\n{\\"name\\": \\"f\\", \\"arguments\\": {\\"a\\": 1}}\\n</tool_call>"',
  ];
  for (const form of forms) {
    it(`are read of ${form}`, () => {
      assert.deepEqual(readPrediction(parsePythonJson(form), { toolNames: ['f'] }), wanted);
    });
  }

  it('of a tool whose name is a word of a protocol are of that tool', () => {
    for (const name of ['message', 'content', 'body', 'choices', 'name']) {
      const read = readPrediction(parsePythonJson(`{"${name}": {"a": 1}}`), { toolNames: [name] });
      assert.deepEqual(read.kind === 'calls' && read.calls.map(({ tool }) => tool), [name]);
    }
  });

  it('of several calls keep all, and are unreadable where one is', () => {
    const two = readPrediction('[f(a=1), g.h()]', { toolNames: [] });
    assert.deepEqual(two.kind === 'calls' && two.calls.map(({ tool }) => tool), ['f', 'g.h']);
    assert.equal(
      readPrediction(parsePythonJson('[{"f": {"a": 1}}, 5]'), { toolNames: [] }).kind,
      'unreadable',
    );
    assert.equal(readPrediction(parsePythonJson('[{"f": [1]}]'), { toolNames: [] }).kind, 'unreadable');
  });

  it('made to take long take no time', function () {
    this.timeout(4000);
    const many = 200_000;
    const answers = [
      `[${'[['.repeat(many)}`,
      'a'.repeat(many),
      `f(${'a'.repeat(many)}`,
      '<tool_call>'.repeat(many / 10),
      `\`\`\`${'a'.repeat(many)}`,
      `x${'`'.repeat(many)}x`,
      ' '.repeat(many),
      `f(a=${'#\n'.repeat(many)}`,
      `Action${' '.repeat(many)}`,
      'f(a=1),'.repeat(many / 10),
      '"'.repeat(many),
    ];
    for (const answer of answers) {
      readPrediction(answer, { toolNames: ['f'] });
      readPrediction(answer, { toolNames: ['f'], language: 'java' });
    }
    const values: [type: string, text: string][] = [
      ['array', `[${'[1],'.repeat(2000)}`],
      ['array', `new Array(${'[1],'.repeat(2000)}`],
      ['dict', `{${'a:'.repeat(4000)}`],
      ['HashMap', `new HashMap<>() {${' '.repeat(9000)}`],
      ['HashMap', 'new HashMap<'.repeat(800)],
      ['ArrayList', `new ArrayList<>() {{${' '.repeat(9000)}`],
      ['ArrayList', 'new ArrayList<>(Arrays.asList(1'.repeat(300)],
      ['Array', `new int[] {${' '.repeat(9000)}`],
    ];
    for (const [type, text] of values) {
      javaValue(text, type);
      javascriptValue(text, type);
    }
  });

  it('wrapped without end end', () => {
    let message: PythonDict = new Map([['content', 'x']]);
    for (let i = 0; i < 50; i++) message = new Map([['message', message]]);
    assert.equal(readPrediction(message, { toolNames: [] }).kind, 'unreadable');
  });
});
