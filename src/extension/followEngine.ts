import type { LogOutputChannel } from 'vscode';
import type { EngineEvent } from '../protocol/engine.ts';
import { CatalogueSync } from './state/sync.ts';
import type { Surroundings } from './surroundings.ts';

/** Takes over what the engine pushes, and what becomes of it. */
export function followEngine(around: Surroundings, log: LogOutputChannel): { dispose(): void }[] {
  const { link, workbench, recovery, approvals } = around;
  const catalogue = new CatalogueSync(link, workbench, around.log);
  return [
    link.onState.listen((state) => {
      log.info(`Engine: ${state}${link.pid === undefined ? '' : ` (process ${link.pid})`}`);
      // Whoever asked is gone, and asks anew when the run goes on.
      if (state === 'restarting' || state === 'away') approvals.forget();
      recovery.hear(state);
    }),
    link.onEvents.listen((events) => {
      workbench.hear(events);
      catalogue.hear(events);
      for (const event of events) if (event.type === 'notice') show(around, log, event);
    }),
  ];
}

/** What ends a run is told with its end; everything else of weight is told here. All of it is in the log. */
function show(
  { person, editor }: Surroundings,
  log: LogOutputChannel,
  { severity, message, advice, runId }: Extract<EngineEvent, { type: 'notice' }>,
): void {
  const text = `${message} ${advice}`.trim();
  const levels = { info: log.info, warning: log.warn, error: log.error };
  levels[severity].call(log, text);
  if (severity === 'info' || (severity === 'error' && runId !== null)) return;
  void person.tell(severity, text, 'Show Log').then((answer) => {
    if (answer !== undefined) editor.showLog();
  });
}
