/**
 * An error that a person is meant to read. `message` says what happened and where; `advice` says what to do.
 * Anything that is thrown and is not a `UserError` is a fault of ours. Cancellation is not an error: see `Cancelled`.
 */
export class UserError extends Error {
  readonly advice: string;

  constructor(message: string, advice: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'UserError';
    this.advice = advice;
  }
}

/** What went wrong between us and a language model. */
export type ModelErrorKind =
  | 'auth'
  | 'unknown_model'
  | 'unreachable'
  | 'quota'
  | 'rate_limit'
  | 'timeout'
  | 'server'
  | 'bad_request'
  | 'too_long'
  | 'tools_unsupported'
  | 'consent';

/** Kinds after which no further call of this run can succeed: the run ends as `failed`, is kept, and can be resumed. */
const fatalKinds: ReadonlySet<ModelErrorKind> = new Set([
  'auth',
  'unknown_model',
  'unreachable',
  'quota',
  'rate_limit',
  'server',
  'tools_unsupported',
  'consent',
]);

/** A language model could not be asked. Thrown by every adapter in `models`, after its own retries. */
export class ModelError extends UserError {
  readonly kind: ModelErrorKind;

  constructor(kind: ModelErrorKind, message: string, advice: string, options?: { cause?: unknown }) {
    super(message, advice, options);
    this.name = 'ModelError';
    this.kind = kind;
  }

  /** Whether the run has to end. Otherwise only the trial ends, with the outcome `error`. */
  get fatal(): boolean {
    return fatalKinds.has(this.kind);
  }
}

/** A limit of the run was reached before this model call was sent. The trial under way is not counted. */
export class BudgetExhausted extends Error {
  readonly limit: 'calls' | 'tokens' | 'usd';

  constructor(limit: 'calls' | 'tokens' | 'usd') {
    super(`The budget of ${limit} is used up.`);
    this.name = 'BudgetExhausted';
    this.limit = limit;
  }
}

/** Somebody stopped the work. Never shown as an error. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'Cancelled';
  }
}
