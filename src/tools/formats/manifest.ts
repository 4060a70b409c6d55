/** The manifest: `imaginarium.yaml` and `*.tools.yaml`. Reports every problem; the tools that are right are read. */
import { isMap } from 'yaml';
import type { Budget } from '../../core/run.ts';
import type { BoundTool, SourceResult } from '../boundTool.ts';
import type { ReadDefaults, SpecFormat } from './format.ts';
import { readBindings } from './manifestInclude.ts';
import { readServices } from './manifestServices.ts';
import { readTool } from './manifestTool.ts';
import { MapReader } from './mapReader.ts';
import { YamlSource } from './yamlDocument.ts';

const fileName = /(?:^|\/)(?:imaginarium|[^/]*\.tools)\.ya?ml$/;
const mostTools = 1_000;

export const manifest: SpecFormat = {
  name: 'manifest',
  mayBe: (path) => fileName.test(path),
  recognises: ({ path }) => fileName.test(path),
  read({ path, folder, text }, defaults): SourceResult {
    const source = new YamlSource(path, text);
    const result: SourceResult = { path, folder, format: 'manifest', tools: [], problems: [], budget: {} };
    const { root } = source;
    if (root === null && source.problems.length === 0) {
      source.report([0, 0], 'The manifest is empty: it needs a list "tools:" or "include:".', 'warning');
    }
    // What is no YAML at all need not be told what it should hold.
    if (isMap(root) || (root !== null && source.problems.length === 0)) {
      readRoot(new MapReader(source, root, 'the manifest'), result, defaults);
    }
    result.problems = source.sortedProblems();
    return result;
  },
};

function readRoot(root: MapReader, result: SourceResult, defaults: ReadDefaults): void {
  if (root.failed && root.keys.length === 0) return;
  // The model is the command line's and the editor's business; here it is only known.
  root.knows('tools', 'services', 'include', 'exclude', 'budget', 'model');
  result.budget = readBudget(root);
  const services = readServices(root);
  const bindings = readBindings(root, services);
  if (bindings) result.bindings = bindings;
  const { folder } = result;
  result.tools = readTools(root, (reader) => readTool(reader, { folder, services, defaults }));
}

function readTools(root: MapReader, read: (reader: MapReader) => BoundTool | null): BoundTool[] {
  const items = root.list('tools') ?? [];
  if (root.has('tools') && root.get('tools') === null) {
    root.warn(root.keyNode('tools'), '"tools" is empty: write at least one tool, beginning with "- name:".');
  }
  if (items.length > mostTools) {
    root.fail(items[mostTools], `Only the first ${mostTools} tools of a file are read.`);
  }
  const firstLine = new Map<string, number>();
  const tools: BoundTool[] = [];
  for (const [index, item] of items.slice(0, mostTools).entries()) {
    // What is no YAML was reported; what was read of it may be anything.
    if (root.source.isBroken(item)) continue;
    const reader = new MapReader(root.source, item ?? root.keyNode('tools'), `tool ${index + 1}`);
    const before = root.source.problems.length;
    const tool = reader.has('name') || !reader.failed ? read(reader) : null;
    if (!tool) continue;
    const { name, source } = tool.tool;
    const line = firstLine.get(name);
    if (line !== undefined) {
      root.fail(
        reader.get('name'),
        `There is a tool "${name}" in line ${line} already: give this one another name.`,
      );
      continue;
    }
    firstLine.set(name, source.line);
    for (const problem of root.source.problems.slice(before)) problem.tool = tool.tool.id;
    const at = `/tools/${index}`;
    tool.spot = { at, schemaAt: `${at}/parameters`, name: root.source.rangeOf(reader.get('name')) };
    tools.push(tool);
  }
  return tools;
}

function readBudget(root: MapReader): Partial<Budget> {
  const budget: Partial<Budget> = {};
  const reader = root.has('budget') ? root.map('budget') : null;
  if (!reader || reader.failed) return budget;
  reader.knows('modelCalls', 'tokens', 'usd');
  for (const key of ['modelCalls', 'tokens', 'usd'] as const) {
    const unit = { modelCalls: 'model calls', tokens: 'tokens', usd: 'US dollars' }[key];
    const limit = reader.has(key) ? reader.positive(key, unit, 1e12) : null;
    if (limit) budget[key] = limit.value;
  }
  return budget;
}
