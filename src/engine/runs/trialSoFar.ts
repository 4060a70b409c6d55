import { noUsage } from '../../core/chat.ts';
import type { EpisodeInput, ExploreEvent } from '../../core/explore/index.ts';
import { deriveSeed } from '../../core/random.ts';
import type { Failure, Step, Trial, TrialPlace } from '../../core/trial.ts';
import { trialId } from '../../core/trialId.ts';

/**
 * Follows a trial by its events. When it breaks off after a call that may have changed something, what is known of it is
 * kept as a trial with the outcome `error`, so that the call is not made again unasked.
 */
export class TrialSoFar {
  readonly place: TrialPlace;
  readonly #callFirst: boolean;
  readonly #startedAt = Date.now();
  readonly #started = performance.now();
  #query = '';
  readonly #steps: Step[] = [];

  constructor(started: Extract<ExploreEvent, { type: 'trialStarted' }>) {
    const { runId, tool, episode, trial } = started;
    this.place = { runId, tool, episode, trial };
    this.#callFirst = started.callFirst;
  }

  follow(event: ExploreEvent): void {
    if (event.type === 'imagined' && !event.tooClose) this.#query = event.query;
    if (event.type === 'called') {
      this.#steps.push({
        thought: event.thought,
        call: event.call,
        observation: { status: 'may_have_run', content: mayHaveRun, ms: 0, truncated: false },
        failure: cutOff,
        failures: [cutOff],
      });
    }
    if (event.type === 'observed') {
      const step = this.#steps.at(-1);
      // Answers that cannot be read are observed without having been called.
      if (step && this.#steps.length === event.step) {
        step.observation = event.observation;
        step.failure = event.failure;
        step.failures = event.failure ? [event.failure] : [];
      } else {
        const { observation, failure } = event;
        this.#steps.push({
          thought: '',
          call: null,
          observation,
          failure,
          failures: failure ? [failure] : [],
        });
      }
    }
  }

  /** The trial as one that was broken off. */
  interrupted(input: Pick<EpisodeInput, 'tool' | 'runSeed'>, model: string): Trial {
    const { place } = this;
    return {
      id: trialId(place),
      ...place,
      query: this.#query,
      callFirst: this.#callFirst,
      outcome: 'error',
      steps: this.#steps,
      reflection: null,
      answer: null,
      model,
      seed: deriveSeed(input.runSeed, place.tool, place.episode, place.trial),
      specHash: input.tool.specHash,
      usage: noUsage(),
      startedAt: this.#startedAt,
      ms: Math.round(performance.now() - this.#started),
      messages: [],
      exchanges: [],
      error: {
        message: 'The trial was broken off after a call that may have changed something.',
        advice: 'It is not repeated, so that the call is not made twice. Look at what the call has done.',
      },
    };
  }
}

const mayHaveRun = 'The call was under way when the trial was broken off: it may have run.';
const cutOff: Failure = { type: 'cancelled', message: mayHaveRun };
