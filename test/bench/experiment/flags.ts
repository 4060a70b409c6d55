/** What `npm run bench -- experiment` is asked for. */
import { parseArgs } from 'node:util';
import { apiKey } from '../../../src/cli/configuration.ts';
import type { Extent, Learner } from './runVariant.ts';
import { type Variant, variants } from './variants.ts';

export interface Asked {
  chosen: readonly Variant[];
  /** Explorations a variant. */
  seeds: number;
  extent: Extent;
  /** Null: the student. */
  real: Learner | null;
  json: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = {
  json: flag,
  quick: flag,
  only: text,
  seeds: text,
  runs: text,
  episodes: text,
  trials: text,
  questions: text,
  repeat: text,
  paraphrases: text,
  abstentions: text,
  model: text,
  'base-url': text,
};

/** Reads the arguments; a text says what is wrong with them. */
export function readFlags(args: readonly string[], env: NodeJS.ProcessEnv): Asked | string {
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { quick, model, 'base-url': baseUrl = 'https://api.openai.com/v1' } = values;
    const real = model === undefined ? null : { model, baseUrl, apiKey: apiKey(env) };
    const number = (
      name: Exclude<keyof typeof options, 'json' | 'quick'>,
      usual: number,
      least = 1,
    ): number => {
      const value = values[name] === undefined ? usual : Number(values[name]);
      if (Number.isInteger(value) && value >= least) return value;
      throw new Error(`--${name} has to be a whole number of at least ${least}.`);
    };
    return {
      chosen: chosenOf(values.only, quick || real !== null),
      seeds: number('seeds', quick || real ? 1 : 2),
      extent: {
        runs: number('runs', 2),
        episodes: number('episodes', quick ? 2 : 3),
        trials: number('trials', quick ? 2 : 4),
        paraphrases: number('paraphrases', quick ? 12 : 30, 0),
        abstentions: number('abstentions', 2, 0),
        questions: values.questions === undefined ? null : number('questions', 1),
        repeat: number('repeat', 1),
      },
      real,
      json: values.json,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function chosenOf(only: string | undefined, few: boolean): readonly Variant[] {
  const all = variants.map(({ name }) => name);
  const names = only?.split(',') ?? (few ? ['paper', 'adaptive'] : all);
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length === 0) return variants.filter(({ name }) => names.includes(name));
  throw new Error(
    `There is no variant "${unknown.join('", "')}". These are the variants: ${all.join(', ')}.`,
  );
}
