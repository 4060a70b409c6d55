import assert from 'node:assert/strict';
import { engine } from '../../../../../src/protocol/engine.ts';
import { run, source, sources, tool, trialRow } from '../../fakes.ts';
import {
  drawn,
  engineState,
  example,
  examples,
  failedCall,
  lesson,
  opened,
  pause,
  playedLink,
  toolsModel,
  workbench,
} from './played.ts';

const learned = { examples: 2, failures: 3, lessons: 1, trials: 20 };
const page = <T>(...rows: T[]) => ({ rows, next: null });
/** None of them holds no longer. */
const inForce =
  (...rows: ReturnType<typeof lesson>[]) =>
  (params: unknown) =>
    page(...((params as { retired?: boolean }).retired ? [] : rows));

function shown(tools: ReturnType<typeof tool>[], ...rows: ReturnType<typeof source>[]) {
  const link = playedLink({ [engine.tools.method]: () => page(...tools) });
  const bench = workbench();
  bench.setEngine(engineState, sources(...(rows.length > 0 ? rows : [source(tools.length)])));
  return { link, bench, ...toolsModel(link, bench) };
}

describe('The view Tools', () => {
  it('lists sources; one with nothing to show is not there', async () => {
    const { model } = shown([], source(2), source(0, { path: 'empty.tools.yaml' }));
    assert.deepEqual(drawn(await model.roots()), ['imaginarium.yaml | 2 tools']);
  });

  it('opens what is short, and leaves what is long closed', async () => {
    const opens = async (...rows: ReturnType<typeof source>[]) =>
      (await shown([], ...rows).model.roots()).map(({ row }) => row.opens);
    assert.deepEqual(await opens(source(16_000)), ['open']);
    assert.deepEqual(await opens(source(60), source(40, { path: 'b.tools.yaml' })), ['open', 'open']);
    assert.deepEqual(await opens(source(60), source(400, { path: 'b.tools.yaml' })), ['closed', 'closed']);
  });

  it('names the folder where there are several, and a source that cannot be read by its problems', async () => {
    const problem = {
      path: 'x.tools.yaml',
      line: 7,
      column: 3,
      severity: 'error' as const,
      message: '[x](y) is odd.',
    };
    const { model, bench } = shown([], source(1), source(0, { path: 'x.tools.yaml', problems: [problem] }));
    bench.set({ folders: 2 });
    const [, broken] = await model.roots();
    assert.equal(broken?.row.description, 'trains · 1 problem');
    assert.match(broken?.row.tooltip ?? '', /Line 7: \[x\]\(y\) is odd\./);
    assert.deepEqual([broken?.row.opens, broken?.row.click], ['never', 'openSpec']);
    assert.deepEqual(broken?.target.place, { path: '/home/me/trains/x.tools.yaml', line: 7, column: 3 });
  });

  it('lists tools with counts, says aloud what icons say, and opens where they are written', async () => {
    const { model } = shown([
      tool('a', { counts: learned }),
      tool('drop', { risk: 'destructive' }),
      tool('stuck', { runnable: false, notRunnable: 'No "run" is given.' }),
    ]);
    const rows = await opened(await model.roots(), 'imaginarium.yaml');
    assert.deepEqual(
      rows.map(({ row }) => [row.label, row.description, row.context, row.icon, row.opens]),
      [
        ['a', '2 examples · 3 failed', 'tool.idle', 'symbol-method', 'closed'],
        ['drop', '', 'tool.idle', 'flame', 'never'],
        ['stuck', 'cannot be run', 'tool.notRunnable', 'circle-slash', 'never'],
      ],
    );
    assert.equal(rows[0]?.row.spoken, 'a, only reads, 2 examples, 3 failed calls');
    assert.equal(rows[1]?.row.spoken, 'drop, may destroy things');
    assert.match(rows[2]?.row.tooltip ?? '', /Cannot be run: No "run" is given\./);
    assert.equal(rows[0]?.row.click, 'openSpec');
    assert.deepEqual(rows[0]?.target, {
      toolId: 'imaginarium.yaml#a',
      place: { path: '/home/me/trains/imaginarium.yaml', line: 3, column: 5 },
    });
  });

  it('draws a tool anew when it is explored, and not the others', async () => {
    const { model, bench, told } = shown([tool('a'), tool('b'), tool('c')]);
    const rows = await opened(await model.roots(), 'imaginarium.yaml');
    await pause();
    told.length = 0;
    const tools = ['imaginarium.yaml#a', 'imaginarium.yaml#b'];
    const progress = { runId: 'r', tool: 'imaginarium.yaml#a', episode: 1, trial: 1, doing: 'imagining' };
    bench.hear([
      { type: 'run', run: run('r', { tools }) },
      { type: 'progress', ...progress },
    ]);
    await pause();
    assert.deepEqual(
      rows.map(({ row }) => [row.description, row.context, row.icon]),
      [
        ['exploring', 'tool.inRun', 'sync~spin'],
        ['', 'tool.inRun', 'symbol-method'],
        ['', 'tool.idle', 'symbol-method'],
      ],
    );
    assert.deepEqual(new Set(told.flat()), new Set([rows[0], rows[1]]));
  });

  it('asks again for what is open when the catalogue has changed; rows stay the same', async () => {
    const { model, bench, link, told } = shown([tool('a')]);
    const [before] = await model.roots();
    const [a] = await opened([before as never], 'imaginarium.yaml');
    link.answers[engine.tools.method] = () => page(tool('a', { counts: learned }), tool('b'));
    told.length = 0;
    bench.setSources({ ...sources(source(2)), version: 2 });
    await pause();
    assert.deepEqual(told, [null]);
    const [now] = await model.roots();
    assert.equal(now, before);
    assert.equal(now?.row.description, '2 tools');
    const rows = await opened([now as never], 'imaginarium.yaml');
    assert.equal(rows[0], a);
    assert.deepEqual(drawn(rows), ['a | 2 examples · 3 failed', 'b']);
  });
});

describe('What was learned of a tool', () => {
  async function below(answers: Parameters<typeof playedLink>[0], counts = learned) {
    const { model, link } = shown([tool('add_date', { counts })]);
    Object.assign(link.answers, answers);
    return opened(await model.roots(), 'imaginarium.yaml', 'add_date');
  }

  it('stands in groups with their counts; there is no empty group', async () => {
    const groups = await below({});
    assert.deepEqual(drawn(groups), ['Learned examples | 2', 'Failed calls | 3', 'Lessons | 1']);
    assert.deepEqual(
      groups.map(({ row, target }) => [row.context, target.toolId]),
      ['examples', 'failures', 'lessons'].map((context) => [context, 'imaginarium.yaml#add_date']),
    );
    const { model } = shown([tool('b', { counts: { ...learned, examples: 0, lessons: 0 } })]);
    assert.deepEqual(drawn(await opened(await model.roots(), 'imaginarium.yaml', 'b')), ['Failed calls | 3']);
  });

  it('examples: those of the sampler carry a mark, in word, icon and menu', async () => {
    const made = example('e2');
    made.provenance = { ...made.provenance, languageModel: false, model: 'offline' };
    const written = example('e3');
    written.provenance = { ...written.provenance, languageModel: false, model: '', trialId: '' };
    const rows = await opened(
      await below({ [engine.shownExamples.method]: examples(example('e1'), made, written) }),
      'Learned examples',
    );
    assert.deepEqual(
      rows.map(({ row }) => [row.label, row.description, row.icon, row.context]),
      [
        ['Query e1', 'date: "2026-03-01"', 'comment', 'example'],
        ['Query e2', 'demonstration · date: "2026-03-01"', 'beaker', 'example.demonstration'],
        ['Query e3', 'date: "2026-03-01"', 'comment', 'example'],
      ],
    );
    assert.match(rows[1]?.row.tooltip ?? '', /no language model did/);
    assert.match(rows[1]?.row.spoken ?? '', /demonstration/);
    assert.deepEqual(rows[0]?.target, {
      exampleId: 'e1',
      toolId: 'imaginarium.yaml#add_date',
      trialId: 't-e1',
      runId: 'r1',
    });
    assert.deepEqual(
      rows.map(({ row }) => row.click),
      ['openTrial', 'openTrial', 'openExampleFile'],
    );
    assert.doesNotMatch(rows[2]?.row.tooltip ?? '', /sampler|Imagined by/);
  });

  it('what a model played carries a mark: examples, failed calls, and the counts above them', async () => {
    const played = example('e1');
    played.provenance = { ...played.provenance, simulated: true };
    const counts = { ...learned, simulated: { trials: 20, examples: 1, failures: 3 } };
    const link = {
      [engine.shownExamples.method]: examples(played),
      [engine.failureCounts.method]: () => [{ type: 'rejected', calls: 3, simulated: 2 }],
      [engine.failures.method]: () => page(failedCall({ simulated: true })),
    };
    const { model } = shown([tool('add_date', { counts })]);
    const rows = await opened(await model.roots(), 'imaginarium.yaml');
    assert.equal(rows[0]?.row.description, 'all simulated · 2 examples · 3 failed');
    assert.match(
      rows[0]?.row.tooltip ?? '',
      /Of these, a model played the tool in: 20 trials, 1 example, 3 failed/,
    );
    const groups = await below(link, counts);
    assert.deepEqual(drawn(groups), [
      'Learned examples | 2 · 1 simulated',
      'Failed calls | 3 · all simulated',
      'Lessons | 1',
    ]);
    const [drawnExample] = await opened(groups, 'Learned examples');
    assert.deepEqual(
      [drawnExample?.row.description, drawnExample?.row.icon, drawnExample?.row.context],
      ['simulated · date: "2026-03-01"', 'mirror', 'example'],
    );
    assert.match(drawnExample?.row.tooltip ?? '', /no evidence about the real one/);
    const types = await opened(groups, 'Failed calls');
    assert.deepEqual(drawn(types), ['Refused by the tool | 3 · 2 simulated']);
    const calls = await opened(types, 'Refused by the tool');
    assert.deepEqual(drawn(calls), ['date: "tomorrow" | simulated · date must be YYYY-MM-DD']);
  });

  it('failed calls: by type in words, with arguments, the tool’s words, and the fix that worked', async () => {
    const call = { tool: 'imaginarium.yaml#add_date', arguments: { date: '2026-03-02' } };
    const failed = failedCall({ lesson: 'Dates are ISO.' });
    const fix = {
      tool: call.tool,
      trialId: 't1',
      failed: { ...call, arguments: { date: 'tomorrow' } },
      failure: failed.details.failures[0] as never,
      worked: call,
      changed: ['/date'],
      sentence: 'date as YYYY-MM-DD works.',
    };
    const asked: unknown[] = [];
    const types = await opened(
      await below({
        [engine.failureCounts.method]: () => [
          { type: 'rejected', calls: 2 },
          { type: 'missing_argument', calls: 1 },
        ],
        [engine.failures.method]: (params) => {
          asked.push(params);
          return page({ ...failed, fix }, failedCall({ step: 1 }));
        },
      }),
      'Failed calls',
    );
    assert.deepEqual(drawn(types), ['Refused by the tool | 2', 'Missing argument | 1']);
    const calls = await opened(types, 'Refused by the tool');
    assert.deepEqual(asked, [{ tool: 'imaginarium.yaml#add_date', failureType: 'rejected', limit: 200 }]);
    assert.deepEqual(drawn(calls), Array(2).fill('date: "tomorrow" | date must be YYYY-MM-DD'));
    assert.deepEqual(
      calls.map(({ row }) => [row.icon, row.context]),
      [
        ['wrench', 'failedCall'],
        ['error', 'failedCall'],
      ],
    );
    assert.match(
      calls[0]?.row.tooltip ?? '',
      /Refused by the tool: date must be YYYY-MM-DD\nWhat worked: date: "2026-03-02"/,
    );
    assert.deepEqual(drawn((await calls[0]?.children()) ?? []), [
      'Query | What day is tomorrow?',
      'Arguments | date: "tomorrow"',
      'Refused by the tool | date must be YYYY-MM-DD',
      'What worked | date: "2026-03-02"',
      'Lesson | Dates are ISO.',
    ]);
    assert.equal(calls[0]?.target.trialId, 't1');
  });

  it('lessons: how many trials back one, and which', async () => {
    const trial = { ...trialRow('t1'), steps: [], tool: 'imaginarium.yaml#add_date' };
    const lessons = await opened(
      await below({
        [engine.lessons.method]: inForce(lesson('l1', { disagrees: true })),
        [engine.trial.method]: (params) => ((params as { id: string }).id === 't1' ? trial : null),
      }),
      'Lessons',
    );
    assert.deepEqual(drawn(lessons), ['`date` wants YYYY-MM-DD. | the spec says otherwise · from 2 trials']);
    const trials = (await lessons[0]?.children()) ?? [];
    assert.deepEqual(drawn(trials), ['What is t1? | add_date · fulfilled']);
    assert.deepEqual([trials[0]?.row.context, trials[0]?.target.trialId], ['trial', 't1']);
  });

  it('has ids of its own, everywhere in the tree', async () => {
    const groups = await below({
      [engine.shownExamples.method]: examples(example('e1'), example('e2')),
      [engine.failureCounts.method]: () => [
        { type: 'rejected', calls: 2 },
        { type: 'invalid_value', calls: 2 },
      ],
      [engine.failures.method]: () => page(failedCall(), failedCall({ step: 1 })),
      [engine.lessons.method]: inForce(lesson('l1'), lesson('l2')),
      [engine.trial.method]: (params) => ({ ...trialRow((params as { id: string }).id), steps: [] }),
    });
    const ids: string[] = [];
    const walk = async (nodes: Awaited<ReturnType<typeof below>>): Promise<void> => {
      for (const node of nodes) {
        ids.push(node.id);
        await walk([...(await node.children())]);
      }
    };
    await walk(groups);
    assert.equal(new Set(ids).size, ids.length, ids.sort().join('\n'));
    assert.ok(ids.length > 20, String(ids.length));
  });
});

describe('A filter of the view Tools', () => {
  it('is the engine’s to apply; the message says what is shown', async () => {
    const { model, link, bench } = shown([tool('a')], source(400), source(300, { path: 'b.tools.yaml' }));
    const asked: unknown[] = [];
    link.answers[engine.sources.method] = (params) => {
      asked.push(params);
      return sources(source(400, { shown: 2 }), source(300, { path: 'b.tools.yaml', shown: 0 }));
    };
    link.answers[engine.tools.method] = (params) => {
      asked.push(params);
      return page(tool('a'));
    };
    model.setFilter({ text: 'date' });
    assert.equal(model.message, 'Showing tools with “date”.');
    const roots = await model.roots();
    assert.deepEqual(drawn(roots), ['imaginarium.yaml | 2 of 400 tools']);
    assert.equal(roots[0]?.row.opens, 'open');
    assert.equal(model.message, 'Showing tools with “date” (2 of 700).');
    await roots[0]?.children();
    assert.deepEqual(asked, [
      { text: 'date' },
      { text: 'date', limit: 200, source: { folder: '/home/me/trains', path: 'imaginarium.yaml' } },
    ]);
    bench.setSources({ ...sources(source(400)), version: 2 });
    await model.roots();
    assert.deepEqual(asked[2], { text: 'date' }, 'asked again after a change');
    model.setFilter(null);
    assert.deepEqual([model.message, drawn(await model.roots()).length], ['', 1]);
  });

  it('that lets nothing through says so, and offers a way out', async () => {
    const { model, link } = shown([], source(3));
    link.answers[engine.sources.method] = () => sources(source(3, { shown: 0 }));
    model.setFilter({ learned: 'examples' });
    const [note, ...others] = await model.roots();
    assert.deepEqual(
      [note?.row.label, note?.row.click, others.length],
      ['No tool fits the filter.', 'clearToolsFilter', 0],
    );
  });
});

describe('The line above the view Tools', () => {
  it('is there when there is something to say, and tools to say it of', () => {
    const { model, bench } = shown([tool('a')]);
    assert.equal(model.message, '');
    bench.set({ link: 'restarting' });
    assert.match(model.message, /out of date/);
    bench.set({ link: 'away' });
    assert.match(model.message, /engine has stopped/);
    bench.set({ trusted: false });
    assert.match(model.message, /^Restricted Mode/);
    assert.equal(toolsModel(playedLink(), workbench()).model.message, '');
  });

  it('says that what an earlier window kept is on its way to be renewed', async () => {
    const bench = workbench();
    bench.set({ link: 'starting' });
    bench.remember(sources(source(2)));
    const { model } = toolsModel(playedLink(), bench);
    assert.deepEqual(drawn(await model.roots()), ['imaginarium.yaml | 2 tools']);
    assert.match(model.message, /^As last seen/);
    bench.setSources(sources(source(3)));
    assert.equal(model.message, '');
  });
});
