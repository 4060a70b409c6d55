/** Examples as files of the workspace have them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { toolFileName } from '../../../src/core/toolFileName.ts';
import type { Example } from '../../../src/core/trial.ts';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { engine } from '../../../src/protocol/engine.ts';
import { hostileTexts } from '../../helpers/hostileTexts.ts';
import { eventually, fileIn } from '../window.ts';

const tool = 'imaginarium.yaml#add_days';

function kept(id: string, query: string, parts: Partial<Example> = {}, languageModel = true): Example {
  return {
    id,
    tool,
    query,
    calls: [{ tool, arguments: { date: '2026-03-01', days: 2 }, observation: '2026-03-03' }],
    answer: 'The third of March.',
    verification: 'unverified',
    provenance: {
      model: 'm',
      languageModel,
      runId: 'r',
      trialId: id,
      seed: 1,
      specHash: '',
      judge: null,
      edited: false,
    },
    ...parts,
  };
}

/** Too long for one message of a hostile text each; the whole megabyte is tested without a window. */
const hostile = hostileTexts.map((text) => text.slice(0, 2000));

export const examples: Example[] = [
  kept('invoice', 'When is the invoice of the first of March due, two days later?'),
  kept('holiday', 'What day is it two days after the holiday begins?'),
  kept('invented', 'word1 word2 word3', {}, false),
  ...hostile.map((text, index) =>
    kept(`hostile${index}`, text.trim() === '' ? 'empty' : text, {
      calls: [{ tool, arguments: { date: text }, observation: text }],
      answer: text,
    }),
  ),
];

export const hostileIds = hostile.map((_text, index) => `hostile${index}`);

/** Puts them into the workspace, as if somebody had fetched them; resolves when the engine has them. */
export async function keepExamples(api: TestApi): Promise<void> {
  const folder = fileIn('.imaginarium/examples').fsPath;
  mkdirSync(folder, { recursive: true });
  const lines = examples.map((example) => `${JSON.stringify(example)}\n`).join('');
  writeFileSync(`${folder}/${toolFileName(tool)}.jsonl`, lines);
  await eventually('the examples are read', async () => {
    const { rows } = await api.link.request(engine.examples, { limit: 1000 });
    return rows.length === examples.length;
  });
}
