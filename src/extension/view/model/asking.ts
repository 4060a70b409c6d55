import type { RequestType } from '../../../protocol/engine.ts';
import { isCancelled, readable } from '../../link/engineErrors.ts';
import type { EngineLink } from '../../link/engineLink.ts';
import { Changes } from './changes.ts';

/** How the rows of a view come by what they show. */
export class Asking {
  readonly changes: Changes;
  readonly #link: Pick<EngineLink, 'request' | 'state'>;
  readonly #log: (error: unknown) => void;

  constructor(
    link: Pick<EngineLink, 'request' | 'state'>,
    log: (error: unknown) => void,
    changes = new Changes(),
  ) {
    this.#link = link;
    this.#log = log;
    this.changes = changes;
  }

  request<P, R>(type: RequestType<P, R>, params: P): Promise<R> {
    return this.#link.request(type, params);
  }

  /** An answer can be waited for. */
  ready(): boolean {
    return this.#link.state === 'ready';
  }

  /** Why there is no answer, for a row; what nobody could do anything about is in the log, too. */
  explain(error: unknown): string {
    if (!isCancelled(error)) this.#log(error);
    return readable(error).message;
  }
}
