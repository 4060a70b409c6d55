import { conditions as allConditions, type Condition } from '../../../core/evaluate/conditions.ts';
import type { EvaluateParams } from '../../../protocol/engine.ts';
import { WrongRequest } from '../../errors.ts';
import type { EngineOptions } from '../../ports.ts';
import type { PlanSettings } from './makePlan.ts';

const usualSeed = 1;

/** Throws `WrongRequest` for values that make no evaluation. */
export function settingsOf(
  params: EvaluateParams,
  { settings }: Pick<EngineOptions, 'settings'>,
): PlanSettings {
  const { conditions = [...allConditions], k, repeat = 1, seed = usualSeed, limit, offer, share } = params;
  const unknown = conditions.find((one) => !allConditions.includes(one));
  if (unknown !== undefined || conditions.length === 0) {
    throw new WrongRequest(
      unknown === undefined ? 'An evaluation needs a condition.' : `There is no condition "${unknown}".`,
      `Choose among ${allConditions.join(', ')}.`,
    );
  }
  for (const [name, value, lowest, highest] of [
    ['k', k, 1, 64],
    ['repeat', repeat, 1, 100],
    ['limit', limit, 1, 1_000_000],
    ['offer', offer, 1, 128],
  ] as const) {
    if (value !== undefined && !(Number.isInteger(value) && value >= lowest && value <= highest))
      throw new WrongRequest(`"${name}" is ${value}.`, `Give a whole number from ${lowest} to ${highest}.`);
  }
  if (share !== undefined && !(share > 0 && share < 1))
    throw new WrongRequest(`"share" is ${share}.`, 'Give a number between 0 and 1.');
  return {
    conditions: [...new Set<Condition>(conditions)],
    k: k ?? null,
    repeat,
    seed,
    limit: limit ?? null,
    protocol: params.protocol ?? settings.protocol ?? 'tools',
  };
}
