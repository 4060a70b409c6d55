import assert from 'node:assert/strict';
import { example, inserted, refused, short } from './helpers.ts';

const python = { languageId: 'python', examples: [short], indent: '    ' };
const script = { languageId: 'typescript', examples: [short] };
const pyQ = '{"role": "user", "content": "Q"}';
const tsQ = "{ role: 'user', content: 'Q' }";

describe('insertion into programs', () => {
  describe('Python', () => {
    for (const [name, before, after] of [
      ['a value that is missing', 'messages = ‸\n', `messages = [\n    ${pyQ},\n]\n`],
      ['an empty list', 'messages = [‸]\n', `messages = [\n    ${pyQ}\n]\n`],
      [
        'the end of a list',
        'messages = [\n    {"role": "a"},\n    ‸\n]\n',
        `messages = [\n    {"role": "a"},\n    ${pyQ},\n]\n`,
      ],
      ['a list in one line', 'f(messages=[{"role": x‸}])\n', `f(messages=[{"role": x}, ${pyQ}])\n`],
      ['an argument', 'f(‸)\n', `f([\n    ${pyQ},\n])\n`],
      ['a statement', 'x = 1\n‸\n', `x = 1\nmessages = [\n    ${pyQ},\n]\n`],
      [
        'a statement behind a line that is taken',
        'def f():\n    x = 1‸\n',
        `def f():\n    x = 1\n    messages = [\n        ${pyQ},\n    ]\n`,
      ],
      ['a name that is not there', 'messages = 1\n‸', `messages = 1\nmessages2 = [\n    ${pyQ},\n]`],
      ['a string', 'p = "You are.‸"\n', 'p = "You are.\\n\\n### Q"\n'],
      [
        'a string over lines',
        'p = """\n    You are.\n    ‸\n    """\n',
        'p = """\n    You are.\n\n    ### Q\n    """\n',
      ],
      ['an f-string', 'p = f"""{x}‸"""\n', 'p = f"""{x}\n\n### Q"""\n'],
      ['a selected element', 'messages = [«{"role": "a"}»]\n', `messages = [${pyQ}]\n`],
      ['a selected value', 'x = «None»\n', `x = [\n    ${pyQ},\n]\n`],
    ] as const) {
      it(name, () => assert.equal(inserted(before, python), after));
    }

    it('writes values as Python does', () => {
      const calls = [
        { tool: 'x#t', arguments: { a: true, b: null, c: [false, "it's"], d: 'a"\\\n' }, observation: '' },
      ];
      const text = inserted('‸', {
        ...python,
        form: 'objects',
        examples: [example({ calls, answer: null })],
      });
      assert.match(text, /"a": True,\n +"b": None,\n +"c": \[False, "it's"\],\n +"d": "a\\"\\\\\\n",\n/);
    });

    it('braces are text in formatted strings, raw ones as well', () => {
      const calls = [{ tool: 'x#t', arguments: { days: 2 }, observation: '{x}' }];
      const examples = [example({ calls, answer: null })];
      for (const prefix of ['f', 'rf', 'Rf']) {
        const text = inserted(`p = ${prefix}"""{a}‸"""\n`, { ...python, examples });
        assert.match(text, /\{\{x\}\}/);
        assert.doesNotMatch(text.replaceAll(/\{\{|\}\}/g, ''), /\{(?!a\})/);
      }
    });

    it('raw strings and bytes take nothing that they cannot hold', () => {
      assert.match(refused('x = r"a‸"\n', python), /raw string/);
      assert.match(refused('x = b"a‸"\n', python), /bytes/);
    });
  });

  describe('TypeScript and JavaScript', () => {
    for (const [name, before, after] of [
      ['a value that is missing', 'const messages = ‸;\n', `const messages = [\n  ${tsQ},\n];\n`],
      ['an empty array', 'const messages: M[] = [‸];\n', `const messages: M[] = [\n  ${tsQ}\n];\n`],
      [
        'the end of an array',
        'f({\n  messages: [\n    { role },\n    ‸\n  ],\n});\n',
        `f({\n  messages: [\n    { role },\n    ${tsQ},\n  ],\n});\n`.replace('{ role }', '{ role }'),
      ],
      ['a statement', 'f()\n‸\n[1].x;\n', `f()\nconst messages = [\n  ${tsQ},\n];\n[1].x;\n`],
      ['a string', "const p = 'You are.‸';\n", "const p = 'You are.\\n\\n### Q';\n"],
      ['a string in other quotes', 'const p = "It\'s.‸";\n', 'const p = "It\'s.\\n\\n### Q";\n'],
      ['a template', 'const p = `You ${x}.‸`;\n', 'const p = `You ${x}.\n\n### Q`;\n'],
      ['a template over lines', 'const p = `\n  You.\n  ‸\n`;\n', 'const p = `\n  You.\n\n  ### Q\n`;\n'],
      ['in the middle of an escape', "p('a\\‸nb');\n", "p('a\\n\\n### Q\\n\\nb');\n"],
      ['return', 'function f() {\n  return ‸;\n}\n', `function f() {\n  return [\n    ${tsQ},\n  ];\n}\n`],
    ] as const) {
      it(name, () => assert.equal(inserted(before, script), after));
    }

    it('in the quotes of the file', () => {
      assert.match(inserted('import x from "y";\n‸', script), /\{ role: "user", content: "Q" \}/);
      assert.match(inserted("import x from 'y';\n‸", script), /\{ role: 'user', content: 'Q' \}/);
    });

    it('never sets a prototype', () => {
      const calls = [
        {
          tool: 'x#t',
          arguments: JSON.parse('{"__proto__": {"polluted": true}, "a-b": 1}'),
          observation: '',
        },
      ];
      const text = inserted('‸', {
        ...script,
        form: 'objects',
        examples: [example({ calls, answer: null })],
      });
      assert.match(text, /\['__proto__'\]: \{ polluted: true \}/);
      assert.match(text, /'a-b': 1/);
      const value = new Function(`${text}; return examples`)();
      assert.deepEqual(Object.keys(value[0].calls[0].arguments), ['__proto__', 'a-b']);
    });

    it('JSX knows no escapes in its attributes, and text in it is no place', () => {
      const jsx = { ...script, languageId: 'typescriptreact' };
      refused('const a = <p x="y‸" />;\n', jsx);
      refused('const a = <p>y‸</p>;\n', jsx);
    });
  });

  it('tools get input_examples', () => {
    const setup = { examples: [example()], indent: '  ' };
    assert.equal(
      inserted('t = {\n  "name": "add_date",\n  "input_schema": {},‸\n}\n', {
        ...setup,
        languageId: 'python',
      }),
      't = {\n  "name": "add_date",\n  "input_schema": {},\n  "input_examples": [\n    {"date": "2024-12-25", "days": 2}\n  ],\n}\n'.replace(
        '2}\n',
        '2},\n',
      ),
    );
    assert.equal(
      inserted("const t = { name: 'add_date', input_schema: {}, input_examples: [‸] };\n", {
        ...setup,
        languageId: 'javascript',
      }),
      "const t = { name: 'add_date', input_schema: {}, input_examples: [\n  { date: '2024-12-25', days: 2 }\n] };\n",
    );
  });

  it('a prompt over the text protocol gets its lines, in a string as well', () => {
    const text = inserted('p = """\nThought: a\nAction: b\nAction Input: {}\n‸\n"""\n', {
      languageId: 'python',
    });
    assert.match(text, /^Action Input: \{\\"date\\":/m);
  });

  it('several cursors: a name for each, ids of calls unique', () => {
    const text = inserted('‸\nx = 1\n‸\n', { languageId: 'python' });
    assert.match(text, /^messages = [\s\S]*^messages2 = /m);
    assert.deepEqual(
      [...text.matchAll(/"id": "(\w+)"/g)].map(([, id]) => id),
      ['call_1', 'call_2'],
    );
  });

  for (const [name, setup, text, why] of [
    ['a comment', script, '/* ‸ */', /comment/],
    ['a class', script, 'class A {\n  ‸\n}', /No examples can stand there/],
    ['tools', python, 'tools = [‸]\n', /No examples can stand there/],
    ['texts', python, 'x = ["a", ‸"b"]\n', /No examples can stand there/],
    ['the middle of a name', script, 'const x = fo‸o;\n', /No examples can stand there/],
    ['code in an f-string', python, 'p = f"{x[‸0]}"\n', /No examples can stand there/],
    ['the name of a module', script, 'import x from "y‸";\n', /No examples can stand there/],
    ['a key', python, 'x = {"a‸": 1}\n', /No examples can stand there/],
  ] as const) {
    it(`nothing: ${name}`, () => assert.match(refused(text, setup), why));
  }
});
