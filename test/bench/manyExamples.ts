/** A workspace with 100,000 learned examples, whose queries use words as often as people do. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, seededRandom } from '../../src/core/random.ts';
import { toolFileName } from '../../src/core/toolFileName.ts';
import { openStore } from '../../src/store/index.ts';
import { exampleLine } from '../../src/store/lines.ts';
import { cached } from './cached.ts';
import { madeExample, madeTrial } from './storeFixtures.ts';
import { testQueries } from './testQueries.ts';

export const examplesKept = 100_000;
const tools = 50;

/** The workspace with those examples, made when it is not there yet. They come in as files, as from a colleague's git. */
export function manyExamples(): Promise<string> {
  const { queries, from } = testQueries();
  const name = from.includes('made-up') ? 'examplesMadeUp' : 'examples';
  return cached(name, async (folder) => {
    writeFiles(join(folder, '.imaginarium', 'examples'), queries);
    const store = await openStore({ folder });
    await store.close();
  });
}

function writeFiles(folder: string, queries: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const words = queries.flatMap((query) => query.match(/[\p{L}\p{N}'’-]+/gu) ?? []);
  const lengths = queries.map((query) => query.split(' ').length);
  const random = seededRandom(1);
  const lines = new Map<string, string[]>();
  for (let index = 0; index < examplesKept; index++) {
    const trial = madeTrial('examples', index, tools);
    const example = madeExample(trial, sentence(words, random.pick(lengths), random));
    const own = lines.get(trial.tool) ?? [];
    own.push(exampleLine(example));
    lines.set(trial.tool, own);
  }
  for (const [tool, own] of lines) {
    writeFileSync(join(folder, `${toolFileName(tool)}.jsonl`), `${own.sort().join('\n')}\n`);
  }
}

/** Each word as likely as it is common. */
function sentence(words: readonly string[], length: number, random: Random): string {
  return `${Array.from({ length }, () => random.pick(words)).join(' ')}?`;
}
