import type { EngineEvent } from '../protocol/engine.ts';
import { CatalogueSync } from './state/sync.ts';
import { WatchOthers } from './state/watchOthers.ts';
import type { Surroundings } from './surroundings.ts';

/** The log channel. */
export interface EngineLog {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** Takes over what the engine pushes, and what becomes of it. */
export function followEngine(around: Surroundings, log: EngineLog): { dispose(): void }[] {
  const { link, workbench, recovery, approvals } = around;
  const catalogue = new CatalogueSync(link, workbench, around.log);
  return [
    catalogue,
    new WatchOthers(link, workbench, around.log),
    link.onState.listen((state) => {
      log.info(`Engine: ${state}${link.pid === undefined ? '' : ` (process ${link.pid})`}`);
      // Whoever asked is gone, and asks anew when the run goes on.
      if (state === 'restarting' || state === 'away') approvals.forget();
      recovery.hear(state);
    }),
    link.onEvents.listen((events) => {
      workbench.hear(events);
      catalogue.hear(events);
      for (const event of events) if (event.type === 'notice') write(log, event);
    }),
  ];
}

/**
 * Nothing that the engine says by itself pops up: nobody is interrupted by what they did not cause. A person is told of the
 * end of a run that they started (`commands/followRun.ts`, `commands/offerResume.ts`), is asked before a call
 * (`state/approvals.ts`), and hears what came of a command; all else is in the log, and what is wrong with the workspace
 * stands in the status bar until the log was looked at. `test/unit/extension/quiet.test.ts` holds the first stage to it.
 */
function write(
  log: EngineLog,
  { severity, message, advice }: Extract<EngineEvent, { type: 'notice' }>,
): void {
  const levels = { info: log.info, warning: log.warn, error: log.error };
  levels[severity].call(log, `${message} ${advice}`.trim());
}
