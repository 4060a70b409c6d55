import assert from 'node:assert/strict';
import { approvalText } from '../../../../src/extension/state/approvalText.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';

const asked = {
  name: 'book_seat',
  risk: 'write' as const,
  arguments: { seat: 4 },
  scope: 'run' as const,
};

describe('The question before a call', () => {
  it('names tool, call and risk, and how long the answer holds', () => {
    assert.deepEqual(approvalText(asked), {
      question: 'Allow book_seat({"seat":4})? This tool may change things.',
      allow: 'Allow for This Run',
      whole: null,
    });
    assert.equal(approvalText({ ...asked, scope: 'call' }).allow, 'Allow This Call');
    assert.match(approvalText({ ...asked, risk: 'unknown' }).question, /not known what this tool may do\.$/);
    assert.match(approvalText({ ...asked, risk: 'destructive' }).question, /may destroy things\.$/);
  });

  it('shows both ends of long arguments, and all of them on request', () => {
    const text = `begin${'x'.repeat(5000)}end`;
    const { question, whole } = approvalText({ ...asked, arguments: { text } });
    assert.ok(question.length < 420, String(question.length));
    assert.match(question, /^Allow book_seat\(\{"text":"beginx+ … 4,\d+ more … x+end"\}\)\?/);
    assert.equal(whole?.question, 'Allow book_seat(…)? This tool may change things.');
    assert.ok(whole?.detail.includes(text));
    assert.equal(whole?.detail.split('\n').length, 3);
  });

  it('lets no text of a tool or a model hide anything, or grow without end', () => {
    for (const text of hostileTexts) {
      const hostile = { ...asked, name: text, arguments: { [text]: text, ['y'.repeat(400)]: text } };
      const { question, whole } = approvalText(hostile);
      assert.doesNotMatch(question, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      assert.match(question, / This tool may change things\.$/);
      assert.ok(question.length < 6000, String(question.length));
      assert.doesNotMatch((whole?.detail ?? '').replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    }
  });
});
