import assert from 'node:assert/strict';
import { forMessage, forRow, visible } from '../../../../src/extension/state/harmless.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';

/** As the editor finds links in a message (`base/common/linkedText.ts`). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
/** As the editor finds icons in a label; a backslash before one makes it text. */
const icon = /(^|[^\\])\$\([A-Za-z][\w-]*(~[A-Za-z]+)?\)/;
const hiding = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

describe('Text that others wrote', () => {
  it('hides nothing: control, direction and zero-width characters are written out', () => {
    assert.equal(visible('a\u001b[2Kb\u202ec\u200bd\ne'), 'a\\u{1b}[2Kb\\u{202e}c\\u{200b}d\\u{a}e');
    assert.equal(visible('Zürich 東京 🚄'), 'Zürich 東京 🚄');
  });

  it('is cut in the middle, so that both ends are seen, and through no character', () => {
    const shown = visible(`begin${'x'.repeat(5000)}end`);
    assert.ok(shown.length <= 310, String(shown.length));
    assert.match(shown, /^beginx+ … 4,?\d+ more … x+end$/);
    assert.doesNotMatch(visible('🚄'.repeat(3000)), /[^🚄0-9a-z,… ]/u);
  });

  it('is no link in a message, and keeps its lines', () => {
    assert.match('[run](command:workbench.action.terminal.new)', link);
    assert.equal(forMessage('one\r\n[a](command:b)\rtwo'), 'one\n[a] (command:b)\ntwo');
    for (const text of hostileTexts) {
      const shown = forMessage(`before ${text} after`);
      assert.doesNotMatch(shown, link);
      assert.doesNotMatch(shown.replaceAll('\n', ''), hiding);
      assert.ok(shown.length < 12_000, String(shown.length));
    }
  });

  it('is one line without icons in a list', () => {
    for (const text of hostileTexts) {
      const shown = forRow(text);
      assert.doesNotMatch(shown, icon);
      assert.doesNotMatch(shown, hiding);
    }
  });
});
