/** Lessons in words. */
import { firstLine } from '../explore/coverage.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { Lesson } from '../trial.ts';
import { shown } from './fixes.ts';

/** The sentence of a lesson that comes from calls: what the tool refused, in its words, and what it took. */
export function evidenceText(lesson: Lesson & { evidence: NonNullable<Lesson['evidence']> }): string {
  const { message, refused, taken } = lesson.evidence;
  const words = message.replace(/[.\s]+$/, '');
  const works = taken.length === 0 ? '' : `; ${list(taken)} ${taken.length === 1 ? 'works' : 'work'}`;
  if (lesson.disagrees) return `The schema forbids it (${words}), and the tool answers all the same.`;
  if (lesson.argument === undefined) return `The tool refuses ${list(refused)} (${words})${works}.`;
  const name = `\`${lesson.argument.slice(1).replaceAll('/', '.')}\``;
  if (refused.length > 0) return `${name} is refused as ${list(refused)} (${words})${works}.`;
  const instance = taken.length === 0 ? '' : `; for instance ${list(taken)}`;
  return `${name} is needed (${words})${instance}.`;
}

function list(values: readonly Json[]): string {
  return values.slice(0, 3).map(shown).join(', ');
}

/** What a message says, in one line: services wrap it in JSON more often than not. */
export function plainMessage(message: string): string {
  return (wrappedText(message) ?? firstLine(message)).slice(0, 300);
}

function wrappedText(message: string): string | null {
  if (!message.trimStart().startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(message);
    if (!isJsonObject(value)) return null;
    const inner = isJsonObject(value.error) ? value.error : value;
    const text = inner.message ?? inner.error ?? inner.detail;
    return typeof text === 'string' && text !== '' ? firstLine(text) : null;
  } catch {
    return null;
  }
}
