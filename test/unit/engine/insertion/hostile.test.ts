import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { Example } from '../../../../src/core/trial.ts';
import { shownObservation } from '../../../../src/engine/exampleFormats/observation.ts';
import { faults, languageOf } from '../../../../src/engine/insertion/codeTree.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { example, inserted } from './helpers.ts';

/** Says the hostile text wherever something is said. */
function hostile(text: string): Example {
  const key = text.slice(0, 60);
  const calls = [{ tool: 'imaginarium.yaml#add_date', arguments: { [key]: text }, observation: text }];
  return example({ query: text, answer: text, calls });
}

function evaluated(text: string, name: string): unknown {
  return new Function(`${text}; return ${name}`)();
}

describe('what tools and models said is inserted and does nothing', function () {
  this.timeout(30_000);
  for (const [index, text] of hostileTexts.entries()) {
    const name = `text ${index + 1}: ${JSON.stringify(text.slice(0, 30))}`;
    const examples = [hostile(text)];
    const result = shownObservation(text);
    const input = { [text.slice(0, 60)]: text };

    it(`${name}, in JSON`, () => {
      const setup = { languageId: 'json', examples };
      const { messages, after } = JSON.parse(inserted('{"messages": [‸], "after": 1}', setup));
      assert.deepEqual(
        messages.map(({ content }: { content: string }) => content),
        [text, '', result, text],
      );
      assert.deepEqual(JSON.parse(messages[1].tool_calls[0].function.arguments), input);
      assert.equal(after, 1);
      const tool = JSON.parse(inserted('{"name":"add_date","input_schema":{}‸}', setup));
      assert.deepEqual(tool.input_examples, [input]);
      const string = inserted('{"a": "b‸c"}', { ...setup, form: 'markdown' });
      assert.match(JSON.parse(string).a, /^b\n\n### [\s\S]*\n\nc$/);
      const [line, ...more] = inserted('‸', { ...setup, languageId: 'jsonl' })
        .trimEnd()
        .split('\n');
      assert.equal(JSON.parse(line ?? '').query, text);
      assert.deepEqual(more, []);
    });

    it(`${name}, in YAML`, () => {
      const setup = { languageId: 'yaml', examples };
      const { messages, after } = parse(inserted('messages:‸\nafter: 1\n', setup));
      assert.deepEqual(
        messages.map(({ content }: { content: string }) => content),
        [text, '', result, text],
      );
      assert.equal(after, 1);
      const flow = parse(inserted('examples: [{query: a, answer: b}‸]\n', setup));
      assert.deepEqual(flow.examples[1].calls[0].arguments, input);
      const tool = parse(inserted('name: add_date\ninput_schema: {}‸\n', setup));
      assert.deepEqual(tool.input_examples, [input]);
      const block = parse(inserted('prompt: |\n  a‸\n  b\nafter: 1\n', setup));
      assert.match(block.prompt, /^a\n\n### [\s\S]*\n\nb\n$/);
      assert.deepEqual(Object.keys(block), ['prompt', 'after']);
    });

    it(`${name}, in programs`, () => {
      const objects = { examples, form: 'objects' as const };
      const script = inserted('‸', { languageId: 'javascript', ...objects });
      const [value] = evaluated(script, 'examples') as [{ query: string; calls: { arguments: unknown }[] }];
      assert.equal(value.query, text);
      assert.deepEqual(value.calls[0]?.arguments, input);
      const block = evaluated(inserted("const p = 'a‸';", { languageId: 'javascript', examples }), 'p');
      for (const source of ['const p = `a‸`;', 'const p = "a‸";', 'const p = `a${"x"}‸`;']) {
        const said = evaluated(inserted(source, { languageId: 'javascript', examples }), 'p');
        assert.equal(String(said).replace(/^ax/, 'a'), block, source);
      }
      const python = languageOf('python');
      for (const source of [
        '‸',
        'x = """a‸"""',
        "x = '''\na‸\n'''",
        'x = "a‸"',
        'x = f"{a}‸"',
        'x = f"""{a}‸"""',
        'm = [‸]',
      ]) {
        const after = inserted(source, { languageId: 'python', examples });
        const tree = python.parse(after);
        assert.equal(faults(tree), 0, source);
        // The one string is one still: nothing in it has closed it, and nothing in it is code.
        const names: string[] = [];
        tree.iterate({ enter: (node) => void names.push(node.name) });
        const strings = names.filter((each) => each === 'String' || each === 'FormatString');
        if (source.startsWith('x')) assert.equal(strings.length, 1, source);
        assert.equal(
          names.filter((each) => each === 'FormatReplacement').length,
          source.includes('{a}') ? 1 : 0,
        );
      }
    });
  }
});
