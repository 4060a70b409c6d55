import type { ChatAnswer, ChatRequest } from '../../../../src/core/chat.ts';
import type { CoverageCell } from '../../../../src/core/explore/coverage.ts';
import type { Json, JsonObject } from '../../../../src/core/json.ts';
import { isJsonObject } from '../../../../src/core/json.ts';
import type { ToolMemory } from '../../../../src/core/memory/longTerm.ts';
import { emptyMemory } from '../../../../src/core/memory/remember.ts';
import type { Purpose } from '../../../../src/core/purpose.ts';
import { deriveSeed } from '../../../../src/core/random.ts';
import type { Tool } from '../../../../src/core/tool.ts';
import type { Call, Step } from '../../../../src/core/trial.ts';
import { offlineModel } from '../../../../src/models/offline/index.ts';

/** A tool of the tests: throws what it refuses. */
export interface MadeUpTool {
  name: string;
  description: string;
  parameters: JsonObject;
  run(args: Record<string, Json | undefined>): string;
}

export interface LoopTrial {
  query: string;
  steps: Step[];
  answer: string;
  fulfilled: boolean;
  lesson: string | undefined;
}

export function toolOf(name: string, description: string, parameters: JsonObject): Tool {
  return {
    id: `test.yaml#${name}`,
    name,
    description,
    parameters,
    source: { path: 'test.yaml', line: 1, column: 1 },
    risk: 'read',
    runnable: true,
    specHash: 'hash',
  };
}

/** Asks the offline model, as the core does: prompt texts are there and say nothing. */
export async function ask(purpose: Purpose, native = true): Promise<ChatAnswer> {
  const request: ChatRequest = {
    purpose,
    messages: [{ role: 'user', content: 'Not read.' }],
    temperature: 1,
    maxTokens: 360,
    ...(native ? { tools: [{ name: purpose.tool.name, description: '', parameters: {} }] } : {}),
  };
  return offlineModel().chat(request, new AbortController().signal);
}

export function stepOf(call: Call, run: () => string): Step {
  try {
    return {
      thought: '',
      call,
      observation: { status: 'ok', content: run(), ms: 1, truncated: false },
      failure: null,
      failures: [],
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const failure = { type: 'rejected' as const, message };
    return {
      thought: '',
      call,
      observation: { status: 'rejected', content: message, ms: 1, truncated: false },
      failure,
      failures: [failure],
    };
  }
}

/** Trials one after another with one long-term memory: the method without its conversation. */
export async function explore(made: MadeUpTool, trials: number, seed: number): Promise<LoopTrial[]> {
  const tool = toolOf(made.name, made.description, made.parameters);
  const memory = emptyMemory();
  const done: LoopTrial[] = [];
  for (let trial = 1; trial <= trials; trial++) {
    const uncovered = uncoveredOf(tool, memory);
    const common = { tool, memory, seed: deriveSeed(seed, tool.id, trial) };
    const { text: query } = await ask({ ...common, kind: 'imagine', uncovered, tooClose: [] });
    const steps: Step[] = [];
    let answer = '';
    for (let turn = 0; turn <= 4 && answer === ''; turn++) {
      const reply = await ask({
        ...common,
        kind: 'act',
        siblings: [],
        query,
        uncovered,
        steps,
        seed: deriveSeed(common.seed, turn),
      });
      const call = reply.toolCalls[0];
      if (!call) answer = reply.text;
      else if (turn < 4) {
        const args = JSON.parse(call.arguments) as JsonObject;
        steps.push(stepOf({ tool: tool.id, arguments: args }, () => made.run(args)));
      }
    }
    const reflection = await ask({ ...common, kind: 'reflect', query, steps, answer, structured: true });
    const verdict = JSON.parse(reflection.text) as { fulfilled: boolean; lesson?: string };
    done.push({ query, steps, answer, fulfilled: verdict.fulfilled, lesson: verdict.lesson });
    memory.queries.push({ query, solved: verdict.fulfilled });
    for (const step of steps) {
      if (step.call)
        memory.calls.push({
          trialId: String(trial),
          call: step.call,
          failure: step.failure,
          ok: step.observation.status === 'ok',
        });
    }
  }
  return done;
}

function uncoveredOf(tool: Tool, memory: ToolMemory): CoverageCell[] {
  const properties = isJsonObject(tool.parameters.properties) ? tool.parameters.properties : {};
  const required = Array.isArray(tool.parameters.required) ? tool.parameters.required : [];
  const calls = memory.calls.map(({ call }) => call.arguments);
  return Object.entries(properties).flatMap(([name, schema]): CoverageCell[] => {
    const values = isJsonObject(schema) && Array.isArray(schema.enum) ? schema.enum : [];
    return [
      ...(calls.some((args) => name in args) ? [] : [{ kind: 'given', subject: `/${name}` } as const]),
      ...(required.includes(name) || calls.some((args) => !(name in args))
        ? []
        : [{ kind: 'left_out', subject: `/${name}` } as const]),
      ...values
        .filter((value) => !calls.some((args) => args[name] === value))
        .map((value) => ({ kind: 'value', subject: `/${name}`, value }) as const),
    ];
  });
}
