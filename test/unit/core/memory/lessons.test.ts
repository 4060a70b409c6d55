import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonObject } from '../../../../src/core/json.ts';
import { argumentNamed, claimOfWords } from '../../../../src/core/memory/claims.ts';
import { emptyMemory, remember, type ToolMemory } from '../../../../src/core/memory/index.ts';
import type { Failure, Lesson, ObservationStatus, Step, Trial } from '../../../../src/core/trial.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';
import { sampleTrial } from '../../../helpers/sampleTrial.ts';

const tool = sampleTool({
  name: 'book',
  parameters: {
    type: 'object',
    properties: {
      date: { type: 'string' },
      city: { type: 'string' },
      limit: { type: 'integer' },
      guest: { type: 'object', properties: { name: { type: 'string' } } },
    },
  },
});
const { parameters } = tool;

let count = 0;
function trial(steps: Step[], parts: { lesson?: string; specHash?: string } = {}): Trial {
  count += 1;
  return sampleTrial({
    id: `t${count}`,
    trial: count,
    tool: tool.id,
    steps,
    specHash: parts.specHash ?? 'v1',
    reflection: {
      text: '',
      claimed: true,
      fulfilled: true,
      ...(parts.lesson === undefined ? {} : { lesson: parts.lesson }),
    },
  });
}

function step(args: JsonObject, status: ObservationStatus, content = 'fine', failures: Failure[] = []): Step {
  const own: Failure[] = status === 'ok' ? [] : [{ type: status as Failure['type'], message: content }];
  const all = [...failures, ...own];
  return {
    thought: '',
    call: { tool: tool.id, arguments: args },
    observation: { status, content, ms: 1, truncated: false },
    failure: all[0] ?? null,
    failures: all,
  };
}
const ok = (args: JsonObject): Step => step(args, 'ok');
const no = (args: JsonObject, message: string): Step => step(args, 'rejected', message);

const fold = (trials: Trial[], from: ToolMemory = emptyMemory()): ToolMemory =>
  trials.reduce((memory, one) => remember(memory, one, tool).memory, from);
const inForce = (memory: ToolMemory): Lesson[] => memory.lessons.filter((one) => one.retired === undefined);

describe('Lessons that say the same', () => {
  it('merges a reflection into the lesson from calls about the same argument and the same form', () => {
    const memory = fold([
      trial([ok({ date: '2026-05-01' })], { lesson: '`date` has to be written as YYYY-MM-DD.' }),
      trial([no({ date: 'tomorrow' }, 'date must be YYYY-MM-DD'), ok({ date: '2026-05-02' })]),
    ]);
    const [kept, ...others] = inForce(memory);
    assert.deepEqual(others, []);
    assert.equal(kept?.origin, 'evidence');
    assert.equal(kept?.trials.length, 2, 'the trials of both');
    const gone = memory.lessons.find((one) => one.retired !== undefined);
    assert.equal(gone?.sameAs, kept?.id);
    assert.match(gone?.retired ?? '', /^Another lesson says the same: `date`/);
  });

  it('counts what a later reflection says in other words as a witness of the lesson that is there', () => {
    const memory = fold([
      trial([no({ date: 'tomorrow' }, 'date must be YYYY-MM-DD'), ok({ date: '2026-05-02' })]),
      trial([ok({ date: '2026-05-01' })], { lesson: 'The tool wants `date` in the format YYYY-MM-DD.' }),
      trial([ok({ date: '2026-05-01' })], { lesson: 'Only YYYY-MM-DD works for `date`; words fail.' }),
    ]);
    assert.equal(memory.lessons.length, 1);
    assert.equal(memory.lessons[0]?.trials.length, 3);
  });

  it('merges two reflections about one argument that name the same values', () => {
    const memory = fold([
      trial([ok({ limit: 5 })], { lesson: '`limit` must be at most 50.' }),
      trial([ok({ limit: 6 })], { lesson: 'No more results come than `limit` allows, which is at most 50.' }),
    ]);
    assert.equal(memory.lessons.length, 1);
  });

  it('merges sentences that differ in small words and endings alone', () => {
    const memory = fold([
      trial([ok({})], { lesson: 'The `city` should be written in English letters.' }),
      trial([ok({})], { lesson: '`city` must be written in English letter.' }),
      trial([ok({})], { lesson: '`city` has to be written in English letters only.' }),
    ]);
    assert.equal(memory.lessons.length, 1);
    assert.equal(memory.lessons[0]?.trials.length, 3);
  });

  it('merges what a sentence says as a rule with the refusal in which the tool states it', () => {
    const many = Array.from({ length: 30 }, (_, i) => `c${i}`);
    const cases: [said: string, refused: JsonObject, message: string][] = [
      ['`limit` must be at least 2 and at most 36.', { limit: 1 }, 'limit must be between 2 and 36'],
      [
        '`city` is one of: Rome, Paris.',
        { city: 'x' },
        "The argument 'city' must be one of: 'Rome', 'Paris'",
      ],
      [
        `\`city\` is one of: ${many.slice(0, 12).join(', ')}.`,
        { city: 'x' },
        `city must be one of: ${many.join(', ')}`,
      ],
      [
        '`date` must match ^([01][0-9]|2[0-3]):[0-5][0-9]$.',
        { date: '6' },
        'data/date must match pattern "^([01][0-9]|2[0-3]):[0-5][0-9]$"',
      ],
    ];
    for (const [lesson, refused, message] of cases) {
      const memory = fold([trial([no(refused, message)], { lesson })]);
      assert.equal(inForce(memory).length, 1, lesson);
      assert.equal(inForce(memory)[0]?.origin, 'evidence');
    }
    const long = fold([trial([ok({})], { lesson: cases[2]?.[0] ?? '' }), trial([ok({ city: 'c20' })])]);
    assert.equal(long.lessons[0]?.against, undefined, 'a long list may be cut');
  });

  it('keeps apart what is alike and says something else', () => {
    const pairs: [string, string][] = [
      ['`date` must be written as YYYY-MM-DD.', '`date` must be written as YYYYMMDD.'],
      ['`limit` must be at most 50.', '`limit` must be at most 100.'],
      ['`city` is required.', '`city` is not required.'],
      ['`city` is required.', '`date` is required.'],
      [
        'The tool accepts "Paris" for `city` in every call.',
        'The tool accepts "Lyon" for `city` in every call.',
      ],
      ['`city` has to be written in English.', '`city` has to be written in German.'],
      [
        'The results for a `city` are sorted ascending by their name.',
        'The results for a `city` are sorted descending by their name.',
      ],
      ["`date` is taken in the user's time zone.", '`date` is taken in the time zone of the server.'],
      ['`city` names are translated by the tool.', '`city` names are never translated by the tool.'],
    ];
    for (const [first, second] of pairs) {
      const args = { date: '2026-05-01', city: 'Rome', limit: 3 };
      const memory = fold([trial([ok(args)], { lesson: first }), trial([ok(args)], { lesson: second })]);
      assert.equal(memory.lessons.length, 2, `${first} / ${second}`);
      assert.equal(
        memory.lessons.every((one) => one.sameAs === undefined),
        true,
        first,
      );
    }
  });
});

describe('What contradicts a lesson', () => {
  const learned = (): Trial =>
    trial([no({ city: 'Atlantis' }, 'Unknown city: Atlantis'), ok({ city: 'Paris' })]);

  it('retires it when later trials take what it says is refused, and says why', () => {
    const one = fold([learned(), trial([ok({ city: 'Atlantis' })])]);
    assert.equal(inForce(one).length, 1, 'one call may be an accident');
    assert.equal(one.lessons[0]?.against?.length, 1);
    assert.equal(one.lessons[0]?.recent, '+-');
    const two = fold([trial([ok({ city: 'Atlantis' })])], one);
    assert.equal(inForce(two).length, 0);
    assert.equal(
      two.lessons[0]?.retired,
      'Later trials contradict it: 2 of the newest 3 trials that bear on it.',
    );
    assert.equal(two.lessons[0]?.trials.length, 1, 'nothing is forgotten');
  });

  it('counts again when evidence returns', () => {
    const retired = fold([learned(), trial([ok({ city: 'Atlantis' })]), trial([ok({ city: 'Atlantis' })])]);
    const again = fold([learned()], retired);
    assert.equal(inForce(again).length, 1);
    assert.equal(again.lessons[0]?.recent, '+--+');
    assert.equal(again.lessons[0]?.against?.length, 2);
  });

  it('counts a refusal of what it says works, where the tool blames the same argument', () => {
    const blamed = fold([learned(), trial([no({ city: 'Paris' }, 'Unknown city: Paris')])]);
    assert.equal(
      blamed.lessons.some((one) => (one.against?.length ?? 0) > 0),
      false,
      'the same rule again',
    );
    const other = fold([learned(), trial([no({ city: 'Paris', date: 'x' }, 'date is no date')])]);
    assert.equal(
      other.lessons.some((one) => (one.against?.length ?? 0) > 0),
      false,
      'another argument',
    );
    const closed = fold([learned(), trial([no({ city: 'Paris' }, 'city is closed for good')])]);
    assert.equal(closed.lessons.filter((one) => one.against?.length === 1).length, 1);
  });

  it('holds forms, lists, bounds and presence of a sentence against calls', () => {
    const cases: [lesson: string, against: JsonObject, notAgainst: JsonObject][] = [
      ['`date` must be YYYY-MM-DD.', { date: '5 May' }, { date: '2026-05-05' }],
      ['`limit` must be at most 50.', { limit: 51 }, { limit: 50 }],
      ['`limit` must be between 2 and 9.', { limit: 1 }, { limit: 9 }],
      ['`city` is one of: Rome, Paris.', { city: 'Lyon' }, { city: 'Rome' }],
      ['`city` is required.', { date: '2026-05-05' }, { city: 'Rome' }],
      ['`city`: "Rome" was refused; "Paris" works.', { city: 'Rome' }, { city: 'Paris' }],
      ['`guest.name` is required.', { guest: {} }, { city: 'Rome' }],
    ];
    for (const [lesson, against, notAgainst] of cases) {
      const memory = fold([trial([ok({})], { lesson })]);
      const bears = (args: JsonObject): number =>
        fold([trial([ok(args)])], memory).lessons[0]?.against?.length ?? 0;
      assert.equal(bears(against), 1, `${lesson} is contradicted`);
      assert.equal(bears(notAgainst), 0, `${lesson} is not contradicted`);
    }
  });

  it('leaves alone what it cannot read, and what no real tool has said', () => {
    const lessons = ['Prefer short names.', '`city` is not required.', '`date` may be 5 or "x" or `city`.'];
    for (const lesson of lessons) {
      const memory = fold([trial([ok({})], { lesson })]);
      const after = fold([trial([ok({ city: 'Rome', date: 'x' })])], memory);
      assert.equal(after.lessons[0]?.against, undefined, lesson);
    }
    const simulated = ok({ city: 'Atlantis' });
    simulated.observation.simulated = true;
    const blocked = step({ city: 'Paris' }, 'blocked', 'Unknown city: Paris');
    const memory = fold([learned(), trial([simulated]), trial([blocked])]);
    assert.equal(memory.lessons[0]?.against, undefined);
  });

  it('withdraws a value that was taken after all, as long as others are refused', () => {
    const memory = fold([
      trial([no({ city: 'Atlantis' }, 'Unknown city: Atlantis')]),
      trial([no({ city: 'Eldorado' }, 'Unknown city: Eldorado')]),
      trial([ok({ city: 'Atlantis' })]),
    ]);
    assert.equal(memory.lessons[0]?.text, '`city` is refused as "Eldorado" (Unknown city: Atlantis).');
    assert.equal(memory.lessons[0]?.against?.length, 1);
  });

  it('sets a schema that forbids, and a tool that answers all the same, against each other', () => {
    const forbidden: Failure = { type: 'invalid_value', message: 'city is not listed', argument: '/city' };
    const refused = step({ city: 'x' }, 'rejected', 'no', [forbidden]);
    const taken = step({ city: 'x' }, 'ok', 'fine', [forbidden]);
    const memory = fold([trial([refused]), trial([taken]), trial([taken])]);
    const [plain, disagrees] = [false, true].map((one) =>
      memory.lessons.find((lesson) => (lesson.disagrees ?? false) === one),
    );
    assert.match(plain?.retired ?? '', /contradict/);
    assert.equal(disagrees?.retired, undefined);
    assert.equal(disagrees?.trials.length, 2);
  });
});

describe('Lessons and versions of the spec', () => {
  it('name the newest version that backs them', () => {
    const lesson = '`date` must be YYYY-MM-DD.';
    const memory = fold([
      trial([ok({ date: '2026-05-05' })], { lesson, specHash: 'v1' }),
      trial([ok({ date: '5 May' })], { specHash: 'v2' }),
    ]);
    assert.equal(memory.lessons[0]?.specHash, 'v1', 'what speaks against it is no source of it');
    const again = fold([trial([ok({ date: '2026-05-05' })], { lesson, specHash: 'v2' })], memory);
    assert.equal(again.lessons[0]?.specHash, 'v2');
  });

  it('weigh as one trial what an earlier version taught', () => {
    const lesson = '`date` must be YYYY-MM-DD.';
    const old = Array.from({ length: 6 }, () => trial([ok({ date: '2026-05-05' })], { lesson }));
    const against = (specHash: string): Trial[] =>
      Array.from({ length: 2 }, () => trial([ok({ date: '5 May' })], { specHash }));
    assert.equal(inForce(fold([...old, ...against('v1')])).length, 1, 'six against two');
    assert.equal(inForce(fold([...old, ...against('v2')])).length, 0, 'one against two');
  });
});

describe('A fold of lessons', () => {
  it('is the same in one piece and in two, also after a file has held it', () => {
    const trials = [
      trial([ok({ date: '2026-05-01' })], { lesson: '`date` has to be written as YYYY-MM-DD.' }),
      trial([no({ date: 'tomorrow' }, 'date must be YYYY-MM-DD'), ok({ date: '2026-05-02' })]),
      trial([ok({ date: 'tomorrow' })], { specHash: 'v2' }),
      trial([ok({ date: 'tomorrow' })], { lesson: '`date` takes words.', specHash: 'v2' }),
      trial([no({ date: 'tomorrow' }, 'date must be YYYY-MM-DD')], { specHash: 'v2' }),
    ];
    const whole = fold(trials);
    for (let cut = 0; cut <= trials.length; cut++) {
      const kept = JSON.parse(JSON.stringify(fold(trials.slice(0, cut)))) as ToolMemory;
      assert.deepEqual(fold(trials.slice(cut), kept), whole);
    }
  });
});

describe('Lessons of any trials', () => {
  const values = fc.constantFrom('2026-05-01', 'tomorrow', 'Rome', 'Atlantis');
  const names = fc.constantFrom('date', 'city');
  const said = fc.option(
    fc.tuple(
      names,
      fc.constantFrom('must be YYYY-MM-DD.', 'is required.', 'is not accepted.', ': "Rome" works.'),
    ),
    { nil: undefined },
  );
  const made = fc.record({
    calls: fc.array(
      fc.record({
        name: names,
        value: values,
        refused: fc.option(fc.constantFrom('Bad value', 'No such thing'), { nil: undefined }),
      }),
      { maxLength: 3 },
    ),
    said,
    specHash: fc.constantFrom('v1', 'v2'),
  });
  const trials = fc.array(made, { maxLength: 14 }).map((all) =>
    all.map(({ calls, said: words, specHash }) =>
      trial(
        calls.map(({ name, value, refused }) =>
          refused === undefined ? ok({ [name]: value }) : no({ [name]: value }, `${refused}: ${name}`),
        ),
        { specHash, ...(words === undefined ? {} : { lesson: `\`${words[0]}\` ${words[1]}` }) },
      ),
    ),
  );

  it('stand as their evidence says, each trial counted once, wherever the fold is cut', () => {
    fc.assert(
      fc.property(trials, fc.nat(14), (all, at) => {
        const memory = fold(all);
        assert.deepEqual(fold(all.slice(at), fold(all.slice(0, at))), memory);
        const ids = memory.lessons.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        for (const lesson of memory.lessons) {
          const { trials: backing, against = [], retired, sameAs, recent = '' } = lesson;
          assert.equal(new Set(backing).size, backing.length);
          assert.equal(new Set(against).size, against.length);
          assert.ok(backing.length > 0);
          if (sameAs !== undefined) {
            assert.ok(retired !== undefined && ids.includes(sameAs) && sameAs !== lesson.id);
          } else {
            const contrary = [...recent].filter((one) => one === '-').length;
            assert.equal(retired !== undefined, contrary >= 2 && contrary > recent.length - contrary);
          }
        }
      }),
      { numRuns: 150, seed: 11 },
    );
  });
});

describe('Claims of sentences', () => {
  it('are read only where one parameter is named, and never of what is denied', () => {
    assert.equal(argumentNamed('`date` and `city` belong together', parameters), null);
    assert.equal(argumentNamed('the date is odd', parameters), null);
    assert.equal(argumentNamed('"guest.name" is odd', parameters), '/guest/name');
    assert.equal(claimOfWords('`date` must not be YYYY-MM-DD.', parameters)?.form, undefined);
    assert.equal(claimOfWords('`date` is DD.MM.YYYY and not YYYY-MM-DD.', parameters)?.form ?? null, null);
    assert.equal(claimOfWords('`city` is required only when `date` is given', parameters), null);
    assert.deepEqual(claimOfWords('`limit`: use "5", not "7".', parameters)?.taken, [5]);
    assert.deepEqual(claimOfWords('`limit`: use "5", not "7".', parameters)?.refused, [7]);
  });
});
