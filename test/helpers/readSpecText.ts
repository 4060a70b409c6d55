import assert from 'node:assert/strict';
import type { Json } from '../../src/core/json.ts';
import type { BoundTool, SourceResult } from '../../src/tools/boundTool.ts';
import { newAjv } from '../../src/tools/schema/ajv.ts';
import { schemaProblems } from '../../src/tools/schema/schemaProblems.ts';
import { readSource } from '../../src/tools/source.ts';

/** Schemas that refer to nothing do not get into each other's way. */
const ajv = newAjv('');

/** What is read from a text, or from a value as JSON; each tool must be one that a model can be told of. */
export function readSpecText(path: string, content: string | Json): SourceResult {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  const source = readSource('/folder', path, text);
  for (const bound of source.tools) checkTool(bound);
  const names = source.tools.map(({ tool }) => tool.name);
  assert.equal(new Set(names).size, names.length, 'two tools of one name');
  assert.equal(new Set(source.tools.map(({ tool }) => tool.id)).size, names.length, 'two tools of one id');
  return source;
}

/** Fails for a tool that could not be handed to a model. */
export function checkTool({ tool, runner, notRunnable }: BoundTool): void {
  assert.match(tool.name, /^[a-zA-Z0-9_-]{1,64}$/);
  assert.deepEqual(
    schemaProblems(tool.parameters).filter(({ severity }) => severity === 'error'),
    [],
    tool.id,
  );
  const refers = JSON.stringify(tool.parameters).includes('$ref');
  (refers ? newAjv('') : ajv).compile(tool.parameters);
  assert.equal(tool.runnable, runner !== null);
  assert.equal(notRunnable === null, tool.runnable);
}

/** `line: message` of each problem. */
export function problemLines({ problems }: SourceResult): string[] {
  return problems.map(({ line, message }) => `${line}: ${message}`);
}
