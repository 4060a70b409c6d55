import type { Run } from '../../core/run.ts';
import type { RunSummary } from '../../protocol/engine.ts';
import type { Store } from '../../store/index.ts';

/** A run as lists show it. */
export function summarize(store: Store, run: Run): RunSummary {
  const { episodes, trials } = run.settings;
  return { ...run, counts: store.runCounts(run.id), planned: run.tools.length * episodes * trials };
}
