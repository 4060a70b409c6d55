import assert from 'node:assert/strict';
import type { Lesson } from '../../../../src/core/trial.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';
import { inserted, short } from './helpers.ts';

const lesson: Lesson = {
  id: 'l',
  tool: sampleTool().id,
  text: 'Dates are YYYY-MM-DD.',
  trials: ['t'],
  origin: 'evidence',
  specHash: 'x',
};

describe('Lessons beside the examples that are inserted', () => {
  const setup = { examples: [short], lessons: [lesson] };
  const { name } = sampleTool();

  it('are a list one level below the heading in Markdown', () => {
    assert.equal(
      inserted('## Examples\n‸\n', { ...setup, languageId: 'markdown' }),
      `## Examples\n\n### Q\n\n### What is known of these tools\n\n- \`${name}\`: Dates are YYYY-MM-DD.\n`,
    );
  });

  it('stand before the examples in the text protocol', () => {
    const text = inserted('‸', { ...setup, languageId: 'plaintext', form: 'react' });
    assert.match(text, new RegExp(`^\\(Known of ${name}: Dates are YYYY-MM-DD\\.\\)\\n\\nUser Query: Q`));
  });

  it('are nowhere in data', () => {
    for (const [languageId, source] of [
      ['json', '[‸]'],
      ['jsonl', '‸'],
    ] as const) {
      assert.doesNotMatch(inserted(source, { ...setup, languageId }), /YYYY/);
    }
  });
});
