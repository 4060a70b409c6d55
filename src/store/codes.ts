import { type FailureType, failureTypes, type Outcome } from '../core/trial.ts';

/** Outcomes and failure types as small numbers, for columns and indexes. The order of the lists must never change. */

const outcomes: readonly Outcome[] = ['fulfilled', 'unfulfilled', 'abandoned', 'error'];

export function outcomeCode(outcome: Outcome): number {
  return outcomes.indexOf(outcome);
}

export function outcomeOf(code: number): Outcome {
  return outcomes[code] ?? 'error';
}

export function failureCode(type: FailureType): number {
  return failureTypes.indexOf(type);
}

/** A type that a later version added to the list reads as a tool's fault. */
export function failureOf(code: number): FailureType {
  return failureTypes[code] ?? 'tool_fault';
}
