import { Option } from 'commander';
import type { Budget } from '../core/run.ts';
import { usDollars, webAddress, wholeNumber } from './flags.ts';

/** What commands that ask a model about what was explored are told of it, as commander reads it. */
export interface ModelFlags {
  model?: string;
  baseUrl?: string;
  maxCalls?: number;
  maxUsd?: number;
}

/** `--model`, `--base-url`, `--max-calls`, `--max-usd`. */
export function modelOptions(): Option[] {
  return [
    new Option('-m, --model <name>', 'language model to ask'),
    new Option('--base-url <url>', 'OpenAI-compatible server that has the model').argParser(webAddress),
    new Option('--max-calls <number>', 'limit of model calls, a resumed part included').argParser(
      wholeNumber(0),
    ),
    new Option('--max-usd <amount>', 'limit of money, a resumed part included').argParser(usDollars),
  ];
}

/** The limits that were given. */
export function budgetOf({ maxCalls, maxUsd }: ModelFlags): Partial<Budget> {
  return {
    ...(maxCalls === undefined ? {} : { modelCalls: maxCalls }),
    ...(maxUsd === undefined ? {} : { usd: maxUsd }),
  };
}

/** Model and limits as a request for a job has them. */
export function modelParams(flags: ModelFlags): {
  model?: string;
  baseUrl?: string;
  budget: Partial<Budget>;
} {
  const { model, baseUrl } = flags;
  return {
    ...(model === undefined ? {} : { model }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    budget: budgetOf(flags),
  };
}
