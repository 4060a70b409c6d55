import { Cancelled } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Tool } from '../../core/tool.ts';
import type { ApprovalPort } from '../ports.ts';
import type { Slots } from './slots.ts';

/** Whether a call may be made; `why` is what the model and the log are told when not. */
export type Permission = { allowed: true } | { allowed: false; why: string };

const yes: Permission = { allowed: true };

/**
 * The risk ladder of one run: `read` runs; `write` and `unknown` ask once a run for each tool; `destructive` asks for each
 * call, so that nothing that was read out of an observation gets into such a call unseen. While a person thinks, the
 * tool's slot is free for other tools.
 */
export class RiskLadder {
  readonly #runId: string;
  /** The person allowed `write` and `unknown` for the whole run beforehand. */
  readonly #allowWrites: boolean;
  readonly #port: ApprovalPort;
  readonly #slots: Slots;
  readonly #signal: AbortSignal;
  /** By tool id: the answer for the run, or the question under way. */
  readonly #forRun = new Map<string, Promise<boolean>>();

  constructor(options: {
    runId: string;
    allowWrites: boolean;
    port: ApprovalPort;
    slots: Slots;
    /** The run's: when it is aborted, open questions are given up with `Cancelled`. */
    signal: AbortSignal;
  }) {
    this.#runId = options.runId;
    this.#allowWrites = options.allowWrites;
    this.#port = options.port;
    this.#slots = options.slots;
    this.#signal = options.signal;
  }

  async permission(tool: Tool, args: JsonObject): Promise<Permission> {
    if (tool.risk === 'read') return yes;
    if (tool.risk === 'destructive') {
      const allowed = await this.#slots.stepAside(() => this.#ask(tool, args, 'call'));
      return allowed ? yes : refusal(tool);
    }
    if (this.#allowWrites) return yes;
    let answer = this.#forRun.get(tool.id);
    if (!answer) {
      answer = this.#ask(tool, args, 'run');
      this.#forRun.set(tool.id, answer);
    }
    const asked = answer;
    return (await this.#slots.stepAside(() => asked)) ? yes : refusal(tool);
  }

  #ask(tool: Tool, args: JsonObject, scope: 'run' | 'call'): Promise<boolean> {
    const request = {
      runId: this.#runId,
      tool: tool.id,
      name: tool.name,
      risk: tool.risk,
      arguments: args,
      scope,
    };
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(new Cancelled());
      if (this.#signal.aborted) return giveUp();
      this.#signal.addEventListener('abort', giveUp, { once: true });
      this.#port
        .ask(request, this.#signal)
        .then(resolve, reject)
        .finally(() => this.#signal.removeEventListener('abort', giveUp));
    });
  }
}

function refusal(tool: Tool): Permission {
  const may = {
    read: 'reads',
    write: 'may change things',
    unknown: 'is of unknown risk',
    destructive: 'may destroy things',
  }[tool.risk];
  return { allowed: false, why: `Not run: "${tool.name}" ${may}, and nobody has allowed this call.` };
}
