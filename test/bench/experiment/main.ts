/**
 * `npm run bench -- experiment`: the whole loop (explore, verify, evaluate under four conditions) with the simulated student,
 * under both presets and with each part of `adaptive` switched off. Prints one table, writes `.cache/experiment.json`, and
 * holds nothing against a mark: the student is ours (`student/`), so this shows whether the parts of the mechanism do what
 * they are for, and is no evidence about real models.
 *
 *     --quick              fewer trials, one seed, two of the variants
 *     --only NAME,…        these variants alone
 *     --seeds N            explorations a variant
 *     --episodes N --trials N --runs N --questions N --repeat N
 *     --json
 *
 * The same on a real model, its key in OPENAI_API_KEY or IMAGINARIUM_API_KEY (`paper` and `adaptive`, unless --only says more;
 * about 1,900 model calls and 2 million tokens a variant, with --quick 900 and 0.7 million):
 *
 *     npm run bench -- experiment --model gpt-5-mini --base-url https://api.openai.com/v1 --quick
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../../src/build/install.mjs';
import { apiKey } from '../../../src/cli/configuration.ts';
import { startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { reply } from '../student/student.ts';
import { purposeTable } from './purposes.ts';
import { type Extent, type Learner, type Outcome, runVariant } from './runVariant.ts';
import { experimentTable, rowsOf } from './summary.ts';
import { type Variant, variants } from './variants.ts';

/** Runs what the arguments after `experiment` say; resolves with an exit code: 1 when a variant failed, 2 for wrong use. */
export async function experiment(args: readonly string[]): Promise<number> {
  const asked = read(args);
  if (typeof asked === 'string') {
    console.error(asked);
    return 2;
  }
  const { chosen, seeds, extent, real, json } = asked;
  await using things = new AsyncDisposableStack();
  const server = real
    ? null
    : things.adopt(await startFakeOpenAI({ reply, keepRequests: false }), (one) => one.close());
  const learner: Learner = real ?? { model: 'student', baseUrl: server?.baseUrl ?? '', apiKey: 'none' };
  const outcomes: Outcome[] = [];
  for (const variant of chosen) {
    for (let seed = 1; seed <= seeds; seed++) {
      try {
        const outcome = await runVariant(variant, seed, learner, extent);
        outcomes.push(outcome);
        console.error(`${variant.name}, seed ${seed}: ${outcome.seconds.toFixed(1)} s`);
      } catch (error) {
        console.error(
          `${variant.name}, seed ${seed}: ${error instanceof Error ? error.message : String(error)}`,
        );
        return 1;
      }
    }
  }
  const rows = rowsOf(outcomes);
  const model = real
    ? learner.model
    : 'simulated student: shows the mechanism, says nothing about real models';
  const all = { at: new Date().toISOString(), model, seeds, ...extent, rows, outcomes };
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(join(root, '.cache', 'experiment.json'), `${JSON.stringify(all, null, 2)}\n`);
  const questions = outcomes[0]?.report.questions ?? 0;
  console.log(
    json
      ? JSON.stringify({ ...all, outcomes: undefined }, null, 2)
      : `\n${model}\n${questions} held-out questions, correct % [95 % interval]; ${seeds} explorations a variant\n\n${experimentTable(rows)}\n\n${purposeTable(outcomes)}`,
  );
  return 0;
}

interface Asked {
  chosen: readonly Variant[];
  seeds: number;
  extent: Extent;
  /** Null: the student. */
  real: Learner | null;
  json: boolean;
}

function read(args: readonly string[]): Asked | string {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  let values: ReturnType<typeof parse>['values'];
  const parse = () =>
    parseArgs({
      args: [...args],
      options: {
        json: flag,
        quick: flag,
        only: text,
        seeds: text,
        runs: text,
        episodes: text,
        trials: text,
        questions: text,
        repeat: text,
        model: text,
        'base-url': text,
      },
    });
  try {
    ({ values } = parse());
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { quick, only, model, 'base-url': baseUrl } = values;
  const real: Learner | null =
    model === undefined
      ? null
      : { model, baseUrl: baseUrl ?? 'https://api.openai.com/v1', apiKey: apiKey(process.env) };
  const names =
    only?.split(',') ?? (real || quick ? ['paper', 'adaptive'] : variants.map(({ name }) => name));
  const unknown = names.filter((name) => !variants.some((variant) => variant.name === name));
  if (unknown.length > 0) {
    return `There is no variant "${unknown.join('", "')}". These are the variants: ${variants.map(({ name }) => name).join(', ')}.`;
  }
  const numbers = {
    seeds: number(values.seeds, quick || real ? 1 : 2),
    runs: number(values.runs, 2),
    episodes: number(values.episodes, quick ? 2 : 3),
    trials: number(values.trials, quick ? 2 : 4),
    repeat: number(values.repeat, 1),
  };
  const questions = values.questions === undefined ? null : number(values.questions, 0);
  for (const [name, value] of Object.entries({ ...numbers, questions: questions ?? 1 })) {
    if (!Number.isInteger(value) || value < 1) return `--${name} has to be a whole number of at least 1.`;
  }
  const { seeds, ...extent } = numbers;
  return {
    chosen: variants.filter(({ name }) => names.includes(name)),
    seeds,
    extent: { ...extent, questions, paraphrases: quick ? 12 : 30, abstentions: 2 },
    real,
    json: values.json,
  };
}

function number(text: string | undefined, usual: number): number {
  return text === undefined ? usual : Number(text);
}
