/** Real documents: every one is read, or refused with a reason that a person understands. What was once reached is not lost. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import type { SourceResult } from '../../../src/tools/boundTool.ts';
import { mapSchema } from '../../../src/tools/foreign/schema.ts';
import { parseSpec } from '../../../src/tools/formats/document.ts';
import { References } from '../../../src/tools/openapi/references.ts';
import { Schemas } from '../../../src/tools/openapi/schemas.ts';
import { newAjv } from '../../../src/tools/schema/ajv.ts';
import { readSource } from '../../../src/tools/source.ts';

const { resolve } = createRequire(import.meta.url);
const examples = dirname(resolve('@readme/oas-examples/package.json'));

/** What GitHub's document may take, milliseconds. */
const longest = 2000;
/** What was reached; it may not fall. */
const reached = { documents: 119, operations: 1_319, schemas: 2_154 };

const files = readdirSync(examples, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  // The workshop's are steps on the way to a document.
  .filter((path) => /^\d\.\d\/.*\.(?:json|yaml)$/.test(path) && !path.includes('/openapi-workshop/'))
  .sort();

/** What `readDocument.process.ts` tells. */
interface Measured {
  tools: number;
  runnable: number;
  problems: string[];
  ms: number;
  cpu: number;
  megabytes: number;
}

/** The schemas that a document gives a name. */
function namedSchemas(path: string, text: string): [string, Json][] {
  const root = parseSpec(path, text).value as JsonObject;
  const components = isJsonObject(root.components) ? root.components : {};
  const [at, map] = isJsonObject(root.definitions)
    ? ['/definitions', root.definitions]
    : ['/components/schemas', isJsonObject(components.schemas) ? components.schemas : {}];
  const file = { path, roots: [root], locate: () => ({ line: 1, column: 1, endLine: 1, endColumn: 1 }) };
  const references = new References(file, examples, (_, message) => assert.fail(`${path}: ${message}`));
  const schemas = new Schemas(references);
  return Object.keys(map).map((name) => {
    const { schema, needs } = schemas.convert({ value: map[name] as Json, file, pointer: `${at}/${name}` });
    const { definitions: $defs } = schemas.definitions(needs);
    return [name, mapSchema(isJsonObject(schema) ? { ...schema, $defs } : schema).schema];
  });
}

describe('Real OpenAPI documents', () => {
  const counts = { documents: 0, refused: 0, operations: 0, runnable: 0, schemas: 0 };
  const sources = new Map<string, { source: SourceResult; text: string }>();

  before(() => {
    for (const path of files) {
      const text = readFileSync(join(examples, path), 'utf8');
      const source = readSource(examples, path, text);
      assert.ok(source, `${path} is recognised`);
      sources.set(path, { source, text });
    }
  });

  it('of @readme/oas-examples are all read, or refused with a reason', () => {
    for (const [path, { source }] of sources) {
      assert.equal(source.format, 'openapi', path);
      counts.documents += 1;
      counts.operations += source.tools.length;
      counts.runnable += source.tools.filter(({ tool }) => tool.runnable).length;
      if (source.tools.length === 0) {
        counts.refused += 1;
        assert.match(source.problems[0]?.message ?? '', /^The document has webhooks alone/, path);
      }
      for (const { tool, notRunnable } of source.tools) {
        assert.match(tool.name, /^[a-zA-Z0-9_-]{1,64}$/);
        assert.ok(tool.source.line > 0);
        if (!tool.runnable)
          assert.match(notRunnable ?? '', /^(?:The document names no server|It needs )/, path);
      }
    }
    console.log(
      `      ${counts.documents} documents, ${counts.refused} without operations, ${counts.operations} operations, ${counts.runnable} can be run as they are`,
    );
    assert.ok(counts.documents >= reached.documents);
    assert.ok(counts.operations >= reached.operations);
  });

  it('have schemas that compile, every one', function () {
    this.timeout(60_000);
    const failed: string[] = [];
    const ajv = newAjv('');
    // Many documents are there as JSON and as YAML.
    const compiled = new Set<string>();
    const compile = (where: string, schema: Json): void => {
      counts.schemas += 1;
      const text = JSON.stringify(schema);
      if (compiled.has(text)) return;
      compiled.add(text);
      try {
        ajv.compile(schema as JsonObject);
      } catch (error) {
        failed.push(`${where}: ${(error as Error).message}`);
      }
    };
    for (const [path, { source, text }] of sources) {
      for (const { tool } of source.tools) compile(tool.id, tool.parameters);
      for (const [name, schema] of namedSchemas(path, text)) compile(`${path} ${name}`, schema);
    }
    console.log(`      ${counts.schemas - failed.length} of ${counts.schemas} schemas compile`);
    assert.deepEqual(failed, []);
    assert.ok(counts.schemas >= reached.schemas);
  });

  it('of 13 MB with 1,223 operations are read within 2 s and 400 MB, in a fresh process', function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'octokit-'));
    try {
      const document = join(dirname(resolve('@octokit/openapi')), 'generated/api.github.com.json');
      copyFileSync(document, join(folder, 'api.github.com.json'));
      const program = join(import.meta.dirname, 'readDocument.process.ts');
      const measure = (): Measured =>
        JSON.parse(execFileSync(process.execPath, [program, folder], { encoding: 'utf8' }));
      // Whatever else the machine does now takes time that is not ours: the best of up to three counts, and of a machine that
      // is busy all the while the time of its processors.
      const rounds = [measure()];
      const isLate = ({ ms, cpu }: Measured): boolean => Math.min(ms, cpu) >= longest;
      while (rounds.length < 3 && rounds.every(isLate)) rounds.push(measure());
      const best = rounds.reduce((a, b) => (a.ms <= b.ms ? a : b));
      const walls = rounds.map(({ ms }) => Math.round(ms)).join(', ');
      console.log(
        `      ${best.tools} operations in ${Math.round(best.ms)} ms (of ${walls}; ${Math.round(best.cpu)} ms of processors) and ${Math.round(best.megabytes)} MB`,
      );
      assert.deepEqual(best.problems, []);
      assert.deepEqual([best.tools, best.runnable], [1223, 1223]);
      assert.ok(!isLate(best), `${best.ms} ms`);
      for (const { megabytes } of rounds) assert.ok(megabytes < 400, `${megabytes} MB`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
