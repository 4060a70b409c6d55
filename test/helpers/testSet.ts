/** The paper's test set and tools, as this program reads them; null where the data is absent. */
import { readFileSync } from 'node:fs';
import type { Tool } from '../../src/core/tool.ts';
import { readSource } from '../../src/tools/source.ts';
import { sharedData } from './sharedData.ts';

export interface TestSet {
  /** 817, in the order of the file. */
  tools: { key: string; tool: Tool }[];
  /** 750, each with the key of the tool that it is for. */
  queries: { query: string; key: string }[];
}

export function testSet(): TestSet | null {
  const descriptions = sharedData('ste/API_descriptions.json');
  const tests = sharedData('ste/tool_test.json');
  if (descriptions === null || tests === null) return null;
  const text = readFileSync(descriptions, 'utf8');
  const keys = Object.keys(JSON.parse(text) as object);
  const { tools } = readSource('/data', 'API_descriptions.json', text);
  if (tools.length !== keys.length) throw new Error(`${tools.length} tools of ${keys.length} descriptions.`);
  const byTool = JSON.parse(readFileSync(tests, 'utf8')) as Record<string, { query: string }[]>;
  return {
    tools: tools.map(({ tool }, index) => ({ key: keys[index] as string, tool })),
    queries: Object.entries(byTool).flatMap(([key, own]) => own.map(({ query }) => ({ query, key }))),
  };
}
