import { BudgetExhausted, Cancelled, ModelError } from '../../core/errors.ts';
import type { RunStatus } from '../../core/run.ts';
import type { Tool } from '../../core/tool.ts';
import { explain, StoreFailure } from '../errors.ts';
import { notice } from './notices.ts';
import type { RunContext } from './runContext.ts';
import type { Slots } from './slots.ts';
import { exploreTool } from './toolRun.ts';

/** How a run ended; `error` when it failed. */
export interface RunEnd {
  status: Exclude<RunStatus, 'running' | 'interrupted'>;
  error: { message: string; advice: string } | null;
}

/** Ends of a run that its tools can bring about, before all of them are done. */
export class EarlyEnd {
  readonly #abort: AbortController;
  #failure: unknown;
  #stopped = false;
  #budget: BudgetExhausted | null = null;

  constructor(abort: AbortController) {
    this.#abort = abort;
  }

  /** A limit was reached: no new trial begins. Tokens and money may still suffice for smaller calls under way. */
  get closing(): boolean {
    return this.#budget !== null;
  }

  get limit(): BudgetExhausted['limit'] | null {
    return this.#budget?.limit ?? null;
  }

  stop(): void {
    this.#stopped = true;
    this.#abort.abort();
  }

  /** Nothing more can succeed. The first failure counts. */
  fail(error: unknown): void {
    this.#failure ??= error;
    this.#abort.abort();
  }

  exhausted(error: BudgetExhausted): void {
    this.#budget ??= error;
  }

  result(): RunEnd {
    if (this.#failure !== undefined) return { status: 'failed', error: explain(this.#failure) };
    if (this.#stopped) return { status: 'stopped', error: null };
    return { status: this.#budget ? 'budget' : 'finished', error: null };
  }
}

/**
 * Explores the tools of a run, as many at once as there are slots. Never rejects: whatever ends a tool ends that tool,
 * the new trials, or the run, and stands in the result.
 */
export async function exploreTools(
  context: RunContext,
  tools: readonly Tool[],
  slots: Slots,
  end: EarlyEnd,
): Promise<RunEnd> {
  let broken = 0;
  const work = tools.map(async (tool) => {
    try {
      await slots.use(context.signal, () => exploreTool(context, tool));
    } catch (error) {
      if (error instanceof Cancelled) return;
      if (error instanceof BudgetExhausted) return end.exhausted(error);
      if (error instanceof StoreFailure || error instanceof ModelError) return end.fail(error);
      broken += 1;
      if (broken === tools.length) return end.fail(error);
      const { message, advice } = explain(error);
      const text = `Exploring "${tool.name}" ended early. ${message}`;
      context.events.publish(notice(context.run.id, 'error', text, advice));
    }
  });
  await Promise.all(work);
  return end.result();
}
