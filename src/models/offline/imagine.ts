import type { JsonObject } from '../../core/json.ts';
import type { CallFirstPurpose, ImaginePurpose, QueryForCallPurpose } from '../../core/purpose.ts';
import { deriveSeed, seededRandom } from '../../core/random.ts';
import { profileOf, similarityOf } from '../../core/similarity.ts';
import { knowledgeOf } from './knowledge.ts';
import { queryWays } from './phrase.ts';
import { planArguments } from './plan.ts';
import { writeQuery } from './query.ts';

const tries = 8;
/** How many of the newest queries are compared with. */
const recent = 12;

/** A query that the tool would help with: what it does, with sampled values, one that was not asked before. */
export function imagineQuery(purpose: ImaginePurpose): string {
  const { tool, memory, seed, uncovered, tooClose } = purpose;
  const random = seededRandom(deriveSeed(seed, 'imagine', tooClose.length));
  const knowledge = knowledgeOf(tool, memory, []);
  const known = new Set(memory.queries.map(({ query }) => query));
  const fresh: string[] = [];
  for (let attempt = 0; attempt < tries && fresh.length < 2 + tooClose.length; attempt++) {
    const args = planArguments(tool, knowledge, uncovered, random);
    const query = writeQuery(tool, args, random.below(queryWays));
    if (!known.has(query) || attempt === tries - 1) fresh.push(query);
  }
  return farthest(fresh, [...tooClose, ...memory.queries.slice(-recent).map(({ query }) => query)]);
}

/** The query least like the others; with a single one there is nothing to compare. */
function farthest(queries: readonly string[], others: readonly string[]): string {
  if (queries.length === 1 || others.length === 0) return queries[0] as string;
  const profiles = others.map(profileOf);
  const closeness = queries.map((query) => {
    const own = profileOf(query);
    return Math.max(...profiles.map((other) => similarityOf(own, other)));
  });
  return queries[closeness.indexOf(Math.min(...closeness))] as string;
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
