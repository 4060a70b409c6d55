import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { type AdaptivePart, ablations, without } from '../core/ablations.ts';
import type { ExploreParams } from '../protocol/engine.ts';
import type { Cli } from './cli.ts';
import { usDollars, webAddress, wholeNumber } from './flags.ts';

/** What `explore` is told, as commander reads it. */
export interface ExploreFlags {
  workspace: string;
  model?: string;
  baseUrl?: string;
  protocol?: 'tools' | 'react';
  preset?: 'paper' | 'adaptive';
  prompts?: string;
  without?: AdaptivePart[];
  episodes?: number;
  trials?: number;
  turns?: number;
  concurrency?: number;
  maxCalls?: number;
  maxUsd?: number;
  seed?: number;
  allowWrites?: boolean;
  simulate?: boolean;
  /** True: the newest run that can be resumed. */
  resume?: string | true;
  json?: boolean;
}

/** The flags of `explore` that say how a new run is to be. */
export function exploreOptions(): Option[] {
  const number = (flags: string, what: string, lowest: number, highest?: number) =>
    new Option(`${flags} <number>`, what).argParser(wholeNumber(lowest, highest));
  return [
    new Option('-m, --model <name>', 'model to ask; "offline" is the built-in sampler (no language model)'),
    new Option('--base-url <url>', 'OpenAI-compatible server that has the model').argParser(webAddress),
    new Option('--protocol <name>', 'how the model is told of tools').choices(['tools', 'react']),
    new Option('--preset <name>', 'the method as in the paper, or with what later work found better').choices(
      ['paper', 'adaptive'],
    ),
    new Option('--prompts <folder>', 'prompt texts to use instead of the built-in ones'),
    new Option(
      '--without <parts>',
      `switch parts of "adaptive" off, to see what they do: ${Object.keys(ablations).join(', ')}`,
    ).argParser(adaptiveParts),
    number('--episodes', 'episodes a tool', 1, 1000),
    number('--trials', 'trials an episode', 1, 100),
    number('--turns', 'turns a trial', 1, 50),
    number('--concurrency', 'tools explored at once', 1, 64),
    number('--max-calls', 'limit of model calls, for the whole run', 0),
    new Option('--max-usd <amount>', 'limit of money, for the whole run').argParser(usDollars),
    number('--seed', 'makes runs repeatable as far as the model does', 0, 2 ** 31 - 1),
    new Option(
      '--simulate',
      'let the model play tools that nothing can run; each of their calls is a model call, and what they say is marked',
    ),
    new Option('--allow-writes', 'run tools whose risk is write or unknown; destructive ones never run here'),
  ];
}

/** A request for a new run. */
export function exploreParams(cli: Pick<Cli, 'cwd'>, tools: string[], flags: ExploreFlags): ExploreParams {
  const { model, baseUrl, preset, protocol, episodes, trials, turns, concurrency, seed } = flags;
  const { maxCalls, maxUsd, prompts, allowWrites, simulate } = flags;
  const ablated = without(flags.without ?? []);
  return given({
    tools,
    model,
    baseUrl,
    settings: { ...ablated, ...given({ preset, protocol, episodes, trials, turns }) },
    budget: given({ modelCalls: maxCalls, usd: maxUsd }),
    concurrency,
    seed,
    promptsDir: prompts === undefined ? undefined : resolve(cli.cwd, prompts),
    allowWrites,
    simulate,
  });
}

/** Flags that a resumed run takes from its beginning: giving them again changes nothing. */
export function keptFlags(tools: string[], flags: ExploreFlags): string[] {
  const kept = [
    'model',
    'protocol',
    'preset',
    'prompts',
    'without',
    'episodes',
    'trials',
    'turns',
    'concurrency',
    'seed',
  ];
  const names = kept.filter((name) => flags[name as keyof ExploreFlags] !== undefined);
  if (flags.allowWrites) names.push('allow-writes');
  if (flags.simulate) names.push('simulate');
  return [...(tools.length > 0 ? ['the tools'] : []), ...names.map((name) => `--${name}`)];
}

function adaptiveParts(text: string): AdaptivePart[] {
  const parts = text.split(',').map((part) => part.trim());
  const unknown = parts.find((part) => !Object.hasOwn(ablations, part));
  if (unknown === undefined) return parts as AdaptivePart[];
  throw new InvalidArgumentError(
    `There is no part "${unknown}". The parts are ${Object.keys(ablations).join(', ')}; more than one are divided by commas.`,
  );
}

/** The members that are there. */
function given<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as { [K in keyof T]: Exclude<T[K], undefined> };
}
