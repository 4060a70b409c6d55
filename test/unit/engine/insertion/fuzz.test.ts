import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { insertion } from '../../../../src/engine/insertion/index.ts';
import type { ExampleForm } from '../../../../src/protocol/engine.ts';
import { example, short, tools, withEdits } from './helpers.ts';

const forms: (ExampleForm | null)[] = [
  null,
  null,
  null,
  'messages',
  'objects',
  'input_examples',
  'markdown',
  'react',
];
const texts = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('a', 'user', 'x: y', '- z', '# c', 'a\nb', '', 'true', "'", '"'),
);

/** Documents with what prompts are made of, and with anything else. */
const values = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    texts,
    tie('list'),
    tie('object'),
  ),
  list: fc.oneof(fc.array(tie('any'), { maxLength: 3 }), fc.array(tie('message'), { maxLength: 3 })),
  /** What documents are: objects and lists, with places for examples somewhere in them. */
  root: fc.oneof(
    fc.record({ model: texts, messages: fc.array(tie('message'), { maxLength: 4 }), extra: tie('any') }),
    fc.record({
      tools: fc.array(tie('tool'), { maxLength: 2 }),
      few_shot: fc.constant([]),
      extra: tie('any'),
    }),
    fc.record({
      prompt: fc.constantFrom('a\nb\n', 'a\n\nb', '\na'),
      nested: fc.array(tie('object'), { maxLength: 2 }),
    }),
    fc.array(tie('message'), { maxLength: 4 }),
    tie('list'),
    tie('any'),
  ),
  message: fc.record({ role: fc.constantFrom('system', 'user', 'assistant', 'tool'), content: texts }),
  tool: fc.record(
    {
      name: fc.constant('add_date'),
      input_schema: fc.constant({ type: 'object' }),
      input_examples: fc.array(fc.constant({}), { maxLength: 2 }),
    },
    { requiredKeys: ['name', 'input_schema'] },
  ),
  object: fc.oneof(
    tie('tool'),
    fc.dictionary(
      fc.oneof(texts, fc.constantFrom('messages', 'examples', 'tools', 'prompt', 'input_examples')),
      tie('any'),
      { maxKeys: 4 },
    ),
  ),
}));

/** Whether everything that was there is there still, in its order. */
function has(after: unknown, before: unknown): boolean {
  if (Array.isArray(before)) {
    if (!Array.isArray(after)) return false;
    let at = 0;
    return before.every((one) => {
      while (at < after.length && !has(after[at], one)) at += 1;
      at += 1;
      return at <= after.length;
    });
  }
  if (typeof before === 'object' && before !== null) {
    if (typeof after !== 'object' || after === null) return false;
    return Object.entries(before).every(
      ([key, one]) => Object.hasOwn(after, key) && has((after as Record<string, unknown>)[key], one),
    );
  }
  // What is missing is filled; text may have come into text.
  if (before === null) return true;
  if (typeof before === 'string' && typeof after === 'string' && after !== before)
    return after.includes('###') || after.includes('User Query:');
  return Object.is(after, before) || JSON.stringify(after) === JSON.stringify(before);
}

const place = fc.integer({ min: 0, max: 1000 }).map((part) => part / 1000);
const places = fc.oneof(fc.tuple(place), fc.tuple(place), fc.array(place, { minLength: 2, maxLength: 3 }));

function run(languageId: string, text: string, at: number[], form: ExampleForm | null, indent: string) {
  const offsets = [...new Set(at.map((part) => Math.round(part * text.length)))];
  const selections = offsets.map((offset) => ({ start: offset, end: offset }));
  return insertion({ languageId, fileName: '', text, selections, form, indent }, [short, example()], tools);
}

describe('insertion at any place of any document', function () {
  this.timeout(30_000);
  let insertedAtAll = 0;

  it('JSON parses afterwards and has what it had, or nothing is inserted', () => {
    fc.assert(
      fc.property(
        values.root,
        places,
        fc.constantFrom(...forms),
        fc.constantFrom('', '  ', '\t'),
        fc.boolean(),
        (value, at, form, indent, crlf) => {
          const source = JSON.stringify(value, null, indent);
          const text = crlf ? source.replaceAll('\n', '\r\n') : source;
          const answer = run('json', text, at, form, indent || '  ');
          if ('nothing' in answer) return assert.ok(answer.nothing !== '' && answer.copy !== '');
          insertedAtAll += 1;
          const after = withEdits(text, answer.edits);
          assert.ok(has(JSON.parse(after), JSON.parse(text)), after);
          assert.notEqual(after, text);
          if (text.includes('\r\n')) assert.doesNotMatch(after, /[^\r]\n/);
        },
      ),
      { numRuns: 600 },
    );
    assert.ok(insertedAtAll > 40, `${insertedAtAll}`);
  });

  it('JSON with comments and trailing commas', () => {
    fc.assert(
      fc.property(values.root, places, fc.constantFrom(...forms), fc.integer(), (value, at, form, seed) => {
        let turn = seed;
        const text = JSON.stringify(value, null, 2).replace(/(?<=[[{,])\n|(?<=[}\]"\dle])\n/g, (end) => {
          turn = (turn * 1103515245 + 12345) & 0x7fffffff;
          return ['\n', ' // , ] }\n', ' /* [ */\n', '\n\n'][(turn >> 8) % 4] ?? end;
        });
        const answer = run('jsonc', text, at, form, '  ');
        if ('nothing' in answer) return;
        const bare = (source: string): unknown =>
          parse(source.replace(/\/\/ , \] \}|\/\* \[ \*\//g, '').replace(/\/\/ Demonstration.*/g, ''));
        assert.ok(has(bare(withEdits(text, answer.edits)), bare(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('YAML parses afterwards and has what it had, or nothing is inserted', () => {
    let count = 0;
    const styles = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any' as const, 'any' as const, 'block' as const, 'flow' as const),
      lineWidth: fc.constantFrom(0, 20, 80),
    });
    fc.assert(
      fc.property(
        fc.array(values.root, { minLength: 1, maxLength: 2 }),
        places,
        fc.constantFrom(...forms),
        styles,
        fc.boolean(),
        (all, at, form, style, crlf) => {
          const source = all.map((value) => stringify(value, style)).join('---\n');
          const text = crlf ? source.replaceAll('\n', '\r\n') : source;
          const before = parseAllDocuments(text);
          if (before.some(({ errors }) => errors.length > 0)) return;
          const answer = run('yaml', text, at, form, '  ');
          if ('nothing' in answer) return assert.ok(answer.nothing !== '' && answer.copy !== '');
          count += 1;
          const after = parseAllDocuments(withEdits(text, answer.edits));
          assert.equal(after.length, before.length);
          for (const [index, one] of after.entries()) {
            assert.deepEqual(one.errors, []);
            assert.ok(has(one.toJS(), before[index]?.toJS()), one.toString());
          }
        },
      ),
      { numRuns: 600 },
    );
    assert.ok(count > 40, `${count}`);
  });

  it('any text at all, in any language: edits in order, or nothing', () => {
    const languages = [
      'json',
      'jsonc',
      'jsonl',
      'yaml',
      'markdown',
      'plaintext',
      'python',
      'typescript',
      'javascriptreact',
    ];
    const pieces = fc.array(
      fc.constantFrom(
        '"',
        "'",
        '`',
        '[',
        ']',
        '{',
        '}',
        '\n',
        '\r\n',
        '  ',
        '- ',
        'a',
        ': ',
        ',',
        '```',
        '---',
        '|',
        '${',
        '\\',
        '"""',
        'f"',
        '#',
        '//',
        '/*',
        '*/',
        'messages',
        '=',
        '\ufeff',
        '\t',
      ),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        pieces,
        places,
        fc.constantFrom(...forms),
        (language, parts, at, form) => {
          const text = parts.join('');
          const answer = run(language, text, at, form, '  ');
          if ('nothing' in answer) return;
          const after = withEdits(text, answer.edits);
          assert.ok(after.length > text.length);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
