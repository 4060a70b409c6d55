import { UserError } from '../core/errors.ts';
import { WrongData } from '../core/evaluate/data/dataText.ts';

/** The request itself cannot be met as it stands: an unknown tool, settings that exclude each other, no trust. */
export class WrongRequest extends UserError {
  constructor(message: string, advice: string) {
    super(message, advice);
    this.name = 'WrongRequest';
  }
}

/** What is wrong with a file is wrong use, and says where. */
export function asWrongRequest<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof WrongData) throw new WrongRequest(error.message, error.advice);
    throw error;
  }
}

/** The store could not keep something: the run ends, whatever the tool. */
export class StoreFailure extends Error {
  constructor(cause: unknown) {
    super('The store could not keep what was learned.', { cause });
    this.name = 'StoreFailure';
  }
}

/** A message and advice for anything that was thrown; what is no `UserError` is a fault of ours and says so. */
export function explain(error: unknown): { message: string; advice: string } {
  if (error instanceof StoreFailure) return explain(error.cause);
  if (error instanceof UserError) return { message: error.message, advice: error.advice };
  const text = error instanceof Error ? error.message : String(error);
  return {
    message: `Something went wrong inside Imaginarium: ${text}`,
    advice: 'This is a fault of Imaginarium, not yours. Please report it with the log.',
  };
}
