import assert from 'node:assert/strict';
import type { Lesson } from '../../../../src/core/trial.ts';
import { lessonForms, lessonsText } from '../../../../src/engine/exampleFormats/index.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';

const lesson = (text: string, tool = 'imaginarium.yaml#add'): Lesson => ({
  id: text,
  tool,
  text,
  trials: ['t'],
  origin: 'evidence',
  specHash: '',
});

describe('Lessons beside examples', () => {
  const tools = new Map([['imaginarium.yaml#add', { name: 'add_days', description: '', parameters: {} }]]);

  it('are a list in Markdown, and notes in the text protocol', () => {
    const lessons = [lesson('"date" wants YYYY-MM-DD.'), lesson('Answers are *late*.', 'gone.yaml#old')];
    assert.equal(
      lessonsText(lessons, tools, 'markdown'),
      '### What is known of these tools\n\n- `add_days`: "date" wants YYYY-MM-DD.\n- `old`: Answers are \\*late\\*.\n',
    );
    assert.equal(
      lessonsText(lessons, tools, 'react'),
      '(Known of add_days: "date" wants YYYY-MM-DD.)\n(Known of old: Answers are *late*.)\n',
    );
    assert.equal(lessonsText([], tools, 'markdown'), '');
  });

  it('are one line each, whatever they say', () => {
    for (const text of hostileTexts) {
      for (const form of lessonForms) {
        const lines = lessonsText([lesson(text)], tools, form)
          .trimEnd()
          .split('\n');
        assert.equal(lines.length, form === 'markdown' ? 3 : 1);
      }
    }
  });
});
