import assert from 'node:assert/strict';
import { isUsable } from '../../../../src/core/exploit/usable.ts';
import type { Example } from '../../../../src/core/trial.ts';
import { copyExampleAs } from '../../../../src/extension/insert/copyExampleAs.ts';
import { insertExamples } from '../../../../src/extension/insert/insertExamples.ts';
import type { InsertWindow, TextPlace } from '../../../../src/extension/insert/ports.ts';
import type { Search } from '../../../../src/extension/surroundings.ts';
import {
  type Chosen,
  type ExampleForm,
  engine,
  type Insertion,
  type InsertionParams,
} from '../../../../src/protocol/engine.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { asked, type Played, play, type Script } from '../commands/person.ts';

const title = 'Insert Learned Examples';

function example(id: string, query: string, languageModel = true): Example {
  return {
    id,
    tool: 'imaginarium.yaml#add_days',
    query,
    calls: [{ tool: 'imaginarium.yaml#add_days', arguments: { days: 2 }, observation: '2026-03-03' }],
    answer: 'It is.',
    verification: 'unverified',
    provenance: {
      model: 'm',
      languageModel,
      runId: 'r',
      trialId: id,
      seed: 1,
      specHash: '',
      judge: null,
      edited: false,
    },
  };
}

interface Setup extends Script {
  examples?: Example[];
  place?: Partial<TextPlace> | null;
  remembered?: ExampleForm | null;
  insertion?: (params: InsertionParams) => Insertion;
  /** Ids of what the engine would put into a prompt. */
  fitting?: string[];
  fallback?: Chosen['fallback'];
}

interface InsertPlayed extends Played {
  window: InsertWindow;
  copied: string[];
  notes: string[];
  edited: unknown[];
  previews: { text: string; languageId: string }[];
  remembered: (ExampleForm | null)[];
  closed: () => number;
}

async function playInsert(setup: Setup = {}): Promise<InsertPlayed> {
  const examples = setup.examples ?? [example('near', 'Two days after'), example('new', 'Something new')];
  const answer =
    setup.insertion ??
    (({ form }) => ({ edits: [{ start: 0, end: 0, text: 'X' }], form: form ?? 'markdown' }));
  const played = await play({
    ...setup,
    engine: {
      [engine.examples.method]: (params) => {
        const { text = '', usable } = params as { text?: string; usable?: boolean };
        const rows = usable ? examples.filter(isUsable) : examples;
        return { rows: rows.filter(({ query }) => query.includes(text)), next: null };
      },
      [engine.nearestExamples.method]: (params) => {
        const { languageModel = false } = params as { languageModel?: boolean };
        return examples.filter(
          ({ id, provenance }) =>
            id === 'near' && ((provenance.languageModel && !provenance.simulated) || !languageModel),
        );
      },
      [engine.chooseExamples.method]: () => ({
        examples: examples
          .filter(({ id }) => setup.fitting?.includes(id))
          .map((one) => ({ example: one, score: 1 })),
        lessons: [],
        tokens: 1,
        leftOut: null,
        fallback: setup.fallback ?? null,
      }),
      [engine.insertion.method]: (params) => answer(params as InsertionParams),
      [engine.writeExamples.method]: (params) => ({ text: JSON.stringify(params) }),
      ...setup.engine,
    },
  });
  const notes: string[] = [];
  const copied: string[] = [];
  const edited: unknown[] = [];
  const previews: InsertPlayed['previews'] = [];
  const remembered: (ExampleForm | null)[] = [];
  let closed = 0;
  const place: TextPlace = {
    languageId: 'markdown',
    fileName: 'a.md',
    label: 'a.md',
    text: 'The text around',
    selections: [{ start: 3, end: 3 }],
    indent: '  ',
    isReadonly: false,
    edit: async (edits) => {
      edited.push(edits);
      return 'done';
    },
    ...setup.place,
  };
  const window: InsertWindow = {
    place: async () => (setup.place === null ? undefined : place),
    preview: async (text, languageId) => void previews.push({ text, languageId }),
    closePreview: async () => {
      closed += 1;
    },
    copy: async (text) => void copied.push(text),
    note: (text) => void notes.push(text),
    rememberedForm: () => setup.remembered ?? null,
    rememberForm: async (_languageId, form) => void remembered.push(form),
  };
  return { ...played, window, copied, notes, edited, previews, remembered, closed: () => closed };
}

function insertionsOf(played: Played): InsertionParams[] {
  return asked(played, engine.insertion) as InsertionParams[];
}

describe('Insert Learned Examples', () => {
  it('offers the nearest to the text first, then the newest, each once, and inserts what is ticked', async () => {
    const played = await playInsert({ picks: { [title]: 'Two days after\nSomething new' } });
    await insertExamples(played.around, played.window, [{}]);
    const [list] = played.shown;
    assert.deepEqual(
      list?.map(({ label, group }) => [group, label]),
      [
        ['also near to the text', 'Two days after'],
        ['newest', 'Something new'],
      ],
    );
    assert.equal(list?.[0]?.description, 'add_days');
    assert.equal(list?.[0]?.detail, 'add_days {"days":2} → 2026-03-03');
    assert.deepEqual(asked(played, engine.nearestExamples), [
      { query: 'The text around', k: 20, languageModel: true },
    ]);
    assert.deepEqual(insertionsOf(played), [
      {
        exampleIds: ['near', 'new'],
        languageId: 'markdown',
        fileName: 'a.md',
        text: 'The text around',
        selections: [{ start: 3, end: 3 }],
        form: null,
        indent: '  ',
      },
    ]);
    assert.deepEqual(played.edited, [[{ start: 0, end: 0, text: 'X' }]]);
    assert.deepEqual(played.notes, ['Inserted 2 examples as Markdown']);
    assert.deepEqual(played.said, []);
  });

  it('proposes what fits the text: it stands first, and is ticked', async () => {
    const examples = [
      example('near', 'Two days after'),
      example('new', 'Something new'),
      example('fit', 'It fits'),
    ];
    const played = await playInsert({ examples, fitting: ['fit', 'near'] });
    await insertExamples(played.around, played.window, [{ toolId: 't' }]);
    assert.deepEqual(
      played.shown[0]?.map(({ label, group, proposed = false }) => [group, label, proposed]),
      [
        ['fit the text', 'Two days after', true],
        ['fit the text', 'It fits', true],
        ['newest', 'Something new', false],
      ],
    );
    assert.deepEqual(asked(played, engine.chooseExamples), [
      { query: 'The text around', lessons: false, demonstrations: false, tool: 't' },
    ]);
  });

  it('offers nothing that is doubted or turned down, neither at first nor by its words', async () => {
    const examples = [
      example('new', 'Something new'),
      { ...example('no', 'Turned down'), verification: 'rejected' as const },
      { ...example('open', 'In review'), verification: 'review' as const },
    ];
    const played = await playInsert({ examples });
    await insertExamples(played.around, played.window, [{}]);
    assert.deepEqual(
      played.shown[0]?.map(({ label }) => label),
      ['Something new'],
    );
    const none = await playInsert({ examples: examples.slice(1) });
    await insertExamples(none.around, none.window, [{}]);
    assert.deepEqual(none.shown, []);
    const search = await playInsert({ examples });
    let found: string[] = [];
    search.around.person.searchMany = async ({ find }) => {
      found = (await find('n', new AbortController().signal)).map(({ label }) => label);
      return undefined;
    };
    await insertExamples(search.around, search.window, [{}]);
    assert.deepEqual(found, ['Something new']);
  });

  it('takes lessons along where that is wanted', async () => {
    const played = await playInsert();
    played.around.person.searchMany = async (search) => {
      const button = () => search.buttons?.().find(({ icon }) => icon === 'lightbulb');
      assert.equal(button()?.checked, false);
      await button()?.press();
      assert.equal(button()?.checked, true);
      return (await search.find('', new AbortController().signal)).map(({ value }) => value);
    };
    await insertExamples(played.around, played.window, [{}]);
    assert.deepEqual(
      insertionsOf(played).map(({ lessons }) => lessons),
      [true],
    );
  });

  it('says when an embedding model is set and fails, and offers what words find', async () => {
    const fallback = { message: 'Words alone: no server.', advice: 'Start it.' };
    const played = await playInsert({ fitting: ['near'], fallback });
    await insertExamples(played.around, played.window, [{}]);
    assert.deepEqual(played.said, ['Words alone: no server. Start it.']);
    assert.equal(played.shown[0]?.length, 2);
  });

  it('searches for what is typed: all of its words, and what is near to them', async () => {
    const played = await playInsert({ types: { [title]: 'new' } });
    await insertExamples(played.around, played.window, [{}]);
    assert.deepEqual(
      played.shown[0]?.map(({ group, value }) => [group, value]),
      [
        ['with these words', 'new'],
        ['near to them', 'near'],
      ],
    );
    assert.deepEqual(played.edited, []);
  });

  it('called with an example inserts that one straight; with several, all of them', async () => {
    const played = await playInsert();
    await insertExamples(played.around, played.window, [{ exampleId: 'a' }, { exampleId: 'b' }]);
    assert.deepEqual(insertionsOf(played)[0]?.exampleIds, ['a', 'b']);
    assert.deepEqual(played.shown, []);
  });

  it('called with a tool offers its examples alone', async () => {
    const played = await playInsert();
    await insertExamples(played.around, played.window, [{ toolId: 't' }]);
    for (const type of [engine.examples, engine.nearestExamples]) {
      assert.ok(asked(played, type).every((params) => (params as { tool: string }).tool === 't'));
    }
  });

  it('says where there is nothing to insert, or nothing to insert it into', async () => {
    const none = await playInsert({ examples: [] });
    await insertExamples(none.around, none.window, [{}]);
    assert.deepEqual(none.said, ['There are no learned examples yet. Explore a tool first.']);
    const nowhere = await playInsert({ place: null });
    await insertExamples(nowhere.around, nowhere.window, [{ exampleId: 'a' }]);
    assert.match(nowhere.said[0] ?? '', /no text editor .* Open the file/);
    const copy = {
      answers: { 'cannot be written to': 'Copy Example As…' },
      picks: { 'Copy Example As': 'Markdown' },
    };
    const readonly = await playInsert({ place: { isReadonly: true }, ...copy });
    await insertExamples(readonly.around, readonly.window, [{ exampleId: 'a' }]);
    assert.deepEqual(readonly.said, ['a.md cannot be written to.']);
    assert.deepEqual(readonly.copied, ['{"ids":["a"],"form":"markdown"}']);
    for (const { edited } of [none, nowhere, readonly]) assert.deepEqual(edited, []);
  });

  it('says why nothing fits, and offers to copy', async () => {
    const insertion = () => ({
      nothing: 'The cursor is in a comment.',
      copy: 'TEXT',
      form: 'messages' as const,
    });
    const played = await playInsert({ insertion, answers: { comment: 'Copy' } });
    await insertExamples(played.around, played.window, [{ exampleId: 'a' }]);
    assert.deepEqual(played.said, ['Nothing was inserted. The cursor is in a comment.']);
    assert.deepEqual(played.copied, ['TEXT']);
    assert.deepEqual(played.edited, []);
  });

  it('a document that changes meanwhile is asked about again; one that cannot be written to is said', async () => {
    let turn = 0;
    const moving = await playInsert({ place: { edit: async () => (turn++ === 0 ? 'changed' : 'done') } });
    await insertExamples(moving.around, moving.window, [{ exampleId: 'a' }]);
    assert.equal(insertionsOf(moving).length, 2);
    assert.deepEqual(moving.said, []);
    const restless = await playInsert({ place: { edit: async () => 'changed' } });
    await insertExamples(restless.around, restless.window, [{ exampleId: 'a' }]);
    assert.match(restless.said[0] ?? '', /changed meanwhile/);
    const refused = await playInsert({
      place: { edit: async () => 'refused' },
      answers: { 'cannot be written': 'Copy' },
    });
    await insertExamples(refused.around, refused.window, [{ exampleId: 'a' }]);
    assert.equal(refused.copied.length, 1);
  });

  describe('demonstrations of the sampler', () => {
    const examples = [example('near', 'invented', false), example('real', 'learned')];

    it('are offered only when asked for, and carry a mark', async () => {
      const played = await playInsert({ examples });
      let list: Search<string> | undefined;
      const { person } = played.around;
      person.searchMany = async (search) => {
        list = search as unknown as Search<string>;
        const labels = async () =>
          (await search.find('', new AbortController().signal)).map(({ label }) => label);
        assert.deepEqual(await labels(), ['learned']);
        assert.equal(search.buttons?.()[1]?.checked, false);
        await search.buttons?.()[1]?.press();
        assert.equal(search.buttons?.()[1]?.checked, true);
        assert.deepEqual(await labels(), ['learned', 'invented']);
        const [, last] = await search.find('', new AbortController().signal);
        assert.equal(last?.description, 'add_days · demonstration');
        assert.equal(last?.group, 'demonstrations');
        return undefined;
      };
      await insertExamples(played.around, played.window, [{}]);
      assert.ok(list);
    });

    it('what a model played is offered as demonstrations are: when it is asked for, and marked', async () => {
      const played = example('near', 'played');
      played.provenance.simulated = true;
      const no = await playInsert({ examples: [played] });
      await insertExamples(no.around, no.window, [{}]);
      assert.match(no.said[0] ?? '', /only simulated examples here: a model played the tool/);
      const yes = await playInsert({ examples: [played], answers: { simulated: 'Include Simulated' } });
      await insertExamples(yes.around, yes.window, [{}]);
      const [line] = yes.shown[0] ?? [];
      assert.equal(line?.label, 'played');
      assert.match(line?.description ?? '', /simulated/);
      const both = await playInsert({ examples: [played, example('new', 'real')] });
      await insertExamples(both.around, both.window, [{}]);
      assert.deepEqual(
        both.shown[0]?.map(({ label }) => label),
        ['real'],
      );
    });

    it('where there is nothing else, that is said first', async () => {
      const only = { examples: [example('near', 'invented', false)] };
      const no = await playInsert(only);
      await insertExamples(no.around, no.window, [{}]);
      assert.match(no.said[0] ?? '', /only demonstrations/);
      assert.deepEqual(no.shown, []);
      const yes = await playInsert({ ...only, answers: { demonstrations: 'Include Demonstrations' } });
      await insertExamples(yes.around, yes.window, [{}]);
      assert.equal(yes.shown[0]?.[0]?.label, 'invented');
    });
  });

  describe('the form', () => {
    it('that was remembered is used, and gives way where it does not fit', async () => {
      const played = await playInsert({
        remembered: 'objects',
        insertion: ({ form }) =>
          form === null ? { edits: [], form: 'messages' } : { nothing: 'No.', copy: '', form },
      });
      await insertExamples(played.around, played.window, [{ exampleId: 'a' }]);
      assert.deepEqual(
        insertionsOf(played).map(({ form }) => form),
        ['objects', null],
      );
      assert.deepEqual(played.notes, ['Inserted 1 example as OpenAI Messages']);
    });

    it('that is chosen now is remembered, and does not give way', async () => {
      const insertion = ({ form }: InsertionParams): Insertion =>
        form === null ? { edits: [], form: 'markdown' } : { nothing: 'No.', copy: '', form };
      const played = await playInsert({ insertion, picks: { 'Form of the Examples': 'Objects' } });
      played.around.person.searchMany = async (search) => {
        assert.equal(search.subtitle?.(), '');
        await search.buttons?.()[0]?.press();
        assert.equal(search.subtitle?.(), 'Objects');
        return (await search.find('', new AbortController().signal)).map(({ value }) => value);
      };
      await insertExamples(played.around, played.window, [{}]);
      assert.deepEqual(played.remembered, ['objects']);
      assert.deepEqual(
        insertionsOf(played).map(({ form }) => form),
        ['objects'],
      );
      assert.deepEqual(played.said, ['Nothing was inserted. No.']);
    });

    it('of JSON lines is one of two', async () => {
      const played = await playInsert({ place: { languageId: 'jsonl' } });
      played.around.person.searchMany = async (search) => {
        await search.buttons?.()[0]?.press();
        return undefined;
      };
      await insertExamples(played.around, played.window, [{}]);
      assert.deepEqual(
        played.shown[0]?.map(({ label }) => label),
        ['What the File Needs', 'Objects', 'OpenAI Messages'],
      );
    });
  });

  it('previews what would be inserted, follows the line, and closes the preview', async () => {
    const played = await playInsert({
      picks: { 'Form of the Examples': 'Objects' },
      insertion: ({ exampleIds }) => ({
        edits: [{ start: 0, end: 0, text: `\n\n${exampleIds.join()}\n` }],
        form: 'markdown',
      }),
    });
    played.around.person.searchMany = async (search) => {
      const [near, newest] = await search.find('', new AbortController().signal);
      assert.ok(near && newest);
      search.active?.(near.value);
      assert.equal(played.previews.length, 0);
      await search.lineButton?.press(near.value);
      assert.deepEqual(played.previews, [{ text: 'near\n', languageId: 'markdown' }]);
      search.active?.(newest.value);
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(played.previews.at(-1)?.text, 'new\n');
      await search.buttons?.()[0]?.press();
      assert.equal(insertionsOf(played).at(-1)?.form, 'objects');
      assert.equal(played.closed(), 0);
      return undefined;
    };
    await insertExamples(played.around, played.window, [{}]);
    assert.equal(played.closed(), 1);
  });

  it('shows hostile texts as one short line', async () => {
    const examples = hostileTexts.map((text, index) => ({
      ...example(`e${index}`, text),
      calls: [{ tool: `x#${text}`, arguments: { [text]: text }, observation: text }],
    }));
    const played = await playInsert({ examples });
    await insertExamples(played.around, played.window, [{}]);
    for (const { label, description = '', detail = '' } of played.shown[0] ?? []) {
      for (const text of [label, description, detail]) {
        assert.ok(text.length < 700, String(text.length));
        assert.doesNotMatch(text, /[\p{Cc}\u200b\u2028-\u202e\u2066-\u2069\p{Cs}]/u);
      }
    }
  });
});

describe('Copy Example As…', () => {
  it('copies those it was called with, in the form that is picked', async () => {
    const played = await playInsert({ picks: { 'Copy Example As': 'OpenAI Messages' } });
    await copyExampleAs(played.around, played.window, [{ exampleId: 'a' }, { exampleId: 'b' }]);
    assert.deepEqual(played.copied, ['{"ids":["a","b"],"form":"messages"}']);
    assert.deepEqual(played.notes, ['Copied 2 examples as OpenAI Messages']);
  });

  it('from the palette, asks which; with none, says so', async () => {
    const played = await playInsert({
      picks: { 'Copy Example': 'Something new', 'Copy Example As': 'Markdown' },
    });
    await copyExampleAs(played.around, played.window, [{}]);
    assert.deepEqual(played.copied, ['{"ids":["new"],"form":"markdown"}']);
    const none = await playInsert({ examples: [] });
    await copyExampleAs(none.around, none.window, [{}]);
    assert.match(none.said[0] ?? '', /no learned examples yet/);
    assert.deepEqual(none.copied, []);
  });
});
