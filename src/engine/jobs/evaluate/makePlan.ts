/** From what is asked for to what will be asked: reads data and catalogue, splits families, chooses what stands in each prompt. */
import { setImmediate as breathe } from 'node:timers/promises';
import { type Condition, showsExamples, showsLessons } from '../../../core/evaluate/conditions.ts';
import type { AskedQuestion, Plan, PlannedQuestion } from '../../../core/evaluate/plan.ts';
import { candidatesOf } from '../../../core/exploit/choose/candidates.ts';
import { chooseExamples } from '../../../core/exploit/choose/chooseExamples.ts';
import { lessonsBeside } from '../../../core/exploit/choose/lessonsBeside.ts';
import { deriveSeed, shuffled } from '../../../core/random.ts';
import type { ProtocolName } from '../../../core/settings.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Example, Lesson } from '../../../core/trial.ts';
import { MemoryTextIndex } from '../../../store/textIndex.ts';

/** Examples that are looked at for one query, the nearest: more would be slow and never be taken. */
const pool = 64;

/** What may stand beside a question, and what was read. */
export interface Material {
  data: string;
  grader: Plan['grader'];
  questions: readonly AskedQuestion[];
  /** By id: those that the questions name. */
  tools: ReadonlyMap<string, Tool>;
  /** Examples that may be shown: none of them shares a family with a question. */
  demonstrations: readonly Example[];
  /** Lessons that do not stem from what is asked. */
  lessons: readonly Lesson[];
  notes: readonly string[];
}

export interface PlanSettings {
  conditions: Condition[];
  /** Null: as many as the spread of their scores suggests. */
  k: number | null;
  repeat: number;
  seed: number;
  /** Null: all questions. */
  limit: number | null;
  protocol: ProtocolName;
}

/** Chooses what stands beside each question. */
export async function planOf(material: Material, settings: PlanSettings): Promise<Plan> {
  const { conditions, k, repeat, seed, protocol } = settings;
  const chooser = new DemonstrationChooser(material.demonstrations);
  const plan: Plan = {
    data: material.data,
    grader: material.grader,
    questions: [],
    tools: {},
    examples: {},
    lessons: {},
    conditions,
    repeat,
    seed,
    protocol,
    demonstrations: material.demonstrations.length,
    notes: [...material.notes],
  };
  try {
    for (const question of sampledQuestions(material, settings)) {
      const examples = chooser.choose(question, k);
      const lessons = lessonsBeside(new Set(question.offered), material.lessons);
      plan.questions.push(planned(question, examples, lessons));
      for (const id of question.offered) {
        const tool = material.tools.get(id);
        if (tool !== undefined) plan.tools[id] = tool;
      }
      for (const example of examples) plan.examples[example.id] = example;
      for (const lesson of lessons) plan.lessons[lesson.id] = lesson;
      if (plan.questions.length % 20 === 0) await breathe();
    }
  } finally {
    chooser.close();
  }
  plan.notes.push(...emptyNotes(plan));
  return plan;
}

/** What conditions cannot show. */
function emptyNotes({ conditions, questions }: Plan): string[] {
  const none = (what: string, shown: (question: PlannedQuestion) => string[], shows: typeof showsExamples) =>
    conditions.some(shows) && questions.every((question) => shown(question).length === 0)
      ? [`There are no ${what} of the tools of these questions, so nothing is shown where ${what} would be.`]
      : [];
  return [
    ...none('examples', ({ examples }) => examples, showsExamples),
    ...none('lessons', ({ lessons }) => lessons, showsLessons),
  ];
}

/** The questions in an order of the seed, as many as are asked for: whatever comes first is a sample of all. */
export function sampledQuestions(
  { questions }: Pick<Material, 'questions'>,
  { seed, limit }: Pick<PlanSettings, 'seed' | 'limit'>,
): AskedQuestion[] {
  const sorted = [...questions].sort((a, b) => (a.id < b.id ? -1 : 1));
  return shuffled(sorted, deriveSeed(seed, 'questions')).slice(0, limit ?? sorted.length);
}

function planned(
  question: AskedQuestion,
  examples: readonly Example[],
  lessons: readonly Lesson[],
): PlannedQuestion {
  return { ...question, examples: examples.map(({ id }) => id), lessons: lessons.map(({ id }) => id) };
}

/** Finds what to show for a query, by its words, among examples that call offered tools alone. */
export class DemonstrationChooser {
  readonly #examples: readonly Example[];
  readonly #index: MemoryTextIndex;

  constructor(examples: readonly Example[]) {
    this.#examples = examples;
    this.#index = new MemoryTextIndex(examples.map(({ id, query }) => ({ id, text: query })));
  }

  /** The nearest first, at most one of a family. `without`: names of families that are not to be shown. */
  choose(
    question: Pick<AskedQuestion, 'query' | 'offered'>,
    k: number | null,
    without: (example: Example) => boolean = () => false,
  ): Example[] {
    const offered = new Set(question.offered);
    const possible = this.#examples.filter(
      (example) =>
        offered.has(example.tool) &&
        example.calls.every(({ tool }) => offered.has(tool)) &&
        !without(example),
    );
    const words = this.#index.search(question.query, this.#examples.length);
    const candidates = candidatesOf(possible, { words }).slice(0, pool);
    const { chosen } = chooseExamples(candidates, k === null ? {} : { k });
    return chosen.map(({ example }) => example);
  }

  close(): void {
    this.#index.close();
  }
}
