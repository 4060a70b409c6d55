import type { Risk, Tool } from '../core/tool.ts';
import type { RunSummary } from '../protocol/engine.ts';
import { plain } from './text.ts';

/**
 * What a person should hear before a run whose calls will be blocked, and how to allow them; no line when there is
 * nothing to say. Nobody is asked for approval in a terminal.
 */
export function blockedLines(
  run: Pick<RunSummary, 'tools' | 'simulated' | 'allowWrites'>,
  tools: readonly Pick<Tool, 'id' | 'name' | 'risk'>[],
): string[] {
  const named = (...risks: Risk[]) =>
    tools
      .filter(
        ({ id, risk }) => run.tools.includes(id) && !run.simulated?.includes(id) && risks.includes(risk),
      )
      .map(({ name }) => plain(name))
      .join(', ');
  const writing = run.allowWrites ? '' : named('write', 'unknown');
  const destroying = named('destructive');
  return [
    ...(writing
      ? [`Calls that may change things will be blocked (a run with --allow-writes makes them): ${writing}`]
      : []),
    ...(destroying ? [`Calls that may destroy things never run from here: ${destroying}`] : []),
  ];
}
