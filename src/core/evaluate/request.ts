/**
 * What a model is asked in an evaluation: a query, the tools it may call, and what the condition puts beside them. Everything
 * learned goes out as data, with nothing hidden in it: lessons on a line each, demonstrations as turns (protocol `tools`) or as text (`react`).
 */
import type { ChatMessage, ChatRequest } from '../chat.ts';
import { nativeTools } from '../explore/nativeTools.ts';
import { fill } from '../explore/prompts.ts';
import type { WireProtocol } from '../explore/protocol.ts';
import { react } from '../explore/react.ts';
import { harmlessJson, harmlessText } from '../harmless.ts';
import type { ProtocolName } from '../settings.ts';
import { cutTo } from '../text.ts';
import type { Tool } from '../tool.ts';
import type { Example, Lesson } from '../trial.ts';

/** Limit of an answer, tokens: a call and a thought, not an essay. */
export const answerTokens = 1024;

/** How much of an observation a demonstration shows, characters. */
const observationLimit = 600;

export interface Asked {
  query: string;
  /** What the data says to the model beside the query. */
  system?: string;
  /** In the order in which they are offered; no two of one name. */
  tools: readonly Tool[];
  /** Shown in this order, the nearest last: what stands next to the query counts most. Each calls only offered tools. */
  examples: readonly Example[];
  lessons: readonly Lesson[];
  /** The tool that the query is about. */
  tool: Tool;
  seed: number;
}

export function wireOf(protocol: ProtocolName): WireProtocol {
  return protocol === 'react' ? react : nativeTools;
}

/** The request of one answer: at temperature 0, with nothing in it that depends on anything but its input. */
export function answerRequest(asked: Asked, protocol: ProtocolName): ChatRequest {
  const wire = wireOf(protocol);
  const { tool, seed, query } = asked;
  return {
    purpose: { kind: 'answer', tool, seed, query },
    messages: protocol === 'react' ? reactMessages(asked) : toolMessages(asked),
    ...wire.offer(asked.tools, true),
    temperature: 0,
    maxTokens: answerTokens,
    ...(wire.actStop.length > 0 ? { stop: wire.actStop } : {}),
    seed,
  };
}

const task =
  'Answer the request of the user with the tools that you are offered. Take the values of the arguments from the request, and leave out optional ones that it does not mention. If none of the tools can do what is asked, say so and call none. If a value is missing that a tool needs, ask the user for it and call none.';

const reactTask = `${task}

These are the tools, each with the JSON Schema of its parameters:

{tools}

Write in exactly this form:

Thought: what you want to do and why
Action: the name of the tool, one of: {names}
Action Input: the arguments as one JSON object

Then stop: what the tool returns follows after "Observation:". Where no call is to be made, or when you know enough, write

Thought: what you found
Final Answer: the answer to the user`;

const lessonsBefore = 'What is known about these tools from trying them out (notes, not instructions):';
const contrastsBefore = 'Calls that these tools have refused:';
const demonstrationsBefore = 'Requests as they were answered before:';

function toolMessages(asked: Asked): ChatMessage[] {
  const named = namesOf(asked.tools);
  const newId = counter();
  return [
    { role: 'system', content: [task, ...notes(asked, named)].join('\n\n') },
    ...asked.examples.flatMap((example) => turns(example, named, newId)),
    { role: 'user', content: asked.query },
  ];
}

function reactMessages(asked: Asked): ChatMessage[] {
  const named = namesOf(asked.tools);
  const tools = asked.tools.map(
    ({ name, description, parameters }) =>
      `${name}: ${description}\nParameters: ${JSON.stringify(parameters)}`,
  );
  const head = fill(reactTask, { tools: tools.join('\n\n'), names: [...named.values()].join(', ') });
  const shown = asked.examples.map((example) => asText(example, named));
  const query = `User Query: ${asked.query}`;
  return [
    { role: 'system', content: [head, ...notes(asked, named)].join('\n\n') },
    {
      role: 'user',
      content: shown.length === 0 ? query : [demonstrationsBefore, ...shown, query].join('\n\n'),
    },
  ];
}

/** What stands in the system message beside the task. */
function notes({ system, lessons, examples }: Asked, named: Names): string[] {
  const lines = lessons.map(({ tool, text }) => `- ${nameIn(named, tool)}: ${onOneLine(text)}`);
  const refused = examples.flatMap(({ contrasts = [] }) =>
    contrasts.map(
      ({ tool, arguments: args, failure }) =>
        `- ${nameIn(named, tool)} with ${harmlessJson(args)}: ${onOneLine(failure.message)}`,
    ),
  );
  return [
    ...(system === undefined ? [] : [system]),
    ...(lines.length === 0 ? [] : [[lessonsBefore, ...lines].join('\n')]),
    ...(refused.length === 0 ? [] : [[contrastsBefore, ...new Set(refused)].join('\n')]),
  ];
}

/** A demonstration as the turns of a conversation; what an answer was not kept of ends with its last observation. */
function turns(example: Example, named: Names, newId: () => string): ChatMessage[] {
  const { query, calls } = example;
  const answer = closing(example);
  return [
    { role: 'user', content: harmlessText(query) },
    ...calls.flatMap((call): ChatMessage[] => {
      const id = newId();
      const name = nameIn(named, call.tool);
      return [
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id, name, arguments: harmlessJson(call.arguments) }],
        },
        { role: 'tool', toolCallId: id, content: shownObservation(call.observation) },
      ];
    }),
    // Two queries in a row are no conversation: a demonstration always ends with an answer.
    { role: 'assistant', content: answer },
  ];
}

function asText(example: Example, named: Names): string {
  const lines = [`User Query: ${indented(example.query)}`];
  for (const { tool, arguments: args, observation } of example.calls) {
    lines.push(
      `Thought: I need ${nameIn(named, tool)} for this.`,
      `Action: ${nameIn(named, tool)}`,
      `Action Input: ${harmlessJson(args)}`,
      `Observation: ${indented(shownObservation(observation))}`,
    );
  }
  lines.push(
    `Thought: ${example.calls.length === 0 ? 'No call is to be made here.' : 'I know the answer now.'}`,
    `Final Answer: ${indented(closing(example))}`,
  );
  return lines.join('\n');
}

function closing({ answer, calls, kind }: Example): string {
  if (answer !== null && answer.trim() !== '') return harmlessText(answer.trim());
  if (kind === 'missing_value') return 'I need to know more for that. Can you tell me the missing details?';
  if (kind === 'near_miss') return 'None of these tools can do that.';
  return shownObservation(calls.at(-1)?.observation ?? 'Done.');
}

type Names = ReadonlyMap<string, string>;

function namesOf(tools: readonly Tool[]): Names {
  return new Map(tools.map(({ id, name }) => [id, name]));
}

function nameIn(named: Names, id: string): string {
  return named.get(id) ?? id;
}

function shownObservation(text: string): string {
  const { text: shown, cut } = cutTo(text.trim(), observationLimit);
  return harmlessText(cut ? `${shown}…` : shown);
}

/** Further lines stand back, so that none of them can pass for a line of the protocol. */
function indented(text: string): string {
  return harmlessText(text.trim()).replace(/\n/g, '\n  ');
}

function onOneLine(text: string): string {
  return harmlessText(text).replace(/\s+/g, ' ').trim();
}

function counter(): () => string {
  let number = 0;
  return () => {
    number += 1;
    return `call_${number}`;
  };
}
