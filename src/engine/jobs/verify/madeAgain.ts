/** Making the calls of an example again: cheap ones that only read, within trust and the rules of the network. */
import { Cancelled } from '../../../core/errors.ts';
import { wholePath } from '../../../core/exploit/example.ts';
import { canonicalJson, type JsonObject } from '../../../core/json.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Call, Example, Trial } from '../../../core/trial.ts';
import { redacted, redactJson } from '../../../store/redact.ts';
import type { BoundTool } from '../../../tools/boundTool.ts';
import type { ToolCalls } from '../../runs/toolCalls.ts';

/** What the stage of execution needs of the engine. */
export interface Calling {
  /** By id; all tools of the catalogue. */
  bound: ReadonlyMap<string, BoundTool>;
  /** Whether calls of it may really be made by this job. */
  real(tool: Tool): boolean;
  calls: ToolCalls;
  jobId: string;
  signal: AbortSignal;
}

/** Longer paths and slower ones are not cheap: calls, and milliseconds that they took in the trial. */
const mostCalls = 8;
const mostMs = 10_000;

/** How making a path again ended; `observations` are those of all its calls where it worked. */
export type MadeAgain = { worked: true; observations: string[] } | { worked: false; why: string } | null;

/** Whether the calls may be made again unasked: each only reads, there are few and fast ones, and no secret was taken out. */
export function isCheap(
  example: Pick<Example, 'calls'>,
  trial: Trial | null,
  calling: Pick<Calling, 'bound' | 'real'>,
): boolean {
  const { calls } = example;
  if (calls.length === 0 || calls.length > mostCalls) return false;
  const took = trial?.steps.reduce((sum, { observation }) => sum + observation.ms, 0) ?? 0;
  return took <= mostMs && calls.every((call) => mayCall(call.tool, calling) && !hasGap(call.arguments));
}

/** A call with a gap in the place of a secret is another call. */
function hasGap(args: JsonObject): boolean {
  return canonicalJson(args).includes(redacted);
}

function mayCall(id: string, { bound, real }: Pick<Calling, 'bound' | 'real'>): boolean {
  const tool = bound.get(id)?.tool;
  return tool !== undefined && tool.risk === 'read' && real(tool);
}

/**
 * Makes the calls in their order. Null where that shows nothing: a tool could not be reached or was not let through, or it
 * refused what an earlier call said otherwise last time. Rejects with `Cancelled`.
 */
export async function makeAgain(
  example: Pick<Example, 'tool' | 'calls'>,
  { bound, calls, jobId, signal }: Calling,
): Promise<MadeAgain> {
  const observations: string[] = [];
  let changed = false;
  for (const [index, call] of example.calls.entries()) {
    const tool = bound.get(call.tool)?.tool;
    if (tool === undefined) return null;
    const place = { runId: jobId, tool: example.tool, episode: 0, trial: 0, step: index + 1 };
    const { status, content } = await calls.call(tool, call.arguments, place, signal);
    if (signal.aborted) throw new Cancelled();
    if (status === 'rejected' || status === 'tool_fault') {
      // An id that was handed out anew each time is no fault of the example.
      return changed ? null : { worked: false, why: content };
    }
    if (status !== 'ok') return null;
    changed ||= content !== call.observation;
    observations.push(content);
  }
  return { worked: true, observations };
}

/** Whether the trial made these very calls, and they succeeded. The log has the secrets that examples do not have. */
export function isRecorded(example: Pick<Example, 'calls'>, trial: Trial): boolean {
  const key = (call: Call): string => `${call.tool} ${canonicalJson(redactJson(call.arguments))}`;
  const made = new Set(wholePath(trial).map(key));
  return example.calls.every((call) => made.has(key(call)));
}
