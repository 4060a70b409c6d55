import type { Engine } from '../engine/engine.ts';
import type { EngineEvent, RunSummary } from '../protocol/engine.ts';
import type { Cli } from './cli.ts';

/** A run that was begun, or why there is nothing to do. */
export type Begun = { runId: string } | { nothing: string };

/** What hears of a run: `started` first, then its events in order. */
export interface RunWatcher {
  started(run: RunSummary): void;
  event(event: EngineEvent): void;
}

/**
 * Begins a run, tells of it until it has ended, and stops it when the person wants that, also while it is still being
 * begun. Events of the run that come before `begin` has resolved are kept for after `started`.
 */
export async function followRun(
  cli: Cli,
  engine: Engine,
  begin: () => Promise<Begun>,
  watcher: RunWatcher,
): Promise<{ summary: RunSummary; seconds: number } | { nothing: string }> {
  const began = performance.now();
  let runId: string | null = null;
  let interrupted = false;
  const early: EngineEvent[] = [];
  const leave = engine.onEvent((events) => {
    if (runId === null) early.push(...events);
    else for (const event of events) if (concerns(event, runId)) watcher.event(event);
  });
  const forget = cli.onInterrupt(() => {
    interrupted = true;
    cli.terminal.say('Stopping…');
    if (runId !== null) void engine.stop(runId);
  });
  try {
    const begun = await begin();
    if ('nothing' in begun) return begun;
    const { runId: id } = begun;
    const ended = engine.finished(id);
    const run = await engine.run(id);
    if (run) watcher.started(run);
    runId = id;
    for (const event of early) if (concerns(event, id)) watcher.event(event);
    if (interrupted) void engine.stop(id);
    const summary = await ended;
    return { summary, seconds: Math.round(performance.now() - began) / 1000 };
  } finally {
    leave();
    forget();
  }
}

function concerns(event: EngineEvent, runId: string): boolean {
  if (event.type === 'trial') return event.row.runId === runId;
  if (event.type === 'progress') return event.runId === runId;
  if (event.type === 'notice') return event.runId === null || event.runId === runId;
  return false;
}
