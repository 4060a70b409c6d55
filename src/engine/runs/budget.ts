import { addUsage, noUsage, type Usage } from '../../core/chat.ts';
import { BudgetExhausted, Cancelled } from '../../core/errors.ts';
import type { Budget } from '../../core/run.ts';

/** What one model call may take at most. `usd` is null when the price is not known. */
export interface CallEstimate {
  tokens: number;
  usd: number | null;
}

/** A call that was let through. Exactly one of `settle` and `release` is to be called, when the answer is there or not. */
export interface Reservation {
  /** Replaces the estimate by what the call took. */
  settle(usage: Usage): void;
  /** The call failed: it counts as a call, and its tokens and money are free again. */
  release(): void;
}

interface Waiter {
  estimate: CallEstimate;
  admit(): void;
  fail(error: Error): void;
}

/**
 * The budget of a run. Each call reserves its estimated maximum before it is sent. Calls are counted when they are let
 * through and never given back, so that their limit holds at any concurrency. Tokens and money are estimates until the
 * answer is there: a call for which enough is left, but held by calls under way, waits for those.
 */
export class BudgetAccount {
  readonly #limits: Budget;
  #used: Usage;
  #held = { tokens: 0, usd: 0 };
  #waiting: Waiter[] = [];

  /** `used`: what the run took before, in this process or in an earlier one. */
  constructor(limits: Budget, used: Usage = noUsage()) {
    this.#limits = limits;
    this.#used = { ...used };
  }

  /** Calls let through and what the settled ones took. */
  get used(): Usage {
    return { ...this.#used };
  }

  /**
   * Lets one call through, now or when enough is free. Rejects with `BudgetExhausted` when there will never be enough,
   * and with `Cancelled` when the signal is aborted first.
   */
  async reserve(estimate: CallEstimate, signal: AbortSignal): Promise<Reservation> {
    if (signal.aborted) throw new Cancelled();
    const verdict = this.#verdict(estimate);
    if (verdict instanceof BudgetExhausted) throw verdict;
    if (verdict === 'now') return this.#admit(estimate);
    return this.#wait(estimate, signal);
  }

  #wait(estimate: CallEstimate, signal: AbortSignal): Promise<Reservation> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        signal.removeEventListener('abort', cancel);
      };
      const cancel = () => {
        leave();
        reject(new Cancelled());
      };
      const waiter: Waiter = {
        estimate,
        admit: () => {
          leave();
          resolve(this.#admit(estimate));
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      this.#waiting.push(waiter);
      signal.addEventListener('abort', cancel, { once: true });
    });
  }

  #verdict({ tokens, usd }: CallEstimate): 'now' | 'wait' | BudgetExhausted {
    const { modelCalls: callLimit, tokens: tokenLimit, usd: usdLimit } = this.#limits;
    if (callLimit !== null && this.#used.modelCalls >= callLimit) return new BudgetExhausted('calls');
    const tokensAfter = this.#used.inputTokens + this.#used.outputTokens + tokens;
    if (tokenLimit !== null && tokensAfter > tokenLimit) return new BudgetExhausted('tokens');
    // Money that cannot be counted cannot be limited: runs with such a limit are refused before they start.
    const usdAfter = (this.#used.usd ?? Number.POSITIVE_INFINITY) + (usd ?? Number.POSITIVE_INFINITY);
    if (usdLimit !== null && usdAfter > usdLimit) return new BudgetExhausted('usd');
    if (tokenLimit !== null && tokensAfter + this.#held.tokens > tokenLimit) return 'wait';
    if (usdLimit !== null && usdAfter + this.#held.usd > usdLimit) return 'wait';
    return 'now';
  }

  #admit(estimate: CallEstimate): Reservation {
    this.#used.modelCalls += 1;
    this.#hold(estimate, 1);
    let open = true;
    const close = (usage: Usage) => {
      if (!open) return;
      open = false;
      this.#hold(estimate, -1);
      this.#used = addUsage(this.#used, { ...usage, modelCalls: 0 });
      this.#wake();
    };
    return { settle: close, release: () => close(noUsage()) };
  }

  #hold(estimate: CallEstimate, sign: 1 | -1): void {
    this.#held.tokens += sign * estimate.tokens;
    this.#held.usd += sign * (estimate.usd ?? 0);
  }

  #wake(): void {
    for (const waiter of [...this.#waiting]) {
      const verdict = this.#verdict(waiter.estimate);
      if (verdict instanceof BudgetExhausted) waiter.fail(verdict);
      else if (verdict === 'now') waiter.admit();
    }
  }
}
