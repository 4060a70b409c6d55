import { counted } from '../../../core/counted.ts';
import { exampleQuestion } from '../../../core/evaluate/exampleQuestion.ts';
import type { OfferedTools } from '../../../core/evaluate/offered.ts';
import type { AskedQuestion } from '../../../core/evaluate/plan.ts';
import { splitFamilies, withoutFamiliesOf } from '../../../core/evaluate/split.ts';
import { isOffered, isUsable, kindOf } from '../../../core/exploit/usable.ts';
import type { Tool } from '../../../core/tool.ts';
import { toolName } from '../../../core/toolName.ts';
import type { Example, Lesson } from '../../../core/trial.ts';
import type { Store } from '../../../store/index.ts';
import { WrongRequest } from '../../errors.ts';
import type { Material } from './makePlan.ts';
import type { ReadData } from './readData.ts';

/** Examples that are read at a time. */
const pageSize = 500;

/** What of the workspace may be shown and asked. */
export function usableExamples(store: Store, demonstrations: boolean): Example[] {
  const may = demonstrations ? isUsable : isOffered;
  const found: Example[] = [];
  let after: string | null = null;
  do {
    const page: { rows: Example[]; next: string | null } = store.examples({
      limit: pageSize,
      ...(after === null ? {} : { after }),
    });
    found.push(...page.rows.filter(may));
    after = page.next;
  } while (after !== null);
  return found;
}

/**
 * Held-out families of the workspace's examples are asked, the others may be shown. Throws `WrongRequest` where there is
 * nothing to hold out.
 */
export function materialOfExamples(
  store: Store,
  offered: OfferedTools,
  { share, seed, demonstrations }: { share: number; seed: number; demonstrations: boolean },
): Omit<Material, 'embedder'> {
  const examples = usableExamples(store, demonstrations);
  const split = splitFamilies(examples, { share, seed });
  const { questions, tools, gone } = questionsOf(split.test, offered);
  if (questions.length === 0) {
    throw new WrongRequest(
      examples.length === 0
        ? 'There are no examples to evaluate with.'
        : 'No tool of this workspace has examples of two queries, so none can be held out.',
      'Explore more: imaginarium explore. What the sampler made up counts with --demonstrations alone.',
    );
  }
  const shown = new Set(split.demonstrations.map(({ id }) => id));
  const held = examples.filter(({ id }) => !shown.has(id));
  return {
    data: 'held-out examples of this workspace',
    grader: 'strict',
    questions,
    tools,
    demonstrations: split.demonstrations,
    lessons: lessonsOf(store, tools.keys(), held),
    notes: [...goneNote(gone), ...abstentionNote(split.test)],
  };
}

/** The questions of a file are asked; all examples of the workspace but their families may be shown. */
export function materialOfData(
  store: Store | null,
  data: ReadData,
  demonstrations: boolean,
): Omit<Material, 'embedder'> {
  const examples = store === null ? [] : usableExamples(store, demonstrations);
  const shown = withoutFamiliesOf(examples, data.families);
  const ids = new Set(shown.map(({ id }) => id));
  const held = examples.filter(({ id }) => !ids.has(id));
  return {
    ...data,
    demonstrations: shown,
    lessons: store === null ? [] : lessonsOf(store, data.tools.keys(), held),
  };
}

/** Examples as questions, with the tools that they offer, and how many ask for tools that have gone. */
export function questionsOf(
  examples: readonly Example[],
  offered: OfferedTools,
): { questions: AskedQuestion[]; tools: Map<string, Tool>; gone: number } {
  const tools = new Map<string, Tool>();
  const questions: AskedQuestion[] = [];
  for (const example of examples) {
    const made = exampleQuestion(example, offered);
    if (made === null) continue;
    questions.push(made.question);
    for (const tool of made.tools) tools.set(tool.id, tool);
  }
  return { questions, tools, gone: examples.length - questions.length };
}

export function goneNote(gone: number): string[] {
  if (gone === 0) return [];
  const what = gone === 1 ? '1 question is' : `${gone} questions are`;
  return [`${what} left out: their tools are not in this workspace.`];
}

function abstentionNote(asked: readonly Example[]): string[] {
  const count = asked.filter((example) => kindOf(example) !== 'call').length;
  if (count === 0) return [];
  return [`Of ${counted(asked.length, 'held-out example')} ${count} must not be answered with a call.`];
}

/** Lessons in force of these tools, save those that only what is asked has taught. */
function lessonsOf(store: Store, tools: Iterable<string>, asked: readonly Example[]): Lesson[] {
  const trials = new Set(asked.map(({ provenance }) => provenance.trialId));
  return [...tools].flatMap((tool) =>
    store
      .lessonsOf(tool)
      .filter((lesson) => lesson.trials.length === 0 || lesson.trials.some((trial) => !trials.has(trial))),
  );
}

/** An example with the ids that its tools have here: its own, or those of the only tools of their names. */
export function withKnownTools(example: Example, catalogue: readonly Tool[]): Example {
  const here = (id: string): string => {
    if (catalogue.some((tool) => tool.id === id)) return id;
    const named = catalogue.filter((tool) => toolName(tool.id) === toolName(id));
    return named.length === 1 ? (named[0] as Tool).id : id;
  };
  return {
    ...example,
    tool: here(example.tool),
    calls: example.calls.map((call) => ({ ...call, tool: here(call.tool) })),
  };
}
