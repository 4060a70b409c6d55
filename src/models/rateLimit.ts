import { Cancelled } from '../core/errors.ts';
import type { Clock } from './clock.ts';

/** What may be sent; left out means without limit. */
export interface RateLimits {
  requestsPerMinute?: number | undefined;
  tokensPerMinute?: number | undefined;
  /** Requests under way at once. */
  concurrency?: number | undefined;
}

/** Leave to send one request. */
export interface Permit {
  /** To be called once, when the request has ended, with the tokens that it really took (null: unknown). */
  leave(tokens: number | null): void;
}

interface Sent {
  at: number;
  tokens: number;
}

interface Waiting {
  tokens: number;
  admit: (permit: Permit) => void;
}

/** A little more than a minute: requests that are sent a minute apart may arrive closer together. */
const minute = 60_250;

/**
 * Lets requests through in the order in which they came, so that in no 60 seconds more than the limits are sent.
 * It remembers what was sent in the last minute instead of filling a bucket, since a bucket lets twice its size through
 * within a minute; p-queue has the same for requests, but neither for tokens nor with a clock that tests can move.
 */
export class RateLimit {
  readonly #limits: RateLimits;
  readonly #clock: Clock;
  readonly #sent: Sent[] = [];
  readonly #queue: Waiting[] = [];
  readonly #counts: boolean;
  #underWay = 0;
  #heldUntil = Number.NEGATIVE_INFINITY;
  #wake: AbortController | null = null;

  constructor(limits: RateLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#counts = limits.requestsPerMinute !== undefined || limits.tokensPerMinute !== undefined;
  }

  /** Nothing is let through before `until` (of the clock's `now()`): a server that said "later" means all of us. */
  holdUntil(until: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  /**
   * Resolves when a request of about that many tokens may be sent. Rejects with `Cancelled` as soon as the signal is aborted.
   * `onWait` is told once, when there is something to wait for, and how long at least, milliseconds (0: for others to end).
   */
  enter(tokens: number, signal: AbortSignal, onWait?: (ms: number) => void): Promise<Permit> {
    if (signal.aborted) return Promise.reject(new Cancelled());
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        tokens,
        admit: (permit) => {
          signal.removeEventListener('abort', cancel);
          resolve(permit);
        },
      };
      const cancel = (): void => {
        const place = this.#queue.indexOf(waiting);
        if (place >= 0) this.#queue.splice(place, 1);
        reject(new Cancelled());
        this.#serve();
      };
      signal.addEventListener('abort', cancel, { once: true });
      this.#queue.push(waiting);
      this.#serve();
      if (onWait && this.#queue.includes(waiting))
        onWait(Math.max(0, this.#opensAt(tokens) - this.#clock.now()));
    });
  }

  /** Admits from the head of the queue as long as the limits allow it, and wakes up when they next will. */
  #serve(): void {
    this.#wake?.abort();
    this.#wake = null;
    for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
      if (this.#underWay >= (this.#limits.concurrency ?? Number.POSITIVE_INFINITY)) return;
      const opensAt = this.#opensAt(head.tokens);
      if (opensAt > this.#clock.now()) {
        this.#wake = new AbortController();
        // Rejected only by our own abort, when the queue was served for another reason.
        this.#clock.sleepUntil(opensAt, this.#wake.signal).then(
          () => this.#serve(),
          () => undefined,
        );
        return;
      }
      this.#queue.shift();
      head.admit(this.#permit(head.tokens));
    }
  }

  #permit(tokens: number): Permit {
    const sent: Sent = { at: this.#clock.now(), tokens };
    if (this.#counts) this.#sent.push(sent);
    this.#underWay++;
    return {
      leave: (real) => {
        this.#underWay--;
        if (real !== null) sent.tokens = real;
        this.#serve();
      },
    };
  }

  /** When a request of that many tokens fits into the limits, if nothing else is sent before. */
  #opensAt(tokens: number): number {
    const now = this.#clock.now();
    while (this.#sent[0] !== undefined && this.#sent[0].at + minute <= now) this.#sent.shift();
    const { requestsPerMinute = Number.POSITIVE_INFINITY, tokensPerMinute = Number.POSITIVE_INFINITY } =
      this.#limits;
    let requests = this.#sent.length;
    let taken = this.#sent.reduce((sum, sent) => sum + sent.tokens, 0);
    let at = Math.max(now, this.#heldUntil);
    // A request larger than a whole minute's tokens goes when nothing else was sent for a minute; it could never go otherwise.
    for (const old of this.#sent) {
      const fits = requests < requestsPerMinute && (taken + tokens <= tokensPerMinute || taken === 0);
      if (fits) break;
      requests--;
      taken -= old.tokens;
      at = Math.max(at, old.at + minute);
    }
    return at;
  }
}
