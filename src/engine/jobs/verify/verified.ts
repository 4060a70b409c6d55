import { agrees, isRuled, textHash } from '../../../core/exploit/usable.ts';
import { holds, verificationOf } from '../../../core/exploit/verify/verdict.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Checks, Example } from '../../../core/trial.ts';

/** What was found of an example. */
export interface Verified {
  /** As it is to be kept. */
  example: Example;
  /** The judge was asked and could not be understood. */
  unjudged: boolean;
  /** Whether its calls were made again; false where that is not allowed, or showed nothing. */
  madeAgain: boolean;
}

/**
 * The example with what was found against the spec of now. Where nothing speaks against it, it counts from here on as learned
 * from that spec.
 */
export function concluded(
  example: Example,
  tool: Tool,
  found: Omit<Checks, 'specHash'>,
  doubted = false,
): Verified {
  const checks: Checks = { ...found, specHash: tool.specHash, text: textHash(example) };
  const verification = verificationOf(example, checks, doubted);
  const passes = isRuled(example)
    ? holds(checks) && (!checks.judge || agrees(checks.judge))
    : verification !== 'review';
  const { provenance } = example;
  return {
    example: {
      ...example,
      verification,
      checks,
      provenance: {
        ...provenance,
        judge: checks.judge?.model ?? null,
        specHash: passes ? tool.specHash : provenance.specHash,
      },
    },
    unjudged: false,
    madeAgain: false,
  };
}
