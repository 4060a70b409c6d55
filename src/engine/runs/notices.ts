import type { EngineEvent } from '../../protocol/engine.ts';

type Notice = Extract<EngineEvent, { type: 'notice' }>;

/** An event that tells a person something about a run (or, with null, about the engine). */
export function notice(
  runId: string | null,
  severity: Notice['severity'],
  message: string,
  advice = '',
): Notice {
  return { type: 'notice', runId, severity, message, advice };
}
