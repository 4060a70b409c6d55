import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ChatMessage } from '../../../../src/core/chat.ts';
import { deviations } from '../../../../src/core/explore/deviations.ts';
import { exploreEpisode } from '../../../../src/core/explore/episode.ts';
import { loadPromptSet } from '../../../../src/core/explore/prompts.ts';
import { emptyMemory, remember } from '../../../../src/core/memory/index.ts';
import { paperPreset } from '../../../../src/core/settings.ts';
import type { Trial } from '../../../../src/core/trial.ts';
import { collect, corePorts, sampleTool, scriptedModel } from '../../../helpers/corePorts.ts';
import { sharedData } from '../../../helpers/sharedData.ts';

interface Asked {
  messages: ChatMessage[];
  stop: string;
}

/**
 * The requests of the reference, built from the description of its assembly and from nothing of ours: for each trial a
 * script of answers (imagine, act…, reflect), what was read from each act answer, and what the tool said.
 */
function referenceRequests(
  prompts: Record<string, string>,
  tool: { name: string; description: string },
  episodes: {
    imagine: string;
    act: { answer: string; back: string | null }[];
    reflect: string;
    solved: string;
  }[][],
): Asked[] {
  const text = (file: string): string => (prompts[file] as string).trim();
  const braces = (prompt: string): string => prompt.split('{{').join('{').split('}}').join('}');
  const asked: Asked[] = [];
  const explored: string[] = [];
  for (const trials of episodes) {
    const talk: ChatMessage[] = [{ role: 'system', content: 'You are a helpful assistant.' }];
    const ask = (content: string, stop: string): void => {
      asked.push({ messages: [...talk, { role: 'user', content }], stop });
    };
    trials.forEach((trial, i) => {
      const plain =
        i === 0
          ? text('imagine.txt')
              .split('{api_descriptions}')
              .join(`API_name: ${tool.name}\nDescription: ${tool.description}`)
          : text('imagine-next.txt');
      let listed = plain;
      if (explored.length > 0) {
        const base = plain.slice(0, -'User Query:'.length).trim();
        listed = `${base}\n\n${text('explored-before.txt')}\n${explored.join('\n')}\n\n${text('explored-after.txt')}\n\nUser Query:`;
      }
      ask(listed, 'Thought:');
      const query = trial.imagine.trim();
      talk.push({ role: 'user', content: plain }, { role: 'assistant', content: query });
      let next =
        i === 0
          ? braces(text('act.txt')).split('{api_names}').join(tool.name).split('{query}').join(query)
          : text('act-next.txt');
      for (const turn of trial.act) {
        ask(next, 'Observation:');
        talk.push({ role: 'user', content: next }, { role: 'assistant', content: turn.answer.trim() });
        if (turn.back !== null) next = `Observation: ${turn.back}`;
      }
      ask(text('reflect.txt'), 'Observation:');
      talk.push(
        { role: 'user', content: text('reflect.txt') },
        { role: 'assistant', content: trial.reflect },
      );
      explored.push(`Query: ${query} | Solved: ${trial.solved}`);
    });
  }
  return asked;
}

const tool = sampleTool({ description: "Add days to a date. Date should be passed as 'yyyy-mm-dd'." });

function call(date: string, days: number): string {
  return `Thought: I add ${days} days.\nAction: add_date\nAction Input: {"date": "${date}", "days": ${days}}`;
}

/** What the scripted tool says for given days. */
const said = (days: unknown): string => `plus ${String(days)}: ${'x'.repeat(Number(days) > 1000 ? 3000 : 1)}`;

function scriptOf(prompts: Record<string, string>) {
  const unreadable = JSON.parse(prompts['unreadable.json'] as string) as Record<string, string>;
  const unknown = (unreadable['unknown-tool'] as string).replace('{}', 'add_date');
  return [
    [
      {
        imagine: '  What is 90 days after 2022-10-14?\n',
        act: [
          { answer: call('2022-10-14', 90), back: said(90) },
          { answer: 'Thought: I now know\nFinal Answer: 2023-01-12 ', back: null },
        ],
        reflect: 'Yes. Now I know that dates have dashes.',
        solved: 'Yes',
      },
      {
        imagine: 'And what day {is} 7 days later than "2024-02-29"?',
        act: [
          // The text for this kind holds a bare {} that stands for an empty object, not for the names.
          { answer: 'I would like to add days.', back: unreadable['no-action-input'] as string },
          { answer: 'Action: addDate\nAction Input: {}', back: unknown },
          { answer: call('2024-02-29', 7777), back: said(7777).slice(0, 2048) },
          { answer: 'Final Answer: done', back: null },
        ],
        reflect: 'No, it was refused.',
        solved: 'No',
      },
      {
        imagine: 'When is day 5?',
        act: [
          { answer: call('a', 1), back: said(1) },
          { answer: call('b', 2), back: said(2) },
          {
            answer: 'Action: add_date\nAction Input: {"date": ',
            back: unreadable['no-close-brace'] as string,
          },
          { answer: call('c', 4), back: said(4) },
          // The answer to the fourth observation: recorded, never run.
          { answer: call('d', 5), back: null },
        ],
        reflect: 'yes',
        solved: 'Yes',
      },
    ],
    [
      {
        imagine: 'A second episode begins: what is 3 days after 2020-01-01?',
        act: [{ answer: 'Final Answer: 2020-01-04', back: null }],
        reflect: 'Yes',
        solved: 'Yes',
      },
    ],
  ];
}

async function explore(prompts: Record<string, string>) {
  const script = scriptOf(prompts);
  const model = scriptedModel(
    script.flat().flatMap((trial) => [trial.imagine, ...trial.act.map((turn) => turn.answer), trial.reflect]),
  );
  const ports = corePorts({ model, call: (_tool, args) => said(args.days) });
  const trials: Trial[] = [];
  let memory = emptyMemory();
  for (const [i, episode] of script.entries()) {
    const settings = { ...paperPreset, trials: episode.length };
    const events = await collect(
      exploreEpisode(
        {
          runId: 'run',
          runSeed: 1,
          tool,
          siblings: [],
          episode: i + 1,
          settings,
          prompts: loadPromptSet(prompts),
          memory,
          finished: [],
        },
        ports,
      ),
    );
    for (const event of events) {
      if (event.type !== 'trial') continue;
      trials.push(event.trial);
      memory = remember(memory, event.trial, tool).memory;
    }
  }
  return { script, model, ports, trials };
}

function promptFolder(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt') || name.endsWith('.json'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]));
}

describe('Preset paper', () => {
  it('says where it departs from the reference, in files that are there', () => {
    for (const { where } of deviations) {
      assert.ok(existsSync(fileURLToPath(new URL(`../../../../src/${where}`, import.meta.url))), where);
    }
  });

  const given =
    sharedData('ste/prompts') ?? fileURLToPath(new URL('../../../fixtures/prompts', import.meta.url));
  const prompts = promptFolder(given);

  it('sends what the reference sends, message by message', async () => {
    const { script, model } = await explore(prompts);
    const expected = referenceRequests(prompts, tool, script);
    assert.equal(model.requests.length, expected.length);
    for (const [i, request] of model.requests.entries()) {
      assert.deepEqual(request.messages, expected[i]?.messages, `request ${i + 1}`);
      assert.deepEqual(request.stop, [expected[i]?.stop]);
      assert.equal(request.temperature, 1);
      assert.equal(request.maxTokens, 360);
      assert.equal(request.tools, undefined);
      assert.equal(request.seed, undefined);
    }
  });

  it('runs at most four calls a trial and asks at most seven times', async () => {
    const { ports, trials } = await explore(prompts);
    assert.deepEqual(
      ports.calls.map((one) => one.arguments.days),
      [90, 7777, 1, 2, 4],
    );
    assert.deepEqual(
      trials.map((trial) => [trial.outcome, trial.usage.modelCalls]),
      [
        ['fulfilled', 4],
        ['unfulfilled', 6],
        ['abandoned', 7],
        ['fulfilled', 3],
      ],
    );
    const last = trials[2]?.steps.at(-1);
    assert.deepEqual(last?.call?.arguments, { date: 'd', days: 5 });
    assert.equal(last?.observation.status, 'not_run');
  });

  it('records what could not be read with its type, and that an observation was cut', async () => {
    const { trials } = await explore(prompts);
    const steps = trials[1]?.steps ?? [];
    assert.deepEqual(
      steps.map((step) => step.failure?.type ?? null),
      ['malformed', 'unknown_tool', null],
    );
    assert.equal(steps[2]?.observation.truncated, true);
    assert.equal(steps[2]?.observation.content.length, 3011);
  });

  it('goes on after finished trials with the messages of an uninterrupted episode', async () => {
    const whole = await explore(prompts);
    const script = whole.script[0] ?? [];
    for (const done of [1, 2]) {
      const finished = whole.trials.slice(0, done);
      let memory = emptyMemory();
      for (const trial of finished) memory = remember(memory, trial, tool).memory;
      const rest = script.slice(done);
      const model = scriptedModel(
        rest.flatMap((trial) => [trial.imagine, ...trial.act.map((turn) => turn.answer), trial.reflect]),
      );
      await collect(
        exploreEpisode(
          {
            runId: 'run',
            runSeed: 1,
            tool,
            siblings: [],
            episode: 1,
            settings: { ...paperPreset, trials: 3 },
            prompts: loadPromptSet(prompts),
            memory,
            finished: JSON.parse(JSON.stringify(finished)) as Trial[],
          },
          corePorts({ model, call: (_tool, args) => said(args.days) }),
        ),
      );
      const skipped = finished.reduce((sum, trial) => sum + trial.usage.modelCalls, 0);
      const expected = whole.model.requests.slice(skipped, skipped + model.requests.length);
      assert.equal(
        model.requests.length,
        rest.reduce((sum, trial) => sum + trial.act.length + 2, 0),
      );
      assert.deepEqual(model.requests, expected);
    }
  });
});
