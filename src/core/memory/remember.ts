import { cellKey, cellsTouched } from '../explore/coverage.ts';
import type { Tool } from '../tool.ts';
import type { Fix, Lesson, Trial } from '../trial.ts';
import { fixesOf } from './fixes.ts';
import { learnLessons } from './lessons.ts';
import type { ToolMemory } from './longTerm.ts';

export interface Remembered {
  memory: ToolMemory;
  /** Lessons the trial touched, as they stand now. */
  lessons: Lesson[];
  /** Fixes the trial brought. */
  fixes: Fix[];
  /** Whether it taught anything: a new lesson or a new coverage cell. */
  learned: boolean;
}

/** Calls and fixes kept in memory; queries and lessons are kept whole. */
const callsKept = 400;
const fixesKept = 100;

/** Long-term memory before the first trial of a tool. */
export function emptyMemory(): ToolMemory {
  return { queries: [], calls: [], lessons: [], fixes: [], covered: [], newest: null };
}

/**
 * Long-term memory after one more trial. Pure: folding the same trials in the same order gives the same memory, which is
 * what lets a resumed run go on as an uninterrupted one would. A trial that ended in an error leaves its calls, since the
 * tool did answer them, but no query.
 */
export function remember(before: ToolMemory, trial: Trial, tool: Pick<Tool, 'parameters'>): Remembered {
  const fixes = fixesOf(trial);
  const lessons = learnLessons(before.lessons, trial, fixes, tool.parameters);

  const covered = new Set(before.covered);
  const calls = [...before.calls];
  for (const step of trial.steps) {
    if (step.call === null || step.call.tool !== trial.tool) continue;
    if (step.observation.status === 'not_run' && step.failures.every((one) => one.type === 'cancelled'))
      continue;
    for (const cell of cellsTouched(tool.parameters, step.call.arguments, step.failures))
      covered.add(cellKey(cell));
    calls.push({
      trialId: trial.id,
      call: step.call,
      failure: step.failure,
      ok: step.observation.status === 'ok',
    });
  }

  const known = new Set(before.lessons.map((lesson) => lesson.id));
  const learned = covered.size > before.covered.length || lessons.some((lesson) => !known.has(lesson.id));
  const quiet = before.newest?.runId === trial.runId ? before.newest.quiet : 0;
  const asked = trial.outcome !== 'error' && trial.query !== '';

  return {
    memory: {
      queries: asked ? [...before.queries, { query: trial.query, solved: solved(trial) }] : before.queries,
      calls: calls.slice(-callsKept),
      lessons: [...before.lessons.filter((one) => !lessons.some((now) => now.id === one.id)), ...lessons],
      fixes: [...before.fixes, ...fixes].slice(-fixesKept),
      covered: [...covered],
      newest: { runId: trial.runId, quiet: learned ? 0 : quiet + 1 },
    },
    lessons,
    fixes,
    learned,
  };
}

/** What memory lists as `Solved`: the verdict of the reflection, also when the trial was abandoned. */
function solved(trial: Trial): boolean {
  return trial.reflection?.fulfilled ?? false;
}
