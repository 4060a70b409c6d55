import type { Trial } from '../core/trial.ts';

/** A trial as scripts read it. */
export function trialRecord(trial: Trial) {
  return {
    trialId: trial.id,
    runId: trial.runId,
    tool: trial.tool,
    episode: trial.episode,
    trial: trial.trial,
    query: trial.query,
    outcome: trial.outcome,
    simulated: trial.simulated ?? false,
    steps: trial.steps.map(({ thought, call, observation, failure }) => ({
      thought,
      call: call && { tool: call.tool, arguments: call.arguments },
      observation: {
        status: observation.status,
        content: observation.content,
        ms: observation.ms,
        truncated: observation.truncated,
        ...(observation.simulated ? { simulated: true } : {}),
      },
      failure,
    })),
    reflection: trial.reflection,
    answer: trial.answer,
    model: trial.model,
  };
}
