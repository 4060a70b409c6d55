import assert from 'node:assert/strict';
import { surroundingText } from '../../../../src/extension/insert/surroundingText.ts';
import { marked } from '../../../helpers/marked.ts';

describe('the text that examples shall be near to', () => {
  for (const [name, source, text] of [
    ['the paragraph of the cursor', 'one\n\ntwo\nth‸ree\n\nfour', 'two\nthree'],
    ['the paragraphs around an empty line', 'zero\n\none\n\n‸\n\ntwo\n\nthree', 'one\n\n\n\ntwo'],
    ['what stands above a heading', 'zero\n\none\n\n# Two\n\n## Exa‸mples\n', 'one\n# Two\n## Examples'],
    ['what stands above the heading above', 'zero\n\none\n\n## Examples\n\n‸', 'one\n## Examples'],
    ['headings where there is nothing else', '# A\n\n## B\n\n‸', '# A\n## B'],
    ['what is selected', 'one «two three» four', 'two three'],
    ['of several', '«one» two «three»', 'one\nthree'],
    ['with line ends of its own', 'one\r\n\r\nt‸wo\r\n\r\nthree', 'two'],
    ['nothing in an empty document', '‸', ''],
  ] as const) {
    it(name, () =>
      assert.equal(surroundingText(marked(source)).replace(/\n+/g, '\n'), text.replace(/\n+/g, '\n')),
    );
  }

  it('is short, however long the document', () => {
    assert.ok(surroundingText(marked(`${'x'.repeat(100_000)}‸${'y'.repeat(100_000)}`)).length <= 1500);
  });
});
