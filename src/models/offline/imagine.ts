import type { JsonObject } from '../../core/json.ts';
import type { CallFirstPurpose, ImaginePurpose, QueryForCallPurpose } from '../../core/purpose.ts';
import { deriveSeed, seededRandom } from '../../core/random.ts';
import { knowledgeOf } from './knowledge.ts';
import { queryWays } from './phrase.ts';
import { planArguments } from './plan.ts';
import { writeQuery } from './query.ts';

const tries = 6;

/** A query that the tool would help with: what it does, with sampled values, one that was not asked before. */
export function imagineQuery(purpose: ImaginePurpose): string {
  const { tool, memory, seed, uncovered, tooClose } = purpose;
  const random = seededRandom(deriveSeed(seed, 'imagine', tooClose.length));
  const knowledge = knowledgeOf(tool, memory, []);
  const known = new Set([...tooClose, ...memory.queries.map(({ query }) => query)]);
  let query = '';
  for (let attempt = 0; attempt < tries; attempt++) {
    query = writeQuery(tool, planArguments(tool, knowledge, uncovered, random), random.below(queryWays));
    if (!known.has(query)) return query;
  }
  return query;
}

/** Arguments of a call worth knowing, before there is a query. */
export function firstArguments(purpose: CallFirstPurpose): JsonObject {
  const random = seededRandom(deriveSeed(purpose.seed, 'callFirst', purpose.steps.length));
  return planArguments(
    purpose.tool,
    knowledgeOf(purpose.tool, purpose.memory, purpose.steps),
    purpose.uncovered,
    random,
  );
}

/** The query that a call answers. */
export function queryForCall(purpose: QueryForCallPurpose): string {
  const way = seededRandom(deriveSeed(purpose.seed, 'queryForCall')).below(queryWays);
  return writeQuery(purpose.tool, purpose.call.arguments, way);
}
