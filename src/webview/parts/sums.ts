import type { Dashboard } from '../../core/rows.ts';

export function allTrials({ outcomes }: Dashboard): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}

export function allFailures({ failures }: Dashboard): number {
  return failures.reduce((sum, { calls }) => sum + calls, 0);
}
