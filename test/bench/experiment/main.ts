/**
 * `npm run bench -- experiment`: the whole loop (explore, verify, expand, evaluate under four conditions) with the simulated
 * student, under both presets, with each part of `adaptive` switched off, and without the judge. Prints one table, writes
 * `.cache/experiment.json`, and holds nothing against a mark: the student is ours (`student/`), so this shows whether the
 * parts of the mechanism do what they are for, and is no evidence about real models.
 *
 *     --quick              fewer trials, one seed, two of the variants
 *     --only NAME,…        these variants alone
 *     --seeds N            explorations a variant
 *     --runs N --episodes N --trials N --paraphrases N --abstentions N --questions N --repeat N
 *     --json
 *
 * The same on a real model, its key in OPENAI_API_KEY or IMAGINARIUM_API_KEY (`paper` and `adaptive`, unless --only says more;
 * about 2,500 model calls and 2 million tokens a variant, with --quick 1,000 and 0.7 million):
 *
 *     npm run bench -- experiment --model gpt-5-mini --base-url https://api.openai.com/v1 --quick
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../src/build/install.mjs';
import { startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { reply } from '../student/student.ts';
import { readFlags } from './flags.ts';
import { purposeTable } from './purposes.ts';
import { type Learner, type Outcome, runVariant } from './runVariant.ts';
import { experimentTable, rowsOf } from './summary.ts';

/** Where an experiment writes to. */
export interface Output {
  /** The table, or the JSON. */
  out(text: string): void;
  /** What is going on. */
  say(line: string): void;
  /** Absolute path of the folder for `experiment.json`. */
  folder: string;
}

const output: Output = { out: console.log, say: console.error, folder: join(root, '.cache') };

/** Runs what the arguments after `experiment` say; resolves with an exit code: 1 when a variant failed, 2 for wrong use. */
export async function experiment(args: readonly string[], { out, say, folder } = output): Promise<number> {
  const asked = readFlags(args, process.env);
  if (typeof asked === 'string') {
    say(asked);
    return 2;
  }
  const { chosen, seeds, extent, real, json } = asked;
  await using things = new AsyncDisposableStack();
  const learner = real ?? (await student(things));
  const outcomes: Outcome[] = [];
  for (const variant of chosen) {
    for (let seed = 1; seed <= seeds; seed++) {
      const at = `${variant.name}, seed ${seed}`;
      try {
        const outcome = await runVariant(variant, seed, learner, extent);
        outcomes.push(outcome);
        say(`${at}: ${outcome.seconds.toFixed(1)} s`);
      } catch (error) {
        say(`${at}: ${error instanceof Error ? error.message : String(error)}`);
        return 1;
      }
    }
  }
  const model = real
    ? real.model
    : 'Simulated student: it shows the mechanism and says nothing about real models.';
  const all = { at: new Date().toISOString(), model, seeds, ...extent, rows: rowsOf(outcomes) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'experiment.json'), `${JSON.stringify({ ...all, outcomes }, null, 2)}\n`);
  const what = `${outcomes[0]?.report.questions ?? 0} held-out questions, correct % [95 % interval]; explorations a variant: ${seeds}`;
  const tables = [model, what, '', experimentTable(all.rows), '', purposeTable(outcomes)];
  out(json ? JSON.stringify(all, null, 2) : tables.join('\n').trimEnd());
  return 0;
}

async function student(things: AsyncDisposableStack): Promise<Learner> {
  const server = things.adopt(await startFakeOpenAI({ reply, keepRequests: false }), (one) => one.close());
  return { model: 'student', baseUrl: server.baseUrl, apiKey: 'none' };
}
