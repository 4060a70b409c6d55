import assert from 'node:assert/strict';
import { callsFirst } from '../../../../src/core/explore/callFirst.ts';
import {
  cellKey,
  cellsOf,
  cellsTouched,
  errorClass,
  uncoveredCells,
} from '../../../../src/core/explore/coverage.ts';
import { tooCloseTo } from '../../../../src/core/explore/diversityGate.ts';
import {
  fill,
  loadPromptSet,
  ownPrompts,
  promptParts,
  unreadableText,
} from '../../../../src/core/explore/prompts.ts';
import { readReact } from '../../../../src/core/explore/readReact.ts';
import { readStructured, readYesOrNo, weigh } from '../../../../src/core/explore/reflect.ts';
import { nearestSiblings } from '../../../../src/core/explore/siblings.ts';
import { emptyMemory } from '../../../../src/core/memory/index.ts';
import { deriveSeed, seededRandom } from '../../../../src/core/random.ts';
import { cutTo, strip } from '../../../../src/core/text.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';

describe('Coverage', () => {
  const schema = {
    type: 'object',
    properties: {
      city: { type: 'string' },
      unit: { enum: ['c', 'f'] },
      more: { type: 'object', properties: { deep: { type: 'boolean' } }, required: ['deep'] },
    },
    required: ['city'],
  };

  it('has a cell for each parameter, listed value and optional left out', () => {
    assert.deepEqual(cellsOf(schema).map(cellKey), [
      'given /city',
      'given /unit',
      'left_out /unit',
      'value /unit "c"',
      'value /unit "f"',
      'given /more',
      'left_out /more',
      'given /more/deep',
      'value /more/deep true',
      'value /more/deep false',
    ]);
  });

  it('knows what a call touches, its errors by class', () => {
    const failures = [{ type: 'rejected' as const, message: 'No city "Ulm" in region 7' }];
    assert.deepEqual(cellsTouched(schema, { city: 'Ulm', unit: 'f' }, failures).map(cellKey), [
      'given /city',
      'given /unit',
      'value /unit "f"',
      'left_out /more',
      'error rejected "No city … in region #"',
    ]);
    assert.equal(
      errorClass('No city Bonn in region 8\nat line 3', { city: 'Bonn' }),
      'No city … in region #',
    );
  });

  it('lists what is left', () => {
    const tool = sampleTool({ parameters: schema });
    const memory = { ...emptyMemory(), covered: ['given /city', 'value /unit "c"'] };
    assert.equal(uncoveredCells(tool, memory).length, 8);
  });

  it('survives schemas that are odd', () => {
    assert.deepEqual(cellsOf({}), []);
    assert.deepEqual(cellsOf({ properties: { a: true } }).map(cellKey), ['given /a', 'left_out /a']);
    assert.deepEqual(cellsTouched({ properties: { constructor: {} } }, {}, []).map(cellKey), [
      'left_out /constructor',
    ]);
  });
});

describe('Diversity gate', () => {
  const on = { diversityGate: true, diversityThreshold: 0.9 };
  const explored = [{ query: 'How far is it from Bern to Basel?', solved: true }];

  it('turns down what is too close, in other order or spelling', () => {
    assert.ok(tooCloseTo('how far is it from bern to basel', explored, on));
    assert.ok(tooCloseTo('From Basel to Bern, how far is it?', explored, on));
  });

  it('lets new queries pass, and everything when it is off', () => {
    assert.equal(tooCloseTo('What is the weather in Basel tomorrow?', explored, on), null);
    assert.equal(tooCloseTo('', explored, on), null);
    assert.equal(
      tooCloseTo('How far is it from Bern to Basel?', explored, { ...on, diversityGate: false }),
      null,
    );
  });
});

describe('Siblings', () => {
  const tool = sampleTool({ name: 'weather_today', description: 'Weather of a city today.' });
  const near = sampleTool({ name: 'weather_week', description: 'Weather of a city for a week.' });
  const far = sampleTool({ name: 'book_seat', description: 'Books a seat on a train.' });

  it('are the nearest by description, runnable, and not the tool itself', () => {
    const away = sampleTool({ name: 'weather_now', description: 'Weather of a city now.', runnable: false });
    const twin = sampleTool({ name: 'weather_today', id: 'other.yaml#weather_today' });
    const found = nearestSiblings(tool, [far, tool, away, near, twin], 3);
    assert.deepEqual(
      found.map((one) => one.name),
      ['weather_week', 'book_seat'],
    );
    assert.deepEqual(nearestSiblings(tool, [near], 0), []);
  });
});

describe('Calling first', () => {
  it('is decided by a seed of its own, in about the share asked for', () => {
    const yes = Array.from({ length: 2000 }, (_, i) =>
      callsFirst(seededRandom(deriveSeed('x', i)), 0.25),
    ).filter(Boolean);
    assert.ok(Math.abs(yes.length / 2000 - 0.25) < 0.04, `${yes.length} of 2000`);
  });
});

describe('Reading an answer over react', () => {
  const read = (text: string) => readReact(text, ['a', 'b c']);

  it('reads a call, a thought and a final answer', () => {
    assert.deepEqual(read('Thought: hm\nAction: b c\nAction Input: {"x": {"y": 1}}'), {
      kind: 'call',
      thought: 'hm',
      name: 'b c',
      arguments: { x: { y: 1 } },
    });
    assert.deepEqual(read('Thought: ok\nFinal Answer: 42 Final Answer: 43'), {
      kind: 'final',
      thought: 'ok',
      answer: '42',
    });
  });

  it('takes a written-out line break off the ends, as the reference does', () => {
    const answer = read('Thought: x\\n\nAction: a\\n\nAction Input: {"x": 1}\\n');
    assert.equal(answer.kind, 'call');
  });

  it('prefers the call when a final answer was invented behind it', () => {
    const answer = read('Action: a\nAction Input: {"x": 1}\nObservation: 3\nFinal Answer: 3');
    assert.deepEqual(answer.kind === 'call' && answer.arguments, { x: 1 });
  });

  it('says why an answer cannot be read', () => {
    const why = (text: string) => {
      const answer = read(text);
      return answer.kind === 'unreadable' ? answer.why : answer.kind;
    };
    assert.equal(why('I think so.'), 'no-action-input');
    assert.equal(why(''), 'no-action-input');
    assert.equal(why('Action: a\nAction Input: {}\nAction: a\nAction Input: {}'), 'many-action-inputs');
    assert.equal(why('a\nAction Input: {}'), 'no-action');
    assert.equal(why('Action: a\nAction: a\nAction Input: {}'), 'many-actions');
    assert.equal(why('Action: c\nAction Input: {}'), 'unknown-tool');
    assert.equal(why('Action: a\nAction Input: nothing'), 'no-open-brace');
    assert.equal(why('Action: a\nAction Input: []'), 'no-open-brace');
    assert.equal(why('Action: a\nAction Input: {"x": "cut of'), 'no-close-brace');
    assert.equal(why('Action: a\nAction Input: } {'), 'not-json');
    assert.equal(why('Action: a\nAction Input: {x y z}'), 'not-json');
  });
});

describe('Reflection', () => {
  it('goes by the first word that says yes or no', () => {
    const verdicts: [string, boolean][] = [
      ['Yes', true],
      ['Yes. Now I know that it works.', true],
      ['**No**, it did not.', false],
      ['no', false],
      ['I think so: yes.', true],
      ['Nothing failed, the query was fulfilled.', false],
      ['The query was fulfilled.', true],
      ['It wasn’t fulfilled.', false],
      ['', false],
    ];
    for (const [text, fulfilled] of verdicts) assert.equal(readYesOrNo(text).fulfilled, fulfilled, text);
  });

  it('reads the structure, wrapped or not, and falls back to words', () => {
    const read = readStructured(
      '```json\n{"fulfilled": true, "cause": "c", "lesson": " ", "next": "n"}\n```',
    );
    assert.deepEqual([read.fulfilled, read.cause, read.lesson, read.next], [true, 'c', undefined, 'n']);
    assert.equal(readStructured('{"fulfilled": "no"}').fulfilled, false);
    assert.equal(readStructured('{"fulfilled": "yes, fully"}').fulfilled, true);
    assert.equal(readStructured('No, I could not.').fulfilled, false);
  });

  it('weighs the claim against the calls', () => {
    const claim = readStructured('{"fulfilled": true}');
    assert.equal(weigh(claim, []).fulfilled, false);
    assert.equal(weigh(claim, []).claimed, true);
  });
});

describe('Prompts', () => {
  it('fills placeholders once, keeps unknown ones, and reads doubled braces as single', () => {
    assert.equal(fill('{{"a": {b}}} {c} {d}', { b: '{c}', c: '2' }), '{"a": {c}} 2 {d}');
  });

  it('takes missing parts from our own and says what is wrong with a file', () => {
    const set = loadPromptSet({ 'reflect.txt': '  Well?\n' });
    assert.equal(set.texts.reflect, 'Well?');
    assert.equal(set.texts.act, ownPrompts.texts.act);
    assert.throws(() => loadPromptSet({ 'imagine.txt': 'Ask.' }), /imagine\.txt must end with "User Query:"/);
    assert.throws(() => loadPromptSet({ 'unreadable.json': '[1' }), /unreadable\.json is not valid JSON/);
    assert.throws(() => loadPromptSet({ 'unreadable.json': '{"not-json": 1}' }), /"not-json" must be a text/);
  });

  it('names the tools only in the texts that are about names', () => {
    const set = loadPromptSet({
      'unreadable.json': '{"no-action-input": "Action Input: {}", "unknown-tool": "One of {}."}',
    });
    assert.equal(unreadableText(set, 'no-action-input', ['a']), 'Action Input: {}');
    assert.equal(unreadableText(set, 'unknown-tool', ['a', '$&']), 'One of a, $&.');
  });

  it('has words of our own for every part, none left empty', () => {
    for (const part of promptParts) assert.ok(ownPrompts.texts[part].length > 3, part);
  });
});

describe('Texts', () => {
  it('are stripped as Python strips them', () => {
    assert.equal(strip('\u001c\u0085 a \ufeff\u2028'), 'a \ufeff');
  });

  it('are cut by code points', () => {
    assert.deepEqual(cutTo('a😀b', 2), { text: 'a😀', cut: true });
    assert.deepEqual(cutTo('a😀', 2), { text: 'a😀', cut: false });
  });
});
