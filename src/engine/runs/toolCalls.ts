import { Cancelled } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Tool } from '../../core/tool.ts';
import type { Failure, Observation, TrialPlace } from '../../core/trial.ts';
import type { Store } from '../../store/index.ts';
import type { BoundTool } from '../../tools/boundTool.ts';
import { StoreFailure } from '../errors.ts';
import type { RiskLadder } from './approvals.ts';

/** What executes calls; `ToolHost` in `src/tools` is it. */
export interface ToolCaller {
  /** Never throws for what a tool does. When the signal is aborted the tool is killed and the observation is `cancelled`. */
  call(bound: BoundTool, args: JsonObject, options: { signal: AbortSignal }): Promise<Observation>;
  /** Failures of the arguments against the schema, within a time limit. */
  check(tool: Tool, args: JsonObject): Promise<Failure[]>;
}

/** A call that may have changed the world: written down before it was made. */
export interface RiskyCall {
  tool: string;
  step: number;
}

/** The calls of one run: permitted by the risk ladder, written down where they may change something, then made. */
export class ToolCalls {
  readonly #caller: ToolCaller;
  readonly #bound: ReadonlyMap<string, BoundTool>;
  readonly #ladder: RiskLadder;
  readonly #store: Pick<Store, 'intendWrite'>;
  /** By place of their trial. */
  readonly #risky = new Map<string, RiskyCall[]>();

  constructor(
    caller: ToolCaller,
    bound: ReadonlyMap<string, BoundTool>,
    ladder: RiskLadder,
    store: Pick<Store, 'intendWrite'>,
  ) {
    this.#caller = caller;
    this.#bound = bound;
    this.#ladder = ladder;
    this.#store = store;
  }

  async call(
    tool: Tool,
    args: JsonObject,
    place: TrialPlace & { step: number },
    signal: AbortSignal,
  ): Promise<Observation> {
    const bound = this.#bound.get(tool.id);
    if (!bound?.runner) return blocked(`Not run: "${tool.name}" has nothing that can run it.`);
    const permission = await this.#ladder.permission(tool, args);
    if (signal.aborted) throw new Cancelled();
    if (!permission.allowed) return blocked(permission.why);
    if (tool.risk !== 'read') this.#intend(tool, args, place);
    const observation = await this.#caller.call(bound, args, { signal });
    return { ...observation, ms: Math.round(observation.ms) };
  }

  check(tool: Tool, args: JsonObject): Promise<Failure[]> {
    return this.#caller.check(tool, args);
  }

  /** The risky calls of a trial that were begun, in order; forgets them. To be asked once the trial has ended. */
  takeRisky(place: TrialPlace): RiskyCall[] {
    const key = placeKey(place);
    const calls = this.#risky.get(key) ?? [];
    this.#risky.delete(key);
    return calls;
  }

  #intend(tool: Tool, args: JsonObject, place: TrialPlace & { step: number }): void {
    const { runId, episode, trial, step } = place;
    const call = { tool: tool.id, arguments: args };
    try {
      // The store counts steps from 0.
      this.#store.intendWrite({ runId, tool: place.tool, episode, trial, step: step - 1, call });
    } catch (error) {
      throw new StoreFailure(error);
    }
    const key = placeKey(place);
    this.#risky.set(key, [...(this.#risky.get(key) ?? []), { tool: tool.id, step }]);
  }
}

function placeKey({ tool, episode, trial }: TrialPlace): string {
  return `${tool} ${episode}.${trial}`;
}

function blocked(content: string): Observation {
  return { status: 'blocked', content, ms: 0, truncated: false };
}
