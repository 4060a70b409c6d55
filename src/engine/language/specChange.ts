/** The spec of a tool as it would have to be, and the text it is made from. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileChange } from '../../protocol/engine.ts';
import type { SpecEntry } from './argumentPlace.ts';
import type { LearnedProblem } from './learnedProblems.ts';
import { specWorkAtLeisure } from './longSpecs.ts';

/** The unsaved text of a file, by its absolute path; null when what is on disk counts. */
export type ReadText = (path: string) => string | null;

/** Where a tool stands in its file, and in which format; null for one that stands in none. */
export function entryOf({ bound, source }: Pick<LearnedProblem, 'bound' | 'source'>): SpecEntry | null {
  if (bound.spot === undefined || source.server !== undefined) return null;
  const { at, schemaAt } = bound.spot;
  return { format: source.format ?? 'manifest', at, schemaAt };
}

/** Absolute path of the file that a source stands in; null for one that stands in none. */
export function fileOf({ source }: Pick<LearnedProblem, 'source'>): string | null {
  const file = source.file === undefined ? source.path : source.file;
  return file === null ? null : join(source.folder, file);
}

/** The text of a file as the person has it; null when it cannot be read. */
export async function currentText(path: string, readText: ReadText): Promise<string | null> {
  const open = readText(path);
  if (open !== null) return open;
  const text = await readFile(path, 'utf8').catch(() => null);
  // Editors keep the mark of the encoding apart from the text.
  return text?.replace(/^\uFEFF/, '') ?? null;
}

/** Null where the spec cannot say it, or cannot be read. */
export async function specChange(problem: LearnedProblem, readText: ReadText): Promise<FileChange | null> {
  const [entry, path] = [entryOf(problem), fileOf(problem)];
  if (entry === null || path === null) return null;
  const before = await currentText(path, readText);
  if (before === null) return null;
  const { change } = problem;
  const after = await specWorkAtLeisure('change', { path, text: before, entry, change });
  return after === null ? null : { path, before, after };
}

/** Whether a change can be proposed; the text decides in the end. */
export function proposes(problem: LearnedProblem): boolean {
  const entry = entryOf(problem);
  if (entry === null) return false;
  return entry.format !== 'toolbench' || problem.change.change === 'describe';
}
