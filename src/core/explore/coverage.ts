import type { Json } from '../json.ts';

/**
 * One thing about a tool that calls can touch: a parameter given, an optional parameter left out, a listed value, or a
 * class of errors met.
 */
export interface CoverageCell {
  kind: 'given' | 'left_out' | 'value' | 'error';
  /** JSON Pointer of the parameter; for `error` the failure's type. */
  subject: string;
  /** For `value`: the listed value. For `error`: the message with its variable parts taken out. */
  value?: Json;
}
