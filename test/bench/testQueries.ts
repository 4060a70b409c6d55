/** Queries as people write them: those of the paper's test set where it is present, else made-up ones. */
import { readFileSync } from 'node:fs';
import { sharedData } from '../helpers/sharedData.ts';
import { madeTrial } from './storeFixtures.ts';

export interface TestQueries {
  queries: string[];
  /** Where they come from, for the table. */
  from: string;
}

const madeUp = 750;

/** All 750 queries of `tool_test.json`, or as many from the fixture of the store. */
export function testQueries(): TestQueries {
  const file = sharedData('ste/tool_test.json');
  if (file === null) {
    const queries = Array.from({ length: madeUp }, (_, index) => madeTrial('queries', index).query);
    return { queries, from: 'made-up queries (tool_test.json is absent)' };
  }
  const byTool = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { query: string }[]>;
  const queries = Object.values(byTool).flatMap((tests) => tests.map(({ query }) => query));
  return { queries, from: 'queries of tool_test.json' };
}
