/** What was done wrong on the queries of examples, as far as it is known. */
import { setImmediate as breathe } from 'node:timers/promises';
import { sameQuery } from '../../core/exploit/training/candidates.ts';
import { canonicalJson, type JsonObject } from '../../core/json.ts';
import type { Call, Example, FailureType, Fix } from '../../core/trial.ts';
import type { Store } from '../../store/index.ts';
import { redacted, redactJson } from '../../store/redact.ts';
import { type Failed, failedOn } from './pairs.ts';

/** What a model is to blame for; the rest is the tool's fault, the network's or ours. */
const ofTheModel: ReadonlySet<FailureType> = new Set([
  'unknown_tool',
  'wrong_tool',
  'missing_argument',
  'unexpected_argument',
  'wrong_type',
  'invalid_value',
  'rejected',
]);

/** Trials that are looked at a page. */
const pageSize = 200;

/** Answers for one tool after another; what it has read of a tool is kept for the next example of it. */
export class FailedCalls {
  readonly #store: Store;
  readonly #simulated: boolean;
  #tool: string | null = null;
  #fixes: Fix[] = [];
  /** Ids of failed trials by their query. */
  #trials = new Map<string, string[]>();

  /** @param simulated whether calls count that a played tool refused */
  constructor(store: Store, simulated: boolean) {
    this.#store = store;
    this.#simulated = simulated;
  }

  /** What failed on the query of an example, of the tool that was looked up last. */
  of(example: Example): Failed[] {
    const contrasts = example.contrasts?.filter(({ failure }) => ofTheModel.has(failure.type)) ?? [];
    const ids = this.#trials.get(sameQuery(example.query)) ?? [];
    const siblings = ids
      .filter((id) => id !== example.provenance.trialId)
      .flatMap((id) => this.#failedCall(id) ?? []);
    // The log keeps what was; what is exported is made of examples, from which secrets were taken, and so are these.
    return failedOn({ ...example, contrasts }, this.#fixes, siblings).filter(({ call }) => isClean(call));
  }

  #failedCall(id: string): Call | null {
    const trial = this.#store.trial(id);
    // What such a trial did last without success is what to avoid; what came before it may have been mended.
    const step = trial?.steps.findLast(({ call }) => call !== null);
    return step?.call && step.failure !== null && ofTheModel.has(step.failure.type) ? step.call : null;
  }

  /** Reads what failed of a tool, unless it is the one that was read last. */
  async lookUp(tool: string): Promise<void> {
    if (this.#tool === tool) return;
    this.#tool = tool;
    this.#fixes = this.#store
      .fixes(tool)
      .filter(({ failure }) => ofTheModel.has(failure.type))
      .map((fix) => ({ ...fix, worked: withoutSecrets(fix.worked) }));
    this.#trials = new Map();
    let after: string | null = null;
    do {
      const page = this.#store.trials({
        tool,
        failed: true,
        limit: pageSize,
        ...(after === null ? {} : { after }),
      });
      for (const { id, query, simulated } of page.rows) {
        if (query === '' || (simulated && !this.#simulated)) continue;
        const key = sameQuery(query);
        this.#trials.set(key, [...(this.#trials.get(key) ?? []), id]);
      }
      after = page.next;
      await breathe();
    } while (after !== null);
  }
}

/** Neither a secret nor the gap of one: a model would learn either. */
function isClean({ arguments: given }: Call): boolean {
  const text = canonicalJson(given);
  return !text.includes(redacted) && canonicalJson(redactJson(given)) === text;
}

function withoutSecrets(call: Call): Call {
  return { ...call, arguments: redactJson(call.arguments) as JsonObject };
}
