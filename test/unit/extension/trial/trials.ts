/** Trials of every kind, for the tests of their documents. */
import {
  type Failure,
  type FailureType,
  failureTypes,
  type Observation,
  type Outcome,
  type Step,
  type Trial,
} from '../../../../src/core/trial.ts';
import type { TrialSurroundings } from '../../../../src/extension/trial/trialText.ts';
import { offlineModel } from '../../../../src/protocol/modelNames.ts';
import { sampleTrial } from '../../../helpers/sampleTrial.ts';

const tool = 'imaginarium.yaml#add_date';

/** A tool that is there, and a trial before and after. */
export const around: TrialSurroundings = {
  tool: {
    risk: 'read',
    specHash: sampleTrial().specHash,
    source: { path: 'imaginarium.yaml', line: 12, column: 5 },
  },
  siblings: [
    { id: 'before', episode: 1, trial: 0, outcome: 'unfulfilled' },
    { id: sampleTrial().id, episode: 1, trial: 1, outcome: 'fulfilled' },
    { id: 'after', episode: 1, trial: 2, outcome: 'abandoned' },
  ],
};

export const alone: TrialSurroundings = { tool: null, siblings: [] };

export function step(changes: Partial<Step> & { observation?: Observation } = {}): Step {
  const observation: Observation = { status: 'ok', content: '2024-03-01', ms: 4, truncated: false };
  const call = { tool, arguments: { date: '2024-02-20', days: 10 } };
  return { thought: 'Add them.', call, observation, failure: null, failures: [], ...changes };
}

/** A step with a failure of a type, as the engine records it. */
export function failedStep(type: FailureType, message = `what is wrong: ${type}`): Step {
  const failure: Failure = { type, message, argument: '/days' };
  const statuses: Partial<Record<FailureType, Observation['status']>> = {
    rejected: 'rejected',
    tool_fault: 'tool_fault',
    timeout: 'timeout',
    unreachable: 'unreachable',
    blocked: 'blocked',
    cancelled: 'cancelled',
  };
  const observation: Observation = {
    status: statuses[type] ?? 'not_run',
    content: `Error: ${type}`,
    ms: 1,
    truncated: false,
  };
  return step({
    call: type === 'malformed' ? null : { tool, arguments: { days: 'ten' } },
    observation,
    failure,
    failures: [failure],
  });
}

/** By name: one of each kind there is. */
export const everyTrial: Record<string, Trial> = {
  ...Object.fromEntries(
    (['fulfilled', 'unfulfilled', 'abandoned', 'error'] satisfies Outcome[]).map((outcome) => [
      outcome,
      sampleTrial({ outcome }),
    ]),
  ),
  ...Object.fromEntries(
    failureTypes.map((type) => [
      type,
      sampleTrial({ outcome: 'unfulfilled', steps: [failedStep(type), step()] }),
    ]),
  ),
  'no steps': sampleTrial({ steps: [], answer: null, outcome: 'abandoned', reflection: null }),
  'call first': sampleTrial({ callFirst: true, answer: null }),
  'no query': sampleTrial({ callFirst: true, query: '', answer: null, outcome: 'abandoned' }),
  simulated: sampleTrial({
    simulated: true,
    steps: [step({ observation: { status: 'ok', content: 'x', ms: 1, truncated: true, simulated: true } })],
  }),
  'may have run': sampleTrial({
    steps: [step({ observation: { status: 'may_have_run', content: '', ms: 1, truncated: false } })],
  }),
  'spec and tool disagree': sampleTrial({
    steps: [
      { ...failedStep('wrong_type'), observation: { status: 'ok', content: '[1]', ms: 1, truncated: false } },
    ],
  }),
  overruled: sampleTrial({ reflection: { text: 'Yes.', claimed: true, fulfilled: false } }),
  reflected: sampleTrial({
    reflection: { text: 't', claimed: true, fulfilled: true, cause: 'C.', lesson: 'L.', next: 'N.' },
  }),
  'offline sampler': sampleTrial({ model: offlineModel }),
  'ended by an error': sampleTrial({
    outcome: 'error',
    query: '',
    steps: [],
    answer: null,
    reflection: null,
    error: { message: 'The server said 500.', advice: 'Try again.' },
  }),
};

/** A trial that says `text` in every place where a model or a tool speaks. */
export function saying(text: string): Trial {
  const call = { tool: text, arguments: { [text]: text, list: [text] } };
  const failure: Failure = { type: 'invalid_value', message: text, argument: `/${text}` };
  const content = (value: string): Observation => ({
    status: 'rejected',
    content: value,
    ms: 1,
    truncated: true,
  });
  return sampleTrial({
    query: text,
    steps: [
      step({ thought: text, call, observation: content(text), failure, failures: [failure] }),
      step({ thought: text, observation: content(JSON.stringify({ text })) }),
      step({ call: null, thought: text, observation: content(`[${text}`) }),
    ],
    answer: text,
    reflection: { text, claimed: true, fulfilled: false, cause: text, lesson: text, next: text },
    model: text,
    runId: text,
    specHash: text,
    error: { message: text, advice: text },
  });
}
