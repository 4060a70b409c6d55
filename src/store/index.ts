/** What is kept of a workspace: the trial log (SQLite) and the files of examples and lessons. */

export type * from './api.ts';
export type { ToolCells } from './coverageCounts.ts';
export { emptyDashboard } from './dashboardCounts.ts';
export { DismissedProblems } from './dismissed.ts';
export type { ListQuery } from './listIds.ts';
export { openStore } from './openStore.ts';
export { redactSecrets } from './redact.ts';
export { MemoryTextIndex } from './textIndex.ts';
