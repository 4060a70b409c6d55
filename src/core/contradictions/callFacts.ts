/** What a call proves about its tool: what was given, whether the tool took it, and what it said where it did not. */

import type { JsonObject } from '../json.ts';
import { plainMessage } from '../memory/lessonText.ts';
import type { Failure, Trial } from '../trial.ts';

export interface CallFact {
  trialId: string;
  arguments: JsonObject;
  /** The tool answered it, or turned it down. A tool that broke down, was late or away proves nothing and has no fact. */
  taken: boolean;
  /** Where it was refused: the tool's words, in one line. */
  words: string;
  /** What the schema says against the call. */
  bySchema: Failure[];
}

const schemaFailures = new Set<Failure['type']>([
  'missing_argument',
  'unexpected_argument',
  'wrong_type',
  'invalid_value',
]);

/** The facts of a trial: calls of its own tool that reached it. What a model played proves nothing. */
export function callFactsOf(trial: Pick<Trial, 'id' | 'tool' | 'steps'>): CallFact[] {
  return trial.steps.flatMap(({ call, observation, failures }) => {
    if (call === null || call.tool !== trial.tool || observation.simulated === true) return [];
    const { status, content } = observation;
    if (status !== 'ok' && status !== 'rejected') return [];
    return [
      {
        trialId: trial.id,
        arguments: call.arguments,
        taken: status === 'ok',
        words: status === 'ok' ? '' : plainMessage(content.slice(0, 4000)),
        bySchema: failures.filter(({ type }) => schemaFailures.has(type)),
      },
    ];
  });
}
