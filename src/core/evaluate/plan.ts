/** What an evaluation asks, whole: kept before the first answer, so that a resumed one asks the same. */
import { deriveSeed } from '../random.ts';
import type { ProtocolName } from '../settings.ts';
import type { Tool } from '../tool.ts';
import type { Example, ExampleKind, Lesson } from '../trial.ts';
import { type Condition, showsExamples, showsLessons } from './conditions.ts';
import type { ToolDoc } from './grade.ts';
import type { Asked } from './request.ts';

/** One query with what would be right. */
export interface AskedQuestion {
  /** Unlike that of any other question of the data, and the same whenever the data is read. */
  id: string;
  query: string;
  /** What the data says to the model beside the query. */
  system?: string;
  kind: ExampleKind;
  /** Id of the tool that it is counted under: the right one, or the one that must not be called. */
  tool: string;
  /** Ids of the tools that are offered, in this order. */
  offered: string[];
  /** What is right, as `goldText.ts` writes it; tools by the names that the model is shown. */
  gold: string;
  /** Its calls follow each other: an answer is compared with as many of them as it makes, at least one. */
  path?: true;
  /** See `Question.language`. */
  language?: 'java' | 'javascript';
  /** What the grader goes by where the model is shown something else; absent: the tools as they are offered. */
  docs?: ToolDoc[];
}

/** A question, and what stands beside it where a condition shows such. */
export interface PlannedQuestion extends AskedQuestion {
  /** Ids of examples, the nearest first. */
  examples: string[];
  /** Ids of lessons. */
  lessons: string[];
}

export interface Plan {
  /** Where the questions come from, for people. */
  data: string;
  /** Whose rules say what is right. */
  grader: 'strict' | 'ste';
  /** The order in which they are asked. */
  questions: PlannedQuestion[];
  /** By id: all that the questions name. */
  tools: { [id: string]: Tool };
  examples: { [id: string]: Example };
  lessons: { [id: string]: Lesson };
  conditions: Condition[];
  repeat: number;
  seed: number;
  protocol: ProtocolName;
  /** Examples that could be shown. */
  demonstrations: number;
  /** What a person should know of it, a sentence each. */
  notes: string[];
}

/** The place of an answer. Repeats and questions count from 0. */
export interface AnswerPlace {
  question: number;
  repeat: number;
  condition: Condition;
}

/** All answers, in the order in which they are asked for: one question under all conditions, so that a part is a comparison. */
export function* placesOf(plan: Pick<Plan, 'questions' | 'repeat' | 'conditions'>): Generator<AnswerPlace> {
  for (let question = 0; question < plan.questions.length; question++) {
    for (let repeat = 0; repeat < plan.repeat; repeat++) {
      for (const condition of plan.conditions) yield { question, repeat, condition };
    }
  }
}

/** The name under which an answer is kept. */
export function placeName({ condition, repeat, question }: AnswerPlace): string {
  return `answer/${condition}/${repeat}/${String(question).padStart(6, '0')}`;
}

/**
 * What is asked at a place. The seed is that of the question and the repeat, not of the condition, so that answers under two
 * conditions differ by what stands in the prompt alone.
 */
export function askedAt(plan: Plan, { question, repeat, condition }: AnswerPlace): Asked {
  const planned = plan.questions[question] as PlannedQuestion;
  return askedOf(plan, planned, {
    seed: deriveSeed(plan.seed, planned.id, repeat),
    examples: showsExamples(condition) ? planned.examples : [],
    lessons: showsLessons(condition) ? planned.lessons : [],
  });
}

/** A question with these examples, the nearest first, and lessons. */
export function askedOf(
  plan: Pick<Plan, 'tools' | 'examples' | 'lessons'>,
  question: AskedQuestion,
  beside: { seed: number; examples: readonly string[]; lessons: readonly string[] },
): Asked {
  const { query, system, tool, offered } = question;
  const tools = offered.flatMap((id) => plan.tools[id] ?? []);
  return {
    query,
    ...(system === undefined ? {} : { system }),
    tools,
    tool: plan.tools[tool] ?? (tools[0] as Tool),
    // What stands next to the query counts most.
    examples: beside.examples.flatMap((id) => plan.examples[id] ?? []).reverse(),
    lessons: beside.lessons.flatMap((id) => plan.lessons[id] ?? []),
    seed: beside.seed,
  };
}
