import { kindOf } from '../exploit/usable.ts';
import type { Tool } from '../tool.ts';
import type { Example } from '../trial.ts';
import { writeGold } from './goldText.ts';
import { exactly } from './grade.ts';
import type { OfferedTools } from './offered.ts';
import type { AskedQuestion } from './plan.ts';

/**
 * The question that an example answers: its calls are what is right, in their order, or that none is made. Null when a tool
 * of it is not in the catalogue any more.
 */
export function exampleQuestion(
  example: Example,
  offered: OfferedTools,
): { question: AskedQuestion; tools: Tool[] } | null {
  const { id, query, tool, calls } = example;
  const kind = kindOf(example);
  const tools = offered.around(kind === 'call' ? calls.map((call) => call.tool) : [tool]);
  if (tools === null) return null;
  const names = new Map(tools.map((one) => [one.id, one.name]));
  const gold = writeGold(
    kind === 'call'
      ? {
          kind: 'calls',
          calls: calls.map((call) => exactly(names.get(call.tool) as string, call.arguments)),
        }
      : { kind: 'abstention' },
  );
  return {
    question: {
      id,
      query,
      kind,
      tool: kind === 'call' ? countedUnder(example) : tool,
      offered: tools.map((one) => one.id),
      gold,
      ...(calls.length > 1 ? { path: true as const } : {}),
    },
    tools,
  };
}

/** The tool that the example belongs to, which its calls include; of a line that somebody wrote otherwise, the first. */
function countedUnder({ tool, calls }: Example): string {
  return calls.some((call) => call.tool === tool) ? tool : (calls[0]?.tool ?? tool);
}
