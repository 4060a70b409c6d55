import type { Estimate } from '../core/run.ts';
import type { RunSummary, TrialRow } from '../protocol/engine.ts';

/** The lines that `explore --json` prints. Scripts rely on their members. */
export function runStarted(runId: string, tools: readonly string[], estimate: Estimate) {
  return { event: 'run.started', runId, tools, estimate };
}

export function trialFinished(row: TrialRow) {
  return {
    event: 'trial.finished',
    runId: row.runId,
    tool: row.tool,
    trialId: row.id,
    episode: row.episode,
    trial: row.trial,
    outcome: row.outcome,
    toolCalls: row.toolCalls,
    failures: row.failures,
    example: row.example,
    simulated: row.simulated ?? false,
  };
}

/** `seconds`: how long this command has explored. The rest is of the whole run, also when it was resumed. */
export function runFinished(summary: RunSummary, seconds: number) {
  const { modelCalls, inputTokens, cachedTokens, outputTokens, usd } = summary.usage;
  return {
    event: 'run.finished',
    runId: summary.id,
    status: summary.status,
    trials: summary.counts.trials,
    examples: summary.counts.examples,
    failures: summary.counts.failures,
    lessons: summary.counts.lessons,
    simulated: summary.counts.simulated ?? 0,
    usage: { modelCalls, inputTokens, cachedTokens, outputTokens, usd },
    seconds,
  };
}
