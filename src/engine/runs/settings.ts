import { adaptivePreset, type ExploreSettings, paperPreset } from '../../core/settings.ts';
import type { EngineSettings, ExploreParams } from '../../protocol/engine.ts';
import { WrongRequest } from '../errors.ts';

/** Lowest and highest value of each number that people may set. */
const ranges = {
  episodes: [1, 1000],
  trials: [1, 100],
  turns: [1, 50],
  temperature: [0, 2],
  maxTokens: [16, 100_000],
  observationLimit: [100, 1_000_000],
  diversityThreshold: [0, 1],
  diversityTries: [1, 10],
  callFirstShare: [0, 1],
  siblings: [0, 20],
  stopPatience: [0, 10_000],
} as const satisfies Partial<Record<keyof ExploreSettings, readonly [number, number]>>;

/** Tools explored at once, when nobody says. */
export const defaultConcurrency = 4;
const concurrencyRange = [1, 64] as const;

/**
 * The settings of a run: what the request says, else what the person has set, else the preset.
 * Throws `WrongRequest` for values out of range and for parts that exclude each other.
 */
export function exploreSettings(
  asked: ExploreParams['settings'],
  person: Pick<EngineSettings, 'preset' | 'protocol' | 'episodes' | 'trials' | 'turns'>,
): ExploreSettings {
  const preset = asked?.preset ?? person.preset ?? 'adaptive';
  if (preset !== 'paper' && preset !== 'adaptive') {
    throw new WrongRequest(`There is no preset "${preset}".`, 'Choose "paper" or "adaptive".');
  }
  const settings: ExploreSettings = {
    ...(preset === 'paper' ? paperPreset : adaptivePreset),
    ...given({ episodes: person.episodes, trials: person.trials, turns: person.turns }),
    // The paper has one protocol: a setting made for other runs does not speak against it, a request does.
    ...(preset === 'paper' ? {} : given({ protocol: person.protocol })),
    ...given(asked ?? {}),
    preset,
  };
  checkProtocol(settings);
  for (const [name, [lowest, highest]] of Object.entries(ranges)) {
    checkRange(name, settings[name as keyof typeof ranges], lowest, highest);
  }
  for (const name of ['episodes', 'trials', 'turns', 'maxTokens', 'diversityTries', 'siblings'] as const) {
    checkWhole(name, settings[name]);
  }
  return settings;
}

/** Throws `WrongRequest` unless it is a whole number from 1 to 64. */
export function concurrencyOf(asked: number | undefined, person: number | null): number {
  const concurrency = asked ?? person ?? defaultConcurrency;
  checkWhole('concurrency', concurrency);
  checkRange('concurrency', concurrency, ...concurrencyRange);
  return concurrency;
}

function checkProtocol({ preset, protocol }: ExploreSettings): void {
  if (protocol !== 'tools' && protocol !== 'react') {
    throw new WrongRequest(`There is no protocol "${String(protocol)}".`, 'Choose "tools" or "react".');
  }
  if (preset === 'paper' && protocol !== 'react') {
    throw new WrongRequest(
      'The preset "paper" cannot use the protocol "tools": the paper tells the model of tools as text, and only so can its figures be held against ours.',
      'Leave the protocol out, or use the preset "adaptive".',
    );
  }
}

function checkRange(name: string, value: number, lowest: number, highest: number): void {
  if (value >= lowest && value <= highest) return;
  throw new WrongRequest(`"${name}" is ${value}.`, `Give a number from ${lowest} to ${highest}.`);
}

function checkWhole(name: string, value: number): void {
  if (Number.isInteger(value)) return;
  throw new WrongRequest(`"${name}" is ${value}.`, 'Give a whole number.');
}

/** The members that are set. */
function given<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const set = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(set) as { [K in keyof T]?: NonNullable<T[K]> };
}
