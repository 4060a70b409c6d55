import { offeredTools } from './chatMessages.ts';
import type { DataFormat } from './format.ts';

/**
 * Examples for DSPy ("dspy.Example", "Data"): JSON lines with `question`, `tools`, `tool_calls` and `answer`. In Python:
 * `[dspy.Example(**json.loads(line)).with_inputs("question", "tools") for line in open(path)]`. `tool_calls` has the shape of
 * `dspy.ToolCalls`: an object whose `tool_calls` are objects with `name` and `args`. Any member is allowed.
 */
export const dspy: DataFormat = {
  label: 'DSPy',
  takesMore: true,
  rows({ conversation }) {
    const { query, calls, answer } = conversation;
    return [
      {
        question: query,
        tools: offeredTools(conversation),
        tool_calls: { tool_calls: calls.map(({ tool, arguments: args }) => ({ name: tool, args })) },
        observations: calls.map(({ observation }) => observation),
        answer,
      },
    ];
  },
};
