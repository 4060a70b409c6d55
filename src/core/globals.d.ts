/**
 * What the core takes from its runtime beside the language itself: the shape of cancellation, and nothing else. Whatever
 * is not declared here (timers, processes, windows) does not compile in the core.
 */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
