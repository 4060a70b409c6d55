/** Trials, runs and examples made up in bulk, for the bench and the tests of the store. Equal seeds give equal data. */
import { noUsage } from '../../src/core/chat.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { Run } from '../../src/core/run.ts';
import { adaptivePreset } from '../../src/core/settings.ts';
import {
  type Example,
  type FailureType,
  failureTypes,
  type Outcome,
  type Trial,
} from '../../src/core/trial.ts';
import { trialId } from '../../src/core/trialId.ts';
import type { TrialRecord } from '../../src/store/index.ts';

/** A run; `changes` replace what it has. */
export function madeRun(id: string, changes: Partial<Run> = {}): Run {
  return {
    id,
    status: 'running',
    tools: ['imaginarium.yaml#tool_0'],
    settings: adaptivePreset,
    budget: { modelCalls: null, tokens: null, usd: null },
    estimate: { tools: 1, trials: 60, modelCalls: 420, tokens: 100_000, usd: null },
    model: {
      id: 'offline',
      label: 'Offline sampler (no language model)',
      baseUrl: null,
      isLanguageModel: false,
    },
    seed: 1,
    concurrency: 4,
    promptsDir: null,
    allowWrites: false,
    memoryUpTo: 0,
    startedAt: 1_700_000_000_000,
    endedAt: null,
    usage: noUsage(),
    error: null,
    ...changes,
  };
}

const subjects = ['train', 'invoice', 'weather', 'currency', 'calendar', 'repository', 'parcel', 'recipe'];
const places = ['Berlin', 'Nairobi', 'Osaka', 'Lima', 'Tromsø', 'Perth', 'Quebec', 'Split', 'Graz', 'Malmö'];
const outcomes: Outcome[] = ['fulfilled', 'fulfilled', 'unfulfilled', 'abandoned', 'error'];

/** Trial number `index` (from 0) of a run over `tools` tools, four trials an episode, two steps each. */
export function madeTrial(runId: string, index: number, tools = 8): Trial {
  const random = seededRandom(index + 1);
  const tool = `imaginarium.yaml#tool_${index % tools}`;
  const ofTool = Math.floor(index / tools);
  const place = { runId, tool, episode: Math.floor(ofTool / 4) + 1, trial: (ofTool % 4) + 1 };
  const outcome = random.pick(outcomes);
  const query = `Please find ${random.pick(subjects)} number ${index} near ${random.pick(places)} before day ${random.below(365)}`;
  const type: FailureType = random.pick(failureTypes);
  const failure = { type, message: `The value of "day" is wrong: ${index}`, argument: '/day' };
  const observed = `{"result": ${index}, "note": "${random.pick(places)} ${'seen from far away '.repeat(8)}"}`;
  return {
    id: trialId(place),
    ...place,
    query,
    callFirst: false,
    outcome,
    steps: [
      {
        thought: 'I try the day as a word.',
        call: { tool, arguments: { place: random.pick(places), day: 'monday' } },
        observation: { status: 'rejected', content: failure.message, ms: 3, truncated: false },
        failure: index % 3 === 0 ? failure : null,
        failures: index % 3 === 0 ? [failure] : [],
      },
      {
        thought: 'Now as a number.',
        call: { tool, arguments: { place: random.pick(places), day: random.below(365) } },
        observation: { status: 'ok', content: observed, ms: 4, truncated: false },
        failure: null,
        failures: [],
      },
    ],
    reflection: { text: 'Yes. It worked in the end.', claimed: true, fulfilled: outcome === 'fulfilled' },
    answer: `It is ${index}.`,
    model: 'offline',
    seed: index,
    specHash: 'spec',
    usage: { modelCalls: 4, inputTokens: 900, cachedTokens: 0, outputTokens: 80, usd: 0 },
    startedAt: 1_700_000_000_000 + index,
    ms: 40,
    messages: [
      { role: 'user', content: query },
      { role: 'assistant', content: 'Now as a number.' },
      { role: 'user', content: `Observation: ${observed}` },
      { role: 'assistant', content: `It is ${index}.` },
    ],
    exchanges: [],
  };
}

/** The example that a trial gives; `query` replaces its query. */
export function madeExample(trial: Trial, query = trial.query): Example {
  return {
    id: `${trial.id}-e`,
    tool: trial.tool,
    query,
    calls: trial.steps.slice(-1).map((step) => ({
      tool: trial.tool,
      arguments: step.call?.arguments ?? {},
      observation: step.observation.content,
    })),
    answer: trial.answer,
    verification: 'unverified',
    provenance: {
      model: trial.model,
      languageModel: false,
      runId: trial.runId,
      trialId: trial.id,
      seed: trial.seed,
      specHash: trial.specHash,
      judge: null,
      edited: false,
    },
  };
}

/** Trial number `index` as it is recorded: every fulfilled one brings an example, every failed call a lesson and a fix. */
export function madeRecord(runId: string, index: number, tools = 8): TrialRecord {
  const trial = madeTrial(runId, index, tools);
  const [first, second] = trial.steps;
  const failure = first?.failure ?? null;
  const lesson = { id: 'day-is-a-number', tool: trial.tool, text: '"day" wants a number, not a word.' };
  return {
    trial,
    lessons:
      failure === null
        ? []
        : [{ ...lesson, trials: [trial.id], argument: '/day', origin: 'evidence', specHash: trial.specHash }],
    fixes:
      failure === null || first?.call == null || second?.call == null
        ? []
        : [
            {
              tool: trial.tool,
              trialId: trial.id,
              failed: first.call,
              failure,
              worked: second.call,
              changed: ['/day'],
              sentence: lesson.text,
            },
          ],
    example: trial.outcome === 'fulfilled' ? madeExample(trial) : null,
  };
}
