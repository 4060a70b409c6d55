/** Exploration with the offline sampler, as a person starts it, against real mock servers made from OpenAPI documents. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { isJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { readSource } from '../../../src/tools/source.ts';
import { startPrism } from '../../helpers/prism.ts';
import { testEngine } from '../../helpers/testEngine.ts';

const { resolve } = createRequire(import.meta.url);
const documents = {
  petstore: resolve('@readme/oas-examples/3.0/json/petstore.json'),
  museum: join(import.meta.dirname, '../../fixtures/openapi/museum.yaml'),
  trainTravel: resolve('@readme/oas-examples/3.1/yaml/train-travel.yaml'),
};
const firstTrials = 3;
const wanted = 0.85;

/** `GET /pets`, for each operation that says how it looks when it works. */
function operationsWithSuccess(text: string): Set<string> {
  const { paths } = parse(text) as { paths: Record<string, JsonObject> };
  const found = new Set<string>();
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const responses =
        isJsonObject(operation) && isJsonObject(operation.responses) ? operation.responses : {};
      if (Object.keys(responses).some((code) => /^2/.test(code)))
        found.add(`${method.toUpperCase()} ${path}`);
    }
  }
  return found;
}

describe('Exploring mocked services with the offline sampler', () => {
  const counts = { operations: 0, answered: 0 };

  for (const [name, document] of Object.entries(documents)) {
    it(`gets a success from the operations of ${name}`, async function () {
      this.timeout(120_000);
      const prism = await startPrism(document);
      const folder = mkdtempSync(join(tmpdir(), 'prism-'));
      try {
        const source = `api${extname(document)}`;
        copyFileSync(document, join(folder, source));
        writeFileSync(
          join(folder, 'imaginarium.yaml'),
          stringify({ include: [{ source, server: prism.url }] }),
        );
        const { answered, told } = await exploreAll(folder, source);
        assert.deepEqual(prism.violations, [], 'what was taken was right');
        const declared = operationsWithSuccess(readFileSync(document, 'utf8'));
        const good = [...declared].filter((one) => answered.has(one));
        counts.operations += declared.size;
        counts.answered += good.length;
        console.log(`      ${good.length} of ${declared.size} operations of ${name} answered with success`);
        const failed = [...declared].filter((one) => !answered.has(one));
        assert.ok(
          good.length >= wanted * declared.size,
          failed.map((one) => `${one}\n${told.get(one)}`).join('\n'),
        );
      } finally {
        await prism.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }

  it(`gets one from ${wanted * 100} % of all`, () => {
    console.log(
      `      ${counts.answered} of ${counts.operations} operations in their first ${firstTrials} trials`,
    );
    assert.ok(counts.operations >= 20);
    assert.ok(counts.answered >= wanted * counts.operations);
  });
});

/** Which operations were answered with success in their first trials, and what was called and said. */
async function exploreAll(
  folder: string,
  source: string,
): Promise<{ answered: Set<string>; told: Map<string, string> }> {
  const { tools } = readSource(folder, source, readFileSync(join(folder, source), 'utf8'));
  const operations = new Map(
    tools.map(({ tool, runner, operation }) => {
      const call = runner?.kind === 'openapi' ? runner : operation;
      return [tool.id, `${call?.method} ${call?.path}`];
    }),
  );
  const { engine } = await testEngine(folder, {
    approvals: { ask: async () => true },
    // Whatever a document asks for, the mock server takes any.
    secret: async (secret) => (secret.includes('_AT_127_0_0_1') ? 'visitor:secret' : null),
  });
  try {
    const { runId } = await engine.explore({
      tools: [],
      model: 'offline',
      settings: { episodes: 1, trials: firstTrials },
      allowWrites: true,
      concurrency: 2,
      seed: 1,
    });
    assert.equal((await engine.finished(runId)).status, 'finished');
    const answered = new Set<string>();
    const told = new Map<string, string>();
    const { rows } = await engine.learned.trials({ runId, limit: 1000 });
    for (const { id } of rows) {
      const trial = await engine.learned.trial(id);
      if (!trial) continue;
      const operation = operations.get(trial.tool) ?? trial.tool;
      if (trial.steps.some(({ observation }) => observation.status === 'ok')) answered.add(operation);
      const lines = trial.steps.map(
        ({ call, observation }) =>
          `  ${JSON.stringify(call?.arguments)} → ${observation.content.slice(0, 300)}`,
      );
      told.set(operation, [told.get(operation) ?? '', `  "${trial.query}"`, ...lines].join('\n'));
    }
    return { answered, told };
  } finally {
    await engine.dispose();
  }
}
