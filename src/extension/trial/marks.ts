import type { Outcome } from '../../core/trial.ts';

/** The mark of an outcome: told apart by its form, not by its colour alone. */
export function outcomeMark(outcome: Outcome): string {
  return { fulfilled: '✓', unfulfilled: '✗', abandoned: '○', error: '⚠' }[outcome];
}
