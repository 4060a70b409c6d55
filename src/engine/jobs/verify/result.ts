import type { Verification } from '../../../core/trial.ts';
import type { VerifyResult } from '../../../protocol/exploit.ts';
import type { Store } from '../../../store/index.ts';

/**
 * What was done at one place. `found`: a trial left an example after all, which waits for a person. `denied`: the judge does
 * not take it for one. `changed`: somebody changed the example meanwhile, or took it out, so what was found is of another one.
 */
export interface Step {
  verdict: Verification | 'found' | 'denied' | 'unjudged' | 'changed';
  /** Its calls were made again. */
  madeAgain?: boolean;
  /** The judge could not be understood. */
  unjudged?: boolean;
}

/** What came out of the steps so far. */
export function resultOf(steps: Iterable<Step>, store: Pick<Store, 'reviewCounts'>): VerifyResult {
  const all = [...steps];
  const count = (...verdicts: Step['verdict'][]): number =>
    all.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const { agreed, of } = store.reviewCounts();
  return {
    examples: all.length - count('found', 'denied', 'unjudged', 'changed'),
    verified: count('verified'),
    executed: count('executed'),
    review: count('review', 'found'),
    ruled: count('accepted', 'rejected'),
    unverified: count('unverified'),
    unjudged: all.filter(({ verdict, unjudged }) => unjudged || verdict === 'unjudged').length,
    madeAgain: all.filter(({ madeAgain }) => madeAgain).length,
    candidates: { asked: count('found', 'denied'), found: count('found') },
    changed: count('changed'),
    agreement: { agreed, of },
  };
}
