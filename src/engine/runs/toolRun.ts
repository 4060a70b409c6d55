import { nearestSiblings, shouldStop } from '../../core/explore/index.ts';
import { emptyMemory, remember, type ToolMemory } from '../../core/memory/index.ts';
import { playedCalls } from '../../core/simulate/simulation.ts';
import type { Tool } from '../../core/tool.ts';
import type { Trial } from '../../core/trial.ts';
import { type Remembered, runEpisode } from './episodeRun.ts';
import { notice } from './notices.ts';
import type { RunContext } from './runContext.ts';

/**
 * Explores one tool: its episodes in order, after those of its trials that are finished already. Long-term memory lives
 * as long as this call. A tool that a model plays is explored in a played world: its siblings are played, too, so that they
 * agree, and nothing real is called; beside a real tool only real ones are offered. Rejects with what ended it early.
 */
export async function exploreTool(context: RunContext, tool: Tool): Promise<void> {
  const { run } = context;
  const { settings } = run;
  const finished = finishedEpisodes(context, tool);
  const isPlayed = run.simulated?.includes(tool.id) ?? false;
  let before: Remembered = { memory: memoryBefore(context, tool, finished, isPlayed) };
  if (isPlayed) before = { ...before, played: [...finished.values()].flat().flatMap(playedCalls) };
  noteChangedSpec(context, tool, finished);
  const callable = isPlayed ? () => true : context.real;
  const siblings = nearestSiblings(tool, context.catalogue, settings.siblings, callable);
  const goOn = (now: ToolMemory) =>
    !context.signal.aborted && !context.closing() && !shouldStop(now, settings, run.id);

  for (let episode = 1; episode <= settings.episodes; episode++) {
    const done = finished.get(episode) ?? [];
    if (done.length >= settings.trials) continue;
    if (!goOn(before.memory)) return;
    before = await runEpisode(context, {
      runId: run.id,
      runSeed: run.seed,
      tool,
      siblings,
      episode,
      settings,
      prompts: context.prompts,
      ...before,
      finished: done,
      goOn,
    });
  }
}

/** By episode, the trials of this run that are kept already; none for a run that has just begun. */
function finishedEpisodes({ store, run }: RunContext, tool: Tool): Map<number, Trial[]> {
  const episodes = [...store.trialsByEpisode(run.id, tool.id).keys()].sort((a, b) => a - b);
  return new Map(episodes.map((episode) => [episode, store.trialsOfEpisode(run.id, tool.id, episode)]));
}

/**
 * Long-term memory before the first trial to come. Earlier runs first, then this one's trials in their order: the same
 * fold as if the run had never been interrupted. What was played before tells nothing about the real tool.
 */
function memoryBefore(
  { store, run }: RunContext,
  tool: Tool,
  finished: Map<number, Trial[]>,
  isPlayed: boolean,
): ToolMemory {
  const scope = { upTo: run.memoryUpTo, runId: '', ...(isPlayed ? {} : { real: true as const }) };
  const earlier = run.memoryUpTo > 0 ? store.trialsForMemory(tool.id, scope) : [];
  let memory = emptyMemory();
  for (const trial of [...earlier, ...[...finished.values()].flat()]) {
    memory = remember(memory, trial, tool).memory;
  }
  return memory;
}

function noteChangedSpec({ run, events }: RunContext, tool: Tool, finished: Map<number, Trial[]>): void {
  // A trial that was recovered after a crash does not know its spec.
  const newest = [...finished.values()].flat().findLast((trial) => trial.specHash !== '');
  if (!newest || newest.specHash === tool.specHash) return;
  events.publish(
    notice(
      run.id,
      'warning',
      `"${tool.name}" has changed since this run began: it goes on with the new spec.`,
      'Start a new run if earlier trials should not count.',
    ),
  );
}
