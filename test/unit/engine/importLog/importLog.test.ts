import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../src/core/errors.ts';
import type { Trial } from '../../../../src/core/trial.ts';
import type { Engine } from '../../../../src/engine/engine.ts';
import { trialText } from '../../../../src/extension/trial/trialText.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { type LoggedItem, loggedSession, writeLog } from '../../../helpers/referenceLog.ts';
import { testEngine } from '../../../helpers/testEngine.ts';
import { echo, type WorkspaceFixture, workspaceFixture } from '../../../helpers/workspaceFixture.ts';

const places = 'Global Email V4%%Global Email V4';

const solved: LoggedItem = {
  query: 'Say hello for me.',
  turns: [
    { unreadable: 'Please use only one "Action Input:" in your response.', said: 'Thought: hm.' },
    {
      action: 'add',
      input: '{"text": 5}',
      observation: '{"error": "text must be a string", "response": ""}',
    },
    { action: 'add', input: '{"text": "hello"}', observation: '{"error": "", "response": "you said hello"}' },
    { answer: 'It says: you said hello.' },
  ],
  verdict: 'Yes. Now I know it.',
};
const denied: LoggedItem = {
  query: 'Say nothing.',
  turns: [{ action: 'add', input: '{}', observation: 'Error: text is missing' }, { answer: 'I cannot.' }],
  verdict: 'No',
};
const ranOut: LoggedItem = {
  query: 'Where is it?',
  turns: [
    { action: places, input: '{"email": "a@b.c"}', observation: '{"error": "", "response": "Bern"}' },
    { action: places, input: '{"email": "d@e.f"}' },
  ],
  verdict: 'No',
};

describe('Engine: importing an exploration log', function () {
  this.timeout(20_000);
  let workspace: WorkspaceFixture;
  let engine: Engine;
  beforeEach(async () => {
    workspace = workspaceFixture([echo('add')]);
    ({ engine } = await testEngine(workspace.folder));
  });
  afterEach(async () => {
    await engine.dispose();
    workspace.remove();
  });

  function log(content: Record<string, unknown>): string {
    return writeLog(join(workspace.folder, 'data_dict.json'), content);
  }
  async function trials(): Promise<Trial[]> {
    const { rows } = await engine.learned.trials({ limit: 100 });
    rows.reverse();
    return Promise.all(rows.map(async ({ id }) => (await engine.learned.trial(id)) as Trial));
  }
  const whole = {
    add: [loggedSession('add', [solved, denied]), loggedSession('add', [denied])],
    [places]: [loggedSession(places, [ranOut])],
  };

  it('makes one run of it, its trials as ours', async () => {
    const imported = await engine.importLog({ path: log(whole), model: 'gpt-3.5-turbo-16k-0613' });
    assert.equal(imported.trials, 4);
    assert.deepEqual(imported.problems, []);
    assert.deepEqual(imported.notes, [
      `"${places}" is not among the tools of this workspace: its trials are kept under this name.`,
      'Whether a call failed is not in the log: it is guessed from what came back.',
    ]);
    const run = await engine.run(imported.runId);
    assert.equal(run?.status, 'finished');
    assert.deepEqual(run?.tools, ['imaginarium.yaml#add', places]);
    assert.equal(run?.model.label, 'gpt-3.5-turbo-16k-0613 (imported)');
    assert.equal(run?.counts.trials, 4);
    assert.equal(run?.usage.usd, null);

    const [first, second, third, fourth] = await trials();
    assert.deepEqual([first?.episode, first?.trial, first?.tool], [1, 1, 'imaginarium.yaml#add']);
    assert.deepEqual([third?.episode, third?.trial], [2, 1]);
    assert.equal(first?.outcome, 'fulfilled');
    assert.equal(first?.answer, 'It says: you said hello.');
    assert.equal(first?.reflection?.text, 'Yes. Now I know it.');
    assert.equal(first?.messages.length, 12);
    assert.deepEqual(
      first?.steps.map(({ call, observation, failure, thought }) => [
        call?.arguments ?? null,
        observation.status,
        failure?.type ?? null,
        thought,
      ]),
      [
        [null, 'not_run', 'malformed', 'hm.'],
        [{ text: 5 }, 'rejected', 'rejected', 'I call add.'],
        [{ text: 'hello' }, 'ok', null, 'I call add.'],
      ],
    );
    assert.equal(first?.steps[1]?.failure?.message, 'text must be a string');
    assert.equal(second?.outcome, 'unfulfilled');
    assert.equal(second?.steps[0]?.failure?.type, 'rejected');
    assert.equal(fourth?.outcome, 'abandoned');
    assert.deepEqual(
      fourth?.steps.map(({ observation }) => observation.status),
      ['ok', 'not_run'],
    );
    assert.equal(fourth?.specHash, '');
  });

  it('what it teaches is learned, and says where it comes from', async () => {
    const imported = await engine.importLog({ path: log(whole) });
    assert.equal(imported.examples, 1);
    const { rows } = await engine.learned.examples({ limit: 10 });
    const [example] = rows;
    assert.equal(example?.query, 'Say hello for me.');
    assert.equal(example?.provenance.imported, true);
    assert.equal(example?.provenance.model, 'imported');
    assert.notEqual(example?.verification, 'verified');
    const lessons = await engine.learned.lessons({ limit: 10, tool: 'imaginarium.yaml#add' });
    assert.ok(lessons.rows.some(({ text }) => text.includes('text must be a string')));
    const folder = join(workspace.folder, '.imaginarium', 'examples');
    const [file = ''] = readdirSync(folder);
    assert.match(readFileSync(join(folder, file), 'utf8'), /"imported":true/);
  });

  it('twice adds nothing; a log that has grown adds what is new', async () => {
    const first = await engine.importLog({ path: log(whole) });
    const again = await engine.importLog({ path: log(whole) });
    assert.deepEqual([again.trials, again.known, again.examples], [0, 4, 0]);
    assert.equal(again.runId, first.runId);
    assert.equal((await engine.runs({ limit: 10 })).rows.length, 1);
    // Another layout says the same.
    const path = join(workspace.folder, 'data_dict.json');
    writeFileSync(path, `\ufeff${JSON.stringify(whole, null, 2)}`);
    assert.equal((await engine.importLog({ path })).trials, 0);

    const grown = { ...whole, add: [...whole.add, loggedSession('add', [solved])] };
    const more = await engine.importLog({ path: log(grown) });
    assert.deepEqual([more.trials, more.known], [1, 4]);
    assert.notEqual(more.runId, first.runId);
    assert.equal((await trials()).length, 5);
  });

  it('takes a log without conversations: thoughts and verdicts are then not known', async () => {
    const [session] = whole.add as [{ item_list: object[] }];
    const imported = await engine.importLog({ path: log({ add: [{ item_list: session.item_list }] }) });
    assert.match(imported.notes.at(-1) ?? '', /^For 2 of 2 trials the log has no verdict/);
    const [first, second] = await trials();
    assert.deepEqual([first?.reflection, first?.messages, first?.outcome], [null, [], 'fulfilled']);
    // Its only call failed: nothing speaks for it.
    assert.equal(second?.outcome, 'unfulfilled');
  });

  it('a conversation that says something else than the items is not believed', async () => {
    const session = loggedSession('add', [solved]) as { messages: { content: string }[] };
    (session.messages[2] as { content: string }).content = 'Another query.';
    await engine.importLog({ path: log({ add: [session] }) });
    const [first] = await trials();
    assert.deepEqual([first?.reflection, first?.messages], [null, []]);
  });

  it('of a log that was postprocessed, the judge decides where the verdict is not known', async () => {
    const { item_list } = loggedSession('add', [solved, solved]) as { item_list: object[] };
    const judged = [
      { ...item_list[0], judgment: 'No. It is not faithful.' },
      { ...item_list[1], judgment: 'Yes. It is fine.' },
    ];
    await engine.importLog({ path: log({ add: [{ item_list: judged }] }) });
    assert.deepEqual(
      (await trials()).map(({ outcome }) => outcome),
      ['unfulfilled', 'fulfilled'],
    );
  });

  it('broken entries are named by their path and left out', async () => {
    const good = loggedSession('add', [solved]) as { item_list: unknown[] };
    const imported = await engine.importLog({
      path: log({
        add: [
          good,
          { item_list: 'none' },
          null,
          { item_list: [{ query: 5, chains: [] }, { query: 'Hello?' }, { query: 'Hm?', chains: [{}] }] },
          { item_list: [{ query: 'Hm?', chains: [{ action: 'add', action_input: '{}', observation: {} }] }] },
        ],
        'odd "name"': { item_list: [] },
      }),
    });
    assert.equal(imported.trials, 1);
    assert.deepEqual(
      imported.problems.map(({ path, problem }) => `${path}: ${problem}`),
      [
        '$["add"][1].item_list: this has to be a list',
        '$["add"][2].item_list: this has to be a list',
        '$["add"][3].item_list[0].query: this has to be a text',
        '$["add"][3].item_list[1].chains: this has to be a list',
        '$["add"][3].item_list[2].chains[0]: this has neither an action, nor a final answer, nor what kept them from being read',
        '$["add"][4].item_list[0].chains[0].observation: this has to be a text',
        '$["odd \\"name\\""]: this has to be a list of sessions',
      ],
    );
  });

  it('an entry that is nested beyond any use is broken, and the others are taken', async () => {
    const session = JSON.stringify(loggedSession('add', [solved]));
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const odd = `{"item_list": [{"query": "q", "chains": [{"action": "add", "action_input": ${deep}}]}]}`;
    const path = join(workspace.folder, 'data_dict.json');
    writeFileSync(path, `{"add": [${session}, ${odd}]}`);
    const { trials: added, problems } = await engine.importLog({ path });
    assert.equal(added, 1);
    assert.deepEqual(problems, [
      { path: '$["add"][1].item_list[0].chains[0].action_input', problem: 'this is nested too deeply' },
    ]);
  });

  it('of an observation longer than any tool of ours gives, the beginning is kept', async () => {
    const long = 'y'.repeat(3 * 1024 * 1024);
    const turns = [{ action: 'add', input: '{}', observation: long }, { answer: 'So it is.' }];
    await engine.importLog({
      path: log({ add: [loggedSession('add', [{ query: 'Hm?', turns, verdict: 'Yes.' }])] }),
    });
    const observation = (await trials())[0]?.steps[0]?.observation;
    assert.equal(observation?.content.length, 1024 * 1024);
    assert.equal(observation?.truncated, true);
  });

  it('what is no log changes nothing', async () => {
    const path = join(workspace.folder, 'broken.json');
    const half = JSON.stringify(whole).slice(0, -40);
    for (const text of [half, '[]', '"text"', '{}', '{"add": 5}', '', 'no JSON', '{"add": []}']) {
      writeFileSync(path, text);
      await assert.rejects(engine.importLog({ path }), UserError, text.slice(0, 20));
    }
    await assert.rejects(engine.importLog({ path: join(workspace.folder, 'absent.json') }), UserError);
    await assert.rejects(engine.importLog({ path: workspace.folder }), UserError);
    assert.deepEqual((await engine.runs({ limit: 10 })).rows, []);
    assert.deepEqual(await trials(), []);
  });

  it('without trust nothing is kept', async () => {
    const path = log(whole);
    const { engine: careful } = await testEngine(workspace.folder, { trusted: false });
    await assert.rejects(careful.importLog({ path }), UserError);
    await careful.dispose();
  });

  it('hostile texts are kept as texts', async () => {
    const items = hostileTexts.map(
      (text, index): LoggedItem => ({
        query: `${index} ${text}`,
        turns: [{ action: 'add', input: JSON.stringify({ text }), observation: text }, { answer: text }],
        verdict: `Yes ${text}`,
      }),
    );
    const names = ['__proto__', 'constructor', '../../escape', ...hostileTexts.slice(0, 3)];
    // `__proto__` in a literal would be no key.
    const content = new Map(
      names.map((name): [string, unknown] => [name, [loggedSession(name, items.slice(0, 2))]]),
    );
    const parts = [...content].map(
      ([name, sessions]) => `${JSON.stringify(name)}: ${JSON.stringify(sessions)}`,
    );
    const path = join(workspace.folder, 'data_dict.json');
    writeFileSync(path, `{${parts.join(',')}, "add": ${JSON.stringify([loggedSession('add', items)])}}`);
    const imported = await engine.importLog({ path });
    assert.equal(imported.trials, items.length + 2 * names.length);
    assert.deepEqual(imported.problems, []);
    const kept = await trials();
    // A lone surrogate has no UTF-8; everything else is there as it was.
    const last = kept.at(-2);
    assert.equal(last?.answer, hostileTexts.at(-2));
    for (const trial of kept) {
      const { text } = trialText(trial, { tool: null, siblings: [] });
      assert.doesNotMatch(text, /[^\P{Cc}\n]|\p{Bidi_Control}/u);
    }
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('an imported trial says so in its document', async () => {
    await engine.importLog({ path: log(whole) });
    const [first] = await trials();
    const { text } = trialText(first as Trial, { tool: null, siblings: [] });
    assert.match(text, /guessed from what came back/);
    assert.match(text, /you said hello/);
  });
});
