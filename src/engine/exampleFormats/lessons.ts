import type { Lesson } from '../../core/trial.ts';
import { type KnownTools, toolName } from './format.ts';
import { harmlessText } from './harmless.ts';
import { inline } from './markdown.ts';

/** The forms that have a place for lessons: those that are text. */
export const lessonForms = ['markdown', 'react'] as const;

export type LessonForm = (typeof lessonForms)[number];

/** What was learned of the tools, as it stands beside examples in these forms: a list, or lines of notes. */
export function lessonsText(lessons: readonly Lesson[], tools: KnownTools, form: LessonForm): string {
  if (lessons.length === 0) return '';
  const lines = lessons.map(({ tool, text }) => {
    const name = line(toolName(tool, tools));
    return form === 'markdown'
      ? `- \`${name.replaceAll('`', ' ')}\`: ${inline(text)}`
      : `(Known of ${name}: ${line(text)})`;
  });
  const heading = form === 'markdown' ? '### What is known of these tools\n\n' : '';
  return `${heading}${lines.join('\n')}\n`;
}

function line(text: string): string {
  return harmlessText(text).replace(/\s+/g, ' ').trim();
}
