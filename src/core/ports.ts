import type { ChatModel } from './chat.ts';
import type { JsonObject } from './json.ts';
import type { Random } from './random.ts';
import type { Tool } from './tool.ts';
import type { Failure, Observation, TrialPlace } from './trial.ts';

/** What the method needs of the world. The core reaches nothing else. */
export interface Ports {
  model: ChatModel;
  /**
   * Runs a call for real (or refuses it: status `blocked`). Never throws for what a tool does; rejects with `Cancelled`
   * when the signal is aborted before the call was made.
   */
  callTool(
    tool: Tool,
    args: JsonObject,
    place: TrialPlace & { step: number },
    signal: AbortSignal,
  ): Promise<Observation>;
  /** Failures of the arguments against the tool's schema, the gravest first; none when they are valid. */
  checkArguments(tool: Tool, args: JsonObject): Promise<Failure[]>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that never jump. */
  monotonic(): number;
  /** A generator of its own for each seed. */
  random(seed: number): Random;
  /** Aborted when the work shall stop. */
  signal: AbortSignal;
}
