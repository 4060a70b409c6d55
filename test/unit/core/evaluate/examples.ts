import type { Tool } from '../../../../src/core/tool.ts';
import type { Example, Lesson } from '../../../../src/core/trial.ts';

/** An example of a tool, with what a test says of it. */
export function exampleWith(id: string, more: Partial<Example> = {}): Example {
  const tool = more.tool ?? 'tools.yaml#echo';
  return {
    id,
    tool,
    query: `query ${id}`,
    calls: [{ tool, arguments: { text: id }, observation: `said ${id}` }],
    answer: `It said ${id}.`,
    verification: 'verified',
    provenance: {
      model: 'm',
      languageModel: true,
      runId: 'r',
      trialId: id,
      seed: 1,
      specHash: 'h',
      judge: null,
      edited: false,
    },
    ...more,
  };
}

export function toolWith(
  name: string,
  properties: object = { text: { type: 'string' } },
  required: string[] = [],
): Tool {
  return {
    id: `tools.yaml#${name}`,
    name,
    description: `Does ${name}.`,
    parameters: {
      type: 'object',
      properties: { ...properties },
      ...(required.length > 0 ? { required } : {}),
    },
    source: { path: 'tools.yaml', line: 1, column: 1 },
    risk: 'read',
    runnable: true,
    specHash: 'h',
  };
}

export function lessonWith(id: string, more: Partial<Lesson> = {}): Lesson {
  return {
    id,
    tool: 'tools.yaml#echo',
    text: `Lesson ${id}.`,
    trials: [id],
    origin: 'evidence',
    specHash: 'h',
    ...more,
  };
}
