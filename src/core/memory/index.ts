/** Short-term and long-term memory (section 3.2 of the paper), and what long-term memory is made of. */

export type { ExploredQuery, PastCall, ToolMemory } from './longTerm.ts';
export type { Remembered } from './remember.ts';
export { emptyMemory, remember } from './remember.ts';
export { ShortTermMemory } from './shortTerm.ts';
