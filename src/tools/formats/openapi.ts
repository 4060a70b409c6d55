/** OpenAPI 3.0 and 3.1 and Swagger 2.0: each operation is a tool. */
import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { SpecProblem } from '../../core/tool.ts';
import type { SourceResult } from '../boundTool.ts';
import { operationsOf } from '../openapi/operations.ts';
import { type OpenApiFile, References, type Report } from '../openapi/references.ts';
import { wellFormed } from '../openapi/wellFormed.ts';
import { boundTools } from './boundTools.ts';
import type { ReadDefaults, SpecFile, SpecFormat } from './format.ts';
import { meantAs } from './meantAs.ts';

/** Problems of one document that are told. */
const mostProblems = 100;

export const openapi: SpecFormat = {
  name: 'openapi',
  mayBe: (path, text) =>
    /\.(?:json|ya?ml)$/i.test(path) && (version.test(text) || (text.length > whole && parts.test(text))),
  recognises: (file) => versionOf(file.document.value) !== null || meantAs(sign, file),
  read,
};

/** The key that tells. It may stand at the end of a document, of whose beginning other keys tell. */
const version = /(?:^|[^\w.$-])(?:openapi|swagger)["']?\s*:/;
const parts = /(?:^|[\s{,"'])(?:paths|components|definitions)["']?\s*:/;
/** A text no longer than this is surely no beginning of a longer one, characters. */
const whole = 16_000;

/** The key that tells, with a version. */
const sign = /(?:^|[^\w.$-])(?:openapi|swagger)["']?\s*:\s*["']?\d/;

/** The version that a document says it has; null when it is none. */
function versionOf(value: Json | undefined): string | null {
  if (!isJsonObject(value)) return null;
  const said = value.openapi ?? value.swagger;
  const text = typeof said === 'number' ? String(said) : said;
  if (typeof text !== 'string' || !/^\d+(?:\.\d+)*(?:-\w+)?$/.test(text)) return null;
  return ['info', 'paths', 'components', 'definitions', 'webhooks'].some((key) => key in value) ? text : null;
}

function read({ path, folder, document }: SpecFile, defaults: ReadDefaults): SourceResult {
  const problems: SpecProblem[] = [...document.problems];
  // Too little could be read to find operations in it.
  if (versionOf(document.value) === null)
    return { path, folder, format: 'openapi', tools: [], problems, budget: {} };
  const told = new Set<string>();
  const report: Report = ({ file, pointer }, message, severity = 'error') => {
    // The document's own security is met again with every operation.
    const key = `${file.path} ${pointer} ${message}`;
    if (problems.length >= mostProblems || told.has(key)) return;
    told.add(key);
    problems.push({ path: file.path, ...file.locate(pointer), severity, message });
  };
  const root = document.value as JsonObject;
  const locate = (pointer: string, part?: 'key' | 'value') => document.locate(inSwagger(root, pointer), part);
  const file: OpenApiFile = { path, roots: [root], locate };
  const top = { file, pointer: '' };
  const value = inVersionThree(root, (pointer, message) => report({ file, pointer }, message));
  if (value === null) return { path, folder, format: 'openapi', tools: [], problems, budget: {} };
  if (value !== root) file.roots.unshift(value);
  const references = new References(file, folder, report);
  const specs = operationsOf({ value, ...top }, references, report);
  const before = problems.length;
  const found = boundTools(specs, { source: path, file: path, folder, locate }, defaults);
  if (specs.length === 0 && before === 0) report(top, emptiness(root), 'warning');
  const all = [...problems, ...found.problems].sort((a, b) => a.line - b.line || a.column - b.column);
  const others = references.otherFiles;
  return {
    path,
    folder,
    format: 'openapi',
    tools: found.tools,
    problems: all,
    budget: {},
    ...(others.length > 0 ? { alsoReads: others } : {}),
  };
}

function inVersionThree(
  root: JsonObject,
  fail: (pointer: string, message: string) => void,
): JsonObject | null {
  const said = versionOf(root) ?? '';
  if (said.startsWith('3')) return root;
  if (!said.startsWith('2')) {
    fail('', `Version ${said} is not read: convert the document to OpenAPI 3 (or Swagger 2.0).`);
    return null;
  }
  try {
    return upgradeFromTwoToThree({ ...wellFormed(root, fail), swagger: '2.0' }) as unknown as JsonObject;
  } catch (error) {
    fail('', `The document cannot be read as Swagger 2.0: ${(error as Error).message}.`);
    return null;
  }
}

/** Where a document in the words of version 3 has what the one in those of version 2 has elsewhere. */
function inSwagger(root: JsonObject, pointer: string): string {
  if (root.swagger === undefined) return pointer;
  return pointer
    .replace(/^\/components\/schemas(?=\/|$)/, '/definitions')
    .replace(/^\/components\/(?:parameters|requestBodies)(?=\/|$)/, '/parameters')
    .replace(/^\/components\/securitySchemes(?=\/|$)/, '/securityDefinitions');
}

function emptiness({ paths, webhooks }: JsonObject): string {
  if (paths === undefined && webhooks !== undefined)
    return 'The document has webhooks alone, which the service calls itself: there is no operation to call.';
  return 'The document has no operations: it needs "paths" with get:, post: and the like.';
}
