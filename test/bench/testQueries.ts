/** Queries to look for: those of the paper's test set where it is present, else the fixture's own words. */
import { readFileSync } from 'node:fs';
import { sharedData } from '../helpers/sharedData.ts';

export interface TestQueries {
  queries: string[];
  /** Where they come from, for the table. */
  from: string;
}

/** All 750 queries of `tool_test.json`; `otherwise` makes one by its number where the file is absent. */
export function testQueries(otherwise: (index: number) => string): TestQueries {
  const file = sharedData('ste/tool_test.json');
  if (file === null) {
    const queries = Array.from({ length: 750 }, (_, index) => otherwise(index));
    return { queries, from: 'queries made up (tool_test.json is absent)' };
  }
  const byTool = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { query: string }[]>;
  const queries = Object.values(byTool).flatMap((tests) => tests.map(({ query }) => query));
  return { queries, from: 'queries of tool_test.json' };
}
