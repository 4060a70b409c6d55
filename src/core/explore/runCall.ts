/** One call: checked against its schema, run for real, and named by its failure when it goes wrong. */
import { Cancelled } from '../errors.ts';
import { play } from '../simulate/play.ts';
import { cutTo } from '../text.ts';
import type { Tool } from '../tool.ts';
import type { Failure, FailureType, Observation, ObservationStatus, Step } from '../trial.ts';
import type { ReadCall } from './protocol.ts';
import type { TrialContext } from './trialContext.ts';

const failureOfStatus: Partial<Record<ObservationStatus, FailureType>> = {
  rejected: 'rejected',
  tool_fault: 'tool_fault',
  timeout: 'timeout',
  unreachable: 'unreachable',
  blocked: 'blocked',
  cancelled: 'cancelled',
};

/** Characters of a tool's words that a failure carries; the observation has them all. */
const messageLimit = 1000;

/**
 * Runs a call that was read from an answer, or has it played. A schema failure is recorded, and for `read` tools the call is made all the
 * same, since finding where spec and tool disagree is the point. Other tools are not run with arguments that do not fit.
 * Returns the step, and what the model is told. Throws `Cancelled` when the work was stopped meanwhile.
 */
export async function runCall(
  context: TrialContext,
  thought: string,
  call: ReadCall,
  step: number,
): Promise<{ step: Step; text: string }> {
  const tool = context.offered.find((one) => one.name === call.name);
  if (call.problem || !tool || call.arguments === null) {
    const problem = call.problem ?? {
      type: 'unknown_tool' as const,
      text: `There is no tool named "${call.name}".`,
    };
    return notRun(thought, call, tool, [{ type: problem.type, message: problem.text }]);
  }

  const { ports, world } = context;
  const failures = await ports.checkArguments(tool, call.arguments);
  if (failures.length > 0 && tool.risk !== 'read' && !world) return notRun(thought, call, tool, failures);

  const place = { ...context.place, step };
  const observation = world
    ? await play(context, world, { tool, arguments: call.arguments, failures })
    : await ports.callTool(tool, call.arguments, place, ports.signal);
  if (ports.signal.aborted) throw new Cancelled();

  const type = failureOfStatus[observation.status];
  if (type) failures.push({ type, message: observation.content.slice(0, messageLimit) });
  const shown = cutTo(observation.content, context.settings.observationLimit);
  return {
    step: {
      thought,
      call: { tool: tool.id, arguments: call.arguments },
      observation: { ...observation, truncated: observation.truncated || shown.cut },
      failure: failures[0] ?? null,
      failures,
    },
    text: shown.text,
  };
}

function notRun(
  thought: string,
  call: ReadCall,
  tool: Tool | undefined,
  failures: Failure[],
): { step: Step; text: string } {
  const unreadable = call.arguments === null || !tool;
  const text = unreadable
    ? (failures[0]?.message ?? '')
    : `Not run: the arguments do not fit the parameters. ${failures.map((one) => one.message).join(' ')}`;
  return {
    step: {
      thought,
      call: call.arguments === null ? null : { tool: tool?.id ?? call.name, arguments: call.arguments },
      observation: unrun(text),
      failure: failures[0] ?? null,
      failures,
    },
    text,
  };
}

/** An observation for a call that never reached its tool. */
export function unrun(content: string): Observation {
  return { status: 'not_run', content, ms: 0, truncated: false };
}
