/**
 * A workspace with examples and lessons, and a model that answers by what stands in its prompt alone: it writes days as people
 * do unless it is shown, or told, how the tool wants them, and takes one of two siblings for the other unless it is shown.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolFileName } from '../../src/core/toolFileName.ts';
import type { Example, Lesson } from '../../src/core/trial.ts';
import { openStore } from '../../src/store/index.ts';
import type { FakeReply } from './fakeOpenAI.ts';
import type { Reply } from './fakeOpenAIWire.ts';
import { type TestTool, type WorkspaceFixture, workspaceFixture } from './workspaceFixture.ts';

const source = 'imaginarium.yaml#';
const texts = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  required: names,
});

const tools: TestTool[] = [
  { name: 'remind', risk: 'read', parameters: texts('text', 'day'), body: `return 'noted';` },
  { name: 'shelve', risk: 'read', parameters: texts('item'), body: `return 'done';` },
  { name: 'store_away', risk: 'read', parameters: texts('item'), body: `return 'done';` },
  { name: 'tally', risk: 'read', parameters: texts('word'), body: `return '3';` },
];

/** No two tools are asked about the same thing, so that the words of a query lead to its tool. */
const goods = 'milk bread salt rice soap tea honey flour eggs oil nuts figs'.split(' ');
const furniture = 'chair table lamp shelf mirror sofa stool bench desk vase clock rug'.split(' ');
const birds = 'heron eagle robin swift raven crane stork finch owl wren lark dove'.split(' ');

/** Examples of each tool, each with a paraphrase, and near misses of one: 12 families of 3 tools, and 4. */
export function evaluatedExamples(families = 12): Example[] {
  return goods.slice(0, families).flatMap((good, index) => {
    const day = index + 10;
    const [piece = '', bird = ''] = [furniture[index], birds[index]];
    return [
      ...family(`remind-${good}`, 'remind', { text: `buy ${good}`, day: `2026-03-${day}` }, [
        `Remind me on ${day} March 2026 to buy ${good}`,
        `Please, remind me on ${day} March 2026 to buy ${good}`,
      ]),
      ...family(`shelve-${piece}`, 'shelve', { item: piece }, [
        `Put the ${piece} where it belongs`,
        `Please, put the ${piece} where it belongs`,
      ]),
      ...family(`tally-${bird}`, 'tally', { word: bird }, [
        `Count the word ${bird}`,
        `Please, count the word ${bird}`,
      ]),
      ...(index < 4
        ? [
            {
              ...example(`near-${bird}`, 'tally', `Count on me for ${bird}`),
              kind: 'near_miss' as const,
              calls: [],
              answer: 'Thank you, but no tool here can do that.',
            },
          ]
        : []),
    ];
  });
}

export const evaluatedLessons: Lesson[] = [
  {
    id: 'days',
    tool: `${source}remind`,
    text: '`day` wants YYYY-MM-DD.',
    trials: ['elsewhere'],
    origin: 'evidence',
    specHash: '',
  },
];

/** A workspace in which all of that is kept; `remove` it afterwards. */
export async function evaluatedWorkspace(families?: number): Promise<WorkspaceFixture> {
  const workspace = workspaceFixture(tools);
  const folder = join(workspace.folder, '.imaginarium', 'lessons');
  mkdirSync(folder, { recursive: true });
  for (const lesson of evaluatedLessons)
    writeFileSync(join(folder, `${toolFileName(lesson.tool)}.jsonl`), `${JSON.stringify(lesson)}\n`);
  const store = await openStore({ folder: workspace.folder });
  await store.readFiles();
  store.addExamples(evaluatedExamples(families));
  await store.flushExamples();
  await store.close();
  return workspace;
}

interface WireMessage {
  role: string;
  content: string | null;
  tool_calls?: { function: { name: string; arguments: string } }[];
}

/** What the model answers. */
export const shownStudent: FakeReply = ({ body }): Reply => {
  const messages = body.messages as WireMessage[];
  const query = messages.at(-1)?.content ?? '';
  const shown = messages.flatMap(({ tool_calls: calls = [] }) => calls.map((call) => call.function));
  const told = messages[0]?.content ?? '';
  const knowsDays = told.includes('YYYY-MM-DD') || shown.some((call) => /"day":"\d{4}-/.test(call.arguments));
  const knowsShelf = shown.some(({ name }) => name === 'shelve');
  const wasShownRefusal = messages.some(
    ({ role, content }, index) =>
      role === 'assistant' && content?.startsWith('Thank you') && messages[index - 1]?.role === 'user',
  );

  const remind = /remind me on (\d+) March 2026 to (.+)$/i.exec(query);
  if (remind) {
    const [, day = '', text = ''] = remind;
    return call('remind', { text, day: knowsDays ? `2026-03-${day}` : `${day} March 2026` });
  }
  const put = /put the (\w+) where/i.exec(query);
  if (put) return call(knowsShelf ? 'shelve' : 'store_away', { item: put[1] });
  const near = /^Count on me for (\w+)/.exec(query);
  if (near) return wasShownRefusal ? { text: 'I cannot do that.' } : call('tally', { word: near[1] });
  return call('tally', { word: /(\w+)$/.exec(query)?.[1] });
};

function call(name: string, args: object): Reply {
  return { toolCalls: [{ name, arguments: args }] };
}

function family(
  id: string,
  tool: string,
  args: Record<string, string>,
  queries: readonly string[],
): Example[] {
  return queries.map((query, index) => ({
    ...example(index === 0 ? id : `${id}-${index}`, tool, query),
    calls: [{ tool: `${source}${tool}`, arguments: args, observation: 'done' }],
    ...(index === 0 ? {} : { paraphraseOf: id }),
  }));
}

function example(id: string, tool: string, query: string): Example {
  return {
    id,
    tool: `${source}${tool}`,
    query,
    calls: [],
    answer: 'Done.',
    verification: 'executed',
    provenance: {
      model: 'm',
      languageModel: true,
      runId: 'r',
      trialId: id,
      seed: 1,
      specHash: '',
      judge: null,
      edited: false,
    },
  };
}
