/** One trial: imagine, act, reflect (or, for a share of them: call, write the query, reflect). */
import { ModelError } from '../errors.ts';
import type { Outcome, Reflection, Step, Trial } from '../trial.ts';
import { trialId } from '../trialId.ts';
import { act } from './act.ts';
import { callFirst } from './callFirst.ts';
import type { ExploreEvent } from './events.ts';
import { imagine } from './imagine.ts';
import { reflect } from './reflect.ts';
import type { TrialContext } from './trialContext.ts';

/**
 * Runs a trial and returns it whole. A model that fails for this trial alone makes it end with the outcome `error`.
 * Throws `ModelError` when no further call of the run can succeed, `BudgetExhausted`, and `Cancelled`: then the trial
 * does not count and will be tried anew.
 */
export async function* runTrial(
  context: TrialContext,
  callingFirst: boolean,
): AsyncGenerator<ExploreEvent, Trial> {
  const { place, ports, talk } = context;
  const startedAt = ports.now();
  const started = ports.monotonic();
  let query = '';
  let steps: Step[] = [];
  let answer: string | null = null;
  let reflection: Reflection | null = null;
  let outcome: Outcome;
  let error: Trial['error'];

  yield { type: 'trialStarted', ...place, callFirst: callingFirst };
  try {
    if (callingFirst) {
      ({ query, steps, answer } = yield* callFirst(context));
    } else {
      query = yield* imagine(context);
      ({ steps, answer } = yield* act(context, query));
    }
    reflection = await reflect(context, { query, steps, answer });
    yield { type: 'reflected', ...place, fulfilled: reflection.fulfilled };
    outcome = outcomeOf(callingFirst ? query !== '' : answer !== null, reflection);
  } catch (thrown) {
    if (!(thrown instanceof ModelError) || thrown.fatal) throw thrown;
    outcome = 'error';
    error = { message: thrown.message, advice: thrown.advice, kind: thrown.kind };
  }

  return {
    id: trialId(place),
    ...place,
    query,
    callFirst: callingFirst,
    outcome,
    steps,
    reflection,
    answer,
    model: ports.model.id,
    seed: context.seed,
    specHash: context.tool.specHash,
    usage: talk.usage,
    startedAt,
    ms: Math.round(ports.monotonic() - started),
    // A trial that broke off leaves nothing in the conversation: half of one would mislead the next.
    messages: error ? [] : talk.messages,
    exchanges: talk.exchanges,
    ...(context.world ? { simulated: true as const } : {}),
    ...(error ? { error } : {}),
  };
}

/** `abandoned` when a limit was reached before there was an answer; else what the reflection ruled. */
function outcomeOf(ended: boolean, reflection: Reflection): Outcome {
  if (!ended) return 'abandoned';
  return reflection.fulfilled ? 'fulfilled' : 'unfulfilled';
}
