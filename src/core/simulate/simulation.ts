/**
 * Simulation: a model plays tools that nothing can run. What one exploration knows of the played world is what was answered
 * before in the run, in the order in which it was: rebuilt from the trials that are kept, so that a resumed run plays on as
 * an uninterrupted one would.
 */
import type { JsonObject } from '../json.ts';
import type { Trial } from '../trial.ts';

/** A call that was played, and what the tool was made to say. */
export interface PlayedCall {
  /** Id of the tool: the explored one, or another that was offered beside it. */
  tool: string;
  arguments: JsonObject;
  status: 'ok' | 'rejected';
  content: string;
}

/**
 * What a trial adds to the played world, in order. Refusals that the schema alone explains say nothing about it, and neither
 * does a model that gave no answer.
 */
export function playedCalls(trial: Pick<Trial, 'steps'>): PlayedCall[] {
  return trial.steps.flatMap(({ call, observation, failures }): PlayedCall[] => {
    const { status, content, simulated } = observation;
    if (call === null || simulated !== true || failures.some((one) => one.type !== 'rejected')) return [];
    if (status !== 'ok' && status !== 'rejected') return [];
    return [{ tool: call.tool, arguments: call.arguments, status, content }];
  });
}
