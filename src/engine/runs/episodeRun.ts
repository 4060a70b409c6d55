import { type EpisodeInput, type ExploreEvent, exploreEpisode } from '../../core/explore/index.ts';
import type { ToolMemory } from '../../core/memory/index.ts';
import type { Ports } from '../../core/ports.ts';
import { seededRandom } from '../../core/random.ts';
import { playedCalls } from '../../core/simulate/simulation.ts';
import { notice } from './notices.ts';
import { recordTrial } from './recordTrial.ts';
import type { RunContext } from './runContext.ts';
import { TrialSoFar } from './trialSoFar.ts';

/** What the next episode goes on from. */
export type Remembered = Pick<EpisodeInput, 'memory' | 'played'>;

/**
 * Runs one episode: every trial is kept as it ends. Returns long-term memory and the played world after it. Rejects with what ended it early
 * (`Cancelled`, `BudgetExhausted`, a fatal `ModelError`, `StoreFailure`).
 */
export async function runEpisode(context: RunContext, input: EpisodeInput): Promise<Remembered> {
  let memory: ToolMemory = input.memory;
  const played = input.played && [...input.played];
  let current: TrialSoFar | null = null;
  try {
    for await (const event of exploreEpisode(input, portsOf(context))) {
      if (event.type === 'trialStarted') current = new TrialSoFar(event);
      current?.follow(event);
      tell(context, event);
      if (event.type === 'trial') {
        current = null;
        context.calls.takeRisky(event.trial);
        memory = recordTrial(context, input.tool, memory, event.trial);
        played?.push(...playedCalls(event.trial));
      }
    }
    return { memory, ...(played ? { played } : {}) };
  } catch (error) {
    if (current && context.calls.takeRisky(current.place).length > 0) {
      recordTrial(context, input.tool, memory, current.interrupted(input, context.model.id));
    }
    throw error;
  }
}

function portsOf(context: RunContext): Ports {
  return {
    model: context.model,
    callTool: (tool, args, place, signal) => context.calls.call(tool, args, place, signal),
    checkArguments: (tool, args) => context.calls.check(tool, args),
    now: () => Date.now(),
    monotonic: () => performance.now(),
    random: seededRandom,
    signal: context.signal,
  };
}

function tell(context: RunContext, event: ExploreEvent): void {
  const doing = doingOf(event, context);
  if (doing !== null && event.type !== 'trial') {
    const { runId, tool, episode, trial } = event;
    context.events.publish({ type: 'progress', runId, tool, episode, trial, doing });
  }
  if (event.type === 'protocolMismatch') {
    context.mismatch(notice(context.run.id, 'warning', event.message, event.advice));
  }
}

/** What a tool's exploration is at, in a word or two; null when an event changes nothing about it. */
function doingOf(event: ExploreEvent, context: RunContext): string | null {
  switch (event.type) {
    case 'trialStarted':
      return event.callFirst ? 'calling first' : 'imagining';
    case 'imagined':
      return event.tooClose ? 'imagining anew' : 'acting';
    case 'called':
      return `calling ${context.catalogue.find((tool) => tool.id === event.call.tool)?.name ?? event.call.tool}`;
    case 'observed':
      return 'acting';
    case 'answered':
      return 'reflecting';
    default:
      return null;
  }
}
