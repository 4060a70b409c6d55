import { Option } from 'commander';
import type { Job, JobKind } from '../core/job.ts';
import type { Budget } from '../core/run.ts';
import type { Engine } from '../engine/engine.ts';
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
function budgetOf({ maxCalls, maxUsd }: ModelFlags): Partial<Budget> {
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

/** Among how many of the newest one that can go on is looked for. */
const newest = 50;

/** The job that `--resume` names, or the newest that can go on, and what goes on with it; null when there is none. */
export async function resumedJob(
  engine: Engine,
  kind: JobKind,
  flags: ModelFlags & { resume?: string | true },
): Promise<{ id: string; begin: () => Promise<Job> } | null> {
  const { resume } = flags;
  const { rows } = await engine.jobs.page({ kind, limit: newest });
  const open = rows.find(({ status }) => status !== 'finished' && status !== 'running');
  const id = resume === true ? open?.id : resume;
  return id === undefined ? null : { id, begin: () => engine.jobs.resume(id, budgetOf(flags)) };
}
