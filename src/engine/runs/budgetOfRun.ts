import type { Budget } from '../../core/run.ts';
import type { EngineSettings } from '../../protocol/engine.ts';
import { WrongRequest } from '../errors.ts';

/**
 * The limits of a run. What is asked for counts (null: no limit); else the lowest of what the person has set and what the sources of the
 * tools say. Throws `WrongRequest` for a limit that is no number, or below zero.
 */
export function budgetOfRun(
  asked: Partial<Budget> | undefined,
  person: Pick<EngineSettings, 'maxCalls' | 'maxUsd'>,
  sources: readonly Partial<Budget>[],
): Budget {
  const limit = (name: keyof Budget, set: number | null): number | null => {
    const requested = asked?.[name];
    if (requested !== undefined) return requested === null ? null : checked(name, requested);
    const limits = [set, ...sources.map((source) => source[name] ?? null)].filter((one) => one !== null);
    return limits.length === 0 ? null : checked(name, Math.min(...limits));
  };
  return {
    modelCalls: limit('modelCalls', person.maxCalls),
    tokens: limit('tokens', null),
    usd: limit('usd', person.maxUsd),
  };
}

/**
 * The limits of a run that goes on: its own, or those that hold for new runs now where they are higher. Never lower, and a
 * limit is not lifted because none is set now: it may have been asked for.
 */
export function raisedBudget(before: Budget, now: Budget): Budget {
  const higher = (name: keyof Budget): number | null => {
    const limit = before[name];
    return limit === null ? null : Math.max(limit, now[name] ?? limit);
  };
  return { modelCalls: higher('modelCalls'), tokens: higher('tokens'), usd: higher('usd') };
}

function checked(name: keyof Budget, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new WrongRequest(`The limit "${name}" is ${value}.`, 'Give a number that is not below zero.');
}
