/** From what is asked for to what will be asked: reads data and catalogue, splits families, chooses what stands in each prompt. */
import { setImmediate as breathe } from 'node:timers/promises';
import { type Condition, showsExamples, showsLessons } from '../../../core/evaluate/conditions.ts';
import type { AskedQuestion, Plan, PlannedQuestion } from '../../../core/evaluate/plan.ts';
import { type Embedder, lessonsBeside } from '../../../core/exploit/choose/index.ts';
import { deriveSeed, shuffled } from '../../../core/random.ts';
import type { ProtocolName } from '../../../core/settings.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Example, Lesson } from '../../../core/trial.ts';
import { DemonstrationChooser } from './demonstrationChooser.ts';

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
  /** Null: words and tools alone say what is near. */
  embedder: Embedder | null;
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
  const questions = sampledQuestions(material, settings);
  const chooser = await DemonstrationChooser.of(material, questions);
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
    for (const question of questions) {
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
