/**
 * Where trials contradict the spec of a tool. Each claim needs its number of calls (`refusedAtLeast`, `takenAtLeast`), and not
 * one that says otherwise. Pure: what goes in are facts of calls made against the spec as it is now.
 */
import type { JsonObject } from '../json.ts';
import type { CallFact } from './callFacts.ts';
import type { Contradiction } from './contradiction.ts';
import { takenValues } from './forbidden.ts';
import { needed, notNeeded, unnamed } from './presence.ts';
import { refusedValues } from './values.ts';

export { type CallFact, callFactsOf } from './callFacts.ts';
export type { Contradiction, ContradictionKind, SchemaChange } from './contradiction.ts';

/** All contradictions of a tool, at most one a kind and argument and value. `facts`: the newest first. */
export function contradictionsOf(
  tool: { id: string; parameters: JsonObject },
  facts: readonly CallFact[],
): Contradiction[] {
  return [needed, refusedValues, notNeeded, takenValues, unnamed].flatMap((find) =>
    find(tool.id, tool.parameters, facts),
  );
}
