/** Long-term memory in words: what stands in an imagining prompt beside the request for a query. */
import { strip } from '../text.ts';
import type { Lesson } from '../trial.ts';
import { describeCell } from './coverage.ts';
import { queryMark } from './prompts.ts';
import { coverageHints, type TrialContext, visibleMemory } from './trialContext.ts';

const lessonsListed = 12;
const cellsListed = 8;
/** The paper lists every query. Beyond this many, `adaptive` lists the newest only, so that prompts stay bounded. */
const queriesListed = 120;

/**
 * The imagining prompt with its lists: the closing `User Query:` comes off, the lists go in, the mark goes on again.
 * Without anything to list, the prompt as it is.
 */
export function withLists(prompt: string, context: TrialContext, tooClose: readonly string[] = []): string {
  const lists = [...exploredList(context), ...knownLists(context), ...tooCloseList(context, tooClose)];
  if (lists.length === 0) return prompt;
  let base = prompt;
  while (base.endsWith(queryMark)) base = base.slice(0, -queryMark.length);
  return [strip(base), ...lists, queryMark].join('\n\n');
}

/** Lessons and what is uncovered: also for trials that call first. */
export function knownLists(context: TrialContext): string[] {
  const { texts } = context.prompts;
  const lessons = weightiest(visibleMemory(context).lessons).map((lesson) => `- ${withWitnesses(lesson)}`);
  const cells = coverageHints(context)
    .slice(0, cellsListed)
    .map((cell) => `- ${describeCell(cell)}`);
  return [
    ...(lessons.length > 0 ? [[texts['lessons-before'], ...lessons].join('\n')] : []),
    ...(cells.length > 0 ? [[texts['uncovered-before'], ...cells].join('\n')] : []),
  ];
}

/** The lessons that a model acting on the tool should know; none when memory holds queries alone. */
export function lessonsForActing(context: TrialContext): string {
  const lessons = weightiest(visibleMemory(context).lessons).map((lesson) => `- ${lesson.text}`);
  return lessons.length === 0 ? '' : `\n\n${context.prompts.texts['lessons-before']}\n${lessons.join('\n')}`;
}

function exploredList(context: TrialContext): string[] {
  const { texts } = context.prompts;
  const all = context.memory.queries;
  const queries = context.settings.preset === 'paper' ? all : all.slice(-queriesListed);
  if (queries.length === 0) return [];
  const lines = queries.map(({ query, solved }) => `Query: ${query} | Solved: ${solved ? 'Yes' : 'No'}`);
  return [[texts['explored-before'], ...lines].join('\n'), texts['explored-after']];
}

function tooCloseList(context: TrialContext, tooClose: readonly string[]): string[] {
  if (tooClose.length === 0) return [];
  return [[context.prompts.texts['too-close-before'], ...tooClose.map((query) => `- ${query}`)].join('\n')];
}

/** Those with the most witnesses first; among equals the newest. */
function weightiest(lessons: readonly Lesson[]): Lesson[] {
  return lessons
    .map((lesson, age) => ({ lesson, age }))
    .sort((a, b) => b.lesson.trials.length - a.lesson.trials.length || b.age - a.age)
    .slice(0, lessonsListed)
    .map(({ lesson }) => lesson);
}

function withWitnesses(lesson: Lesson): string {
  return lesson.trials.length === 1 ? lesson.text : `${lesson.text} (${lesson.trials.length} trials)`;
}
