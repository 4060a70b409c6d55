import assert from 'node:assert/strict';
import { rowAction } from '../../../src/webview/list/keys.ts';
import {
  compact,
  duration,
  money,
  setLanguage,
  share,
  shortWhen,
  whole,
} from '../../../src/webview/text/numbers.ts';
import { block, blockLength, preview } from '../../../src/webview/text/visible.ts';
import { hostileTexts } from '../../helpers/hostileTexts.ts';

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

describe('Texts of tools and models', () => {
  it('are one short line in a preview, with nothing that hides or turns', () => {
    for (const text of hostileTexts) {
      const line = preview(text);
      assert.doesNotMatch(line, hidden);
      assert.ok(line.length <= 4000, `${line.length}`);
    }
    assert.equal(preview('a\r\n  b\tc'), 'a b c');
    assert.equal(preview('gnp\u202e.exe'), 'gnp\\u{202e}.exe');
    assert.ok(preview('x'.repeat(5000)).endsWith('…'));
  });

  it('keep their lines in a block, and say how much was cut', () => {
    assert.deepEqual(block('a\r\n\tb\u0007'), { text: 'a\n\tb\\u{7}', left: 0 });
    assert.equal(block('x'.repeat(blockLength + 12)).left, 12);
    for (const text of hostileTexts) assert.doesNotMatch(block(text).text.replace(/[\n\t]/g, ''), hidden);
  });
});

describe('Numbers', () => {
  before(() => setLanguage('en-US'));

  it('are written as the language writes them', () => {
    assert.equal(whole(1234567), '1,234,567');
    assert.equal(compact(9999), '9,999');
    assert.equal(compact(12_400), '12.4K');
    assert.equal(duration(250), '250 ms');
    assert.equal(duration(2500), '2.5 s');
    setLanguage('de');
    assert.equal(whole(1234567), '1.234.567');
    setLanguage('no tag at all');
    setLanguage('en-US');
  });

  it('do not round something to nothing, or nearly all to all', () => {
    assert.equal(share(1, 1000), '1%');
    assert.equal(share(999, 1000), '99%');
    assert.equal(share(0, 1000), '0%');
    assert.equal(share(7, 7), '100%');
    assert.equal(share(0, 0), '');
  });

  it('say what costs what, and that a price is not known', () => {
    assert.equal(money(null), 'price not known');
    assert.equal(money(0), '$0.00');
    assert.equal(money(0.0012), '$0.0012');
    assert.equal(money(12.5), '$12.50');
  });

  it('say when in as few words as do', () => {
    const now = new Date(2026, 10, 26, 14, 0).getTime();
    assert.match(shortWhen(new Date(2026, 10, 26, 9, 5).getTime(), now), /^9:05\sAM$/);
    assert.equal(shortWhen(new Date(2026, 10, 2, 9, 5).getTime(), now), 'Nov 2');
    assert.equal(shortWhen(new Date(2025, 10, 2, 9, 5).getTime(), now), 'Nov 2, 2025');
  });
});

describe('Keys of a list', () => {
  it('go where the key says, and never out of the list', () => {
    assert.deepEqual(rowAction('ArrowDown', 9, 10, 5), { to: 9 });
    assert.deepEqual(rowAction('ArrowUp', 0, 10, 5), { to: 0 });
    assert.deepEqual(rowAction('PageDown', 2, 100, 11), { to: 12 });
    assert.deepEqual(rowAction('PageUp', 50, 100, 0), { to: 49 });
    assert.deepEqual(rowAction('End', 2, 100, 10), { to: 99 });
    assert.deepEqual(rowAction('Home', 50, 100, 10), { to: 0 });
    assert.deepEqual(rowAction('Enter', 1, 2, 3), { act: 'open' });
    assert.equal(rowAction('a', 1, 2, 3), null);
  });
});
