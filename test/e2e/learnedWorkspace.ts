/**
 * The sample workspace after a tool was explored with a language model: examples of every standing, lessons, and a server
 * that plays the model as a judge. What the calls returned is what the tool returns, since a verification makes them again.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/build/install.mjs';
import { noUsage } from '../../src/core/chat.ts';
import type { Json } from '../../src/core/json.ts';
import type { Call, Example, Failure, Fix, Lesson, Step, Trial } from '../../src/core/trial.ts';
import { trialId } from '../../src/core/trialId.ts';
import { openStore, type TrialRecord } from '../../src/store/index.ts';
import { madeRun } from '../bench/storeFixtures.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../helpers/fakeOpenAI.ts';
import { testEngine } from '../helpers/testEngine.ts';

export const learnedTool = 'look_up_code';
/** The example that the judge turns down. */
export const doubted = 'Which country has the code CH, and what is its French name?';

const tool = `imaginarium.yaml#${learnedTool}`;
const model = 'qwen3:14b';
const runId = 'r1';

export interface LearnedWorkspace {
  folder: string;
  /** For the window: the model that judges. */
  settings: Record<string, unknown>;
  remove(): Promise<void>;
}

/** Makes one in a temporary folder; whoever asks for it takes it away again. */
export async function learnedWorkspace(): Promise<LearnedWorkspace> {
  const folder = mkdtempSync(join(tmpdir(), 'imaginarium-learned-'));
  const learned = /\.imaginarium|\.vscode/;
  cpSync(join(root, 'examples'), folder, { recursive: true, filter: (path) => !learned.test(path) });
  await fill(folder, await specHashOf(folder));
  const server = await judge();
  return {
    folder,
    settings: { 'imaginarium.model': model, 'imaginarium.baseUrl': server.baseUrl },
    remove: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function specHashOf(folder: string): Promise<string> {
  const { engine } = await testEngine(folder, { onlyRead: true });
  const found = engine.tool(tool);
  await engine.dispose();
  if (found === null) throw new Error(`The sample workspace has no tool ${tool}.`);
  return found.specHash;
}

/** It finds every answer right but one. */
function judge(): Promise<FakeOpenAI> {
  return startFakeOpenAI({
    models: [model],
    latencyMs: 150,
    reply: ({ body }) => {
      const right = !JSON.stringify(body.messages).includes(doubted);
      return JSON.stringify({
        reasons: right
          ? 'The answer is the name that the call returned, in the language that was asked for.'
          : 'The call returned “Suisse”. That its capital is Bern is true, but no call said so.',
        informative: true,
        faithful: right,
        proper: true,
        unneeded: [],
        // What it is asked of a query for which the tool is not to be called, or not yet.
        holds: true,
        why: 'The tool alone cannot answer this.',
      });
    },
  });
}

interface Told {
  query: string;
  arguments: Call['arguments'];
  observation: Json;
  answer: string;
  /** A call that failed before. */
  failed?: { arguments: Call['arguments']; failure: Failure };
  changes?: Partial<Example>;
}

const told: Told[] = [
  {
    query: 'What is the currency with the code JPY called?',
    arguments: { code: 'JPY', kind: 'currency' },
    observation: { code: 'JPY', name: 'Japanese Yen' },
    answer: 'JPY is the Japanese Yen.',
  },
  {
    query: 'Which language is meant by pt-BR? Tell me in German.',
    arguments: { code: 'pt-BR', kind: 'language', answer_in: 'de' },
    observation: { code: 'pt-BR', name: 'Brasilianisches Portugiesisch' },
    answer: 'pt-BR ist brasilianisches Portugiesisch.',
    failed: {
      arguments: { code: 'pt-BR', kind: 'lang', answer_in: 'de' },
      failure: {
        type: 'rejected',
        message: 'RangeError: Value lang out of range for Intl.DisplayNames options property type',
        argument: '/kind',
      },
    },
  },
  {
    query: doubted,
    arguments: { code: 'CH', kind: 'region', answer_in: 'fr' },
    observation: { code: 'CH', name: 'Suisse' },
    answer: 'CH is Switzerland, Suisse in French. Its capital is Bern.',
  },
  {
    query: 'My invoice says CHF. What is that?',
    arguments: { code: 'CHF', kind: 'currency' },
    observation: { code: 'CHF', name: 'Swiss Franc' },
    answer: 'CHF is the Swiss Franc.',
    changes: { verification: 'accepted' },
  },
];

async function fill(folder: string, specHash: string): Promise<void> {
  const store = await openStore({ folder });
  const startedAt = Date.now() - 3_600_000;
  const counted = { modelCalls: 22, inputTokens: 18_400, cachedTokens: 0, outputTokens: 1_950, usd: 0 };
  store.createRun(
    madeRun(runId, {
      status: 'finished',
      tools: [tool],
      model: { id: model, label: model, baseUrl: null, isLanguageModel: true },
      startedAt,
      endedAt: startedAt + 95_000,
      usage: counted,
    }),
  );
  const records = told.map((one, at) => recordOf(one, at, specHash, startedAt));
  for (const record of records) store.recordTrial(record);
  const [yen, , , franc] = records.flatMap(({ example }) => example ?? []);
  if (!yen || !franc) throw new Error('The examples are missing.');
  store.addExamples([
    ...[
      'Tell me the name of the currency JPY.',
      'JPY: which currency is that?',
      'What do people call the currency coded JPY?',
    ].map((query, at) => ({ ...yen, id: `${yen.id}-p${at}`, query, paraphraseOf: yen.id })),
    abstention(yen, 'near', 'near_miss', 'Which dialling code do I need to call somebody in Zürich?'),
    abstention(yen, 'ask', 'missing_value', 'What does this code stand for?'),
    { ...franc, id: 'before', query: 'What is NOK?', ...before },
  ]);
  store.putLifts([
    { example: yen.id, lift: 0.12, low: 0.03, high: 0.21, queries: 48, job: 'j0' },
    { example: franc.id, lift: 0.01, low: -0.05, high: 0.07, queries: 48, job: 'j0' },
  ]);
  await store.flushExamples();
  await store.close();
}

/** Checked against a spec that has changed since. */
const before: Partial<Example> = {
  verification: 'executed',
  calls: [
    {
      tool,
      arguments: { code: 'NOK', kind: 'currency' },
      observation: '{"code":"NOK","name":"Norwegian Krone"}',
    },
  ],
  checks: { format: true, execution: 'recorded', judge: null, specHash: 'older' },
};

function abstention(like: Example, id: string, kind: 'near_miss' | 'missing_value', query: string): Example {
  const said =
    kind === 'near_miss'
      ? { answer: 'I can only tell what the codes of countries, languages and currencies stand for.' }
      : {
          answer: 'Which code do you mean, and of what: a country, a language or a currency?',
          lacks: '/code',
        };
  const { checks: _, ...rest } = like;
  return { ...rest, ...said, id, kind, query, calls: [], verification: 'verified' };
}

function recordOf(one: Told, at: number, specHash: string, startedAt: number): TrialRecord {
  const place = { runId, tool, episode: 1 + Math.floor(at / 2), trial: 1 + (at % 2) };
  const id = trialId(place);
  const { failed } = one;
  const call = { tool, arguments: one.arguments };
  const observation = JSON.stringify(one.observation);
  const steps: Step[] = [
    ...(failed
      ? [
          {
            thought: 'A language, then.',
            call: { tool, arguments: failed.arguments },
            observation: {
              status: 'rejected' as const,
              content: failed.failure.message,
              ms: 4,
              truncated: false,
            },
            failure: failed.failure,
            failures: [failed.failure],
          },
        ]
      : []),
    {
      thought: 'The tool knows names of codes.',
      call,
      observation: { status: 'ok', content: observation, ms: 5, truncated: false },
      failure: null,
      failures: [],
    },
  ];
  const trial: Trial = {
    id,
    ...place,
    query: one.query,
    callFirst: false,
    outcome: 'fulfilled',
    steps,
    reflection: { text: 'Yes.', claimed: true, fulfilled: true, cause: 'The call returned the name.' },
    answer: one.answer,
    model,
    seed: at,
    specHash,
    usage: { ...noUsage(), modelCalls: 4, inputTokens: 4_600, outputTokens: 480, usd: null },
    startedAt: startedAt + at * 20_000,
    ms: 18_000,
    messages: [],
    exchanges: [],
  };
  const fixes: Fix[] = failed
    ? [
        {
          tool,
          trialId: id,
          failed: { tool, arguments: failed.arguments },
          failure: failed.failure,
          worked: call,
          changed: ['/kind'],
          sentence: 'kind "lang" was refused; "language" works.',
        },
      ]
    : [];
  const example: Example = {
    id,
    tool,
    query: one.query,
    calls: [{ ...call, observation }],
    answer: one.answer,
    verification: 'executed',
    checks: { format: true, execution: 'recorded', judge: null, specHash },
    ...(failed ? { contrasts: [{ tool, arguments: failed.arguments, failure: failed.failure }] } : {}),
    provenance: {
      model,
      languageModel: true,
      runId,
      trialId: id,
      seed: at,
      specHash,
      judge: null,
      edited: false,
    },
    ...one.changes,
  };
  return { trial, lessons: failed ? lessons(id, specHash) : [], fixes, example };
}

function lessons(trial: string, specHash: string): Lesson[] {
  return [
    {
      id: 'kind',
      tool,
      text: '`kind` is region, language or currency, and nothing else.',
      trials: [trial],
      argument: '/kind',
      origin: 'evidence',
      evidence: {
        message: 'RangeError: Value lang out of range',
        refused: ['lang'],
        taken: ['language', 'region', 'currency'],
      },
      specHash,
    },
    {
      id: 'upper',
      tool,
      text: 'Codes are written in capitals.',
      trials: [trial],
      against: [trial],
      retired: 'Later trials contradict it: pt-BR was taken.',
      origin: 'reflection',
      specHash,
    },
  ];
}
