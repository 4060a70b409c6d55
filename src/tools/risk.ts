/** What a call of a foreign tool may do, as far as its spec lets one guess. A person settles it in the manifest. */
import type { Risk } from '../core/tool.ts';

/** What a spec tells of a tool's effects. */
export interface RiskHints {
  name: string;
  /** HTTP method, in any case. */
  method?: string;
  /** MCP annotations: claims of a server that nobody has vouched for. */
  annotations?: { readOnlyHint?: boolean; destructiveHint?: boolean; idempotentHint?: boolean };
}

/** The first guess, and the sentence that says what it was made from. */
export function guessRisk(_hints: RiskHints): { risk: Risk; reason: string } {
  return { risk: 'unknown', reason: 'Nothing in the spec tells what a call may change.' };
}
