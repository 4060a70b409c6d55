import type { Lesson } from '../../core/trial.ts';
import { type KnownTools, toolName } from './format.ts';
import { harmlessText } from './harmless.ts';
import { inline } from './markdown.ts';

/** The forms that have a place for lessons: those that are text. */
export const lessonForms = ['markdown', 'react'] as const;

export type LessonForm = (typeof lessonForms)[number];

/**
 * What was learned of the tools, as it stands beside examples in these forms: a list under a heading of this level, or lines
 * of notes.
 */
export function lessonsText(
  lessons: readonly Lesson[],
  tools: KnownTools,
  form: LessonForm,
  level = 3,
): string {
  if (lessons.length === 0) return '';
  const lines = lessons.map(({ tool, text }) => {
    const name = line(toolName(tool, tools));
    return form === 'markdown'
      ? `- \`${name.replaceAll('`', ' ')}\`: ${inline(text)}`
      : `(Known of ${name}: ${line(text)})`;
  });
  const heading = form === 'markdown' ? `${'#'.repeat(level)} What is known of these tools\n\n` : '';
  return `${heading}${lines.join('\n')}\n`;
}

function line(text: string): string {
  return harmlessText(text).replace(/\s+/g, ' ').trim();
}

/** Examples and the lessons beside them as one text. */
export function besideLessons(examples: string, lessons: string, form: LessonForm): string {
  // In the text protocol what comes last is what the model goes on with.
  const parts = form === 'react' ? [lessons, examples] : [examples, lessons];
  return parts.filter((part) => part !== '').join('\n');
}

export function isLessonForm(form: string): form is LessonForm {
  return lessonForms.some((one) => one === form);
}
