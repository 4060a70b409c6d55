import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChatMessage } from '../../../src/core/chat.ts';
import type { Step } from '../../../src/core/trial.ts';
import { fullMessages, slimMessages } from '../../../src/store/messages.ts';
import { packJson, packText, unpackJson, unpackText } from '../../../src/store/packing.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 400 });

function stepWith(content: string): Step {
  const observation = { status: 'ok' as const, content, ms: 1, truncated: false };
  return { thought: '', call: null, observation, failure: null, failures: [] };
}

describe('Packing', () => {
  it('gives any text back', () => {
    const odd = fc.oneof(anyText, fc.constantFrom('\0', '\ud800', 'a\udc00', '"\0"'));
    fc.assert(fc.property(odd, (text) => assert.equal(unpackText(packText(text)), text)));
  });

  it('gives any JSON back, long ones compressed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        assert.deepEqual(unpackJson(packJson(value)), JSON.parse(JSON.stringify(value))),
      ),
    );
    const long = { text: 'again and again \ud83d\ude00 '.repeat(1000) };
    const packed = packJson(long);
    assert.ok(packed instanceof Uint8Array && packed.length < 2000);
    assert.deepEqual(unpackJson(packed), long);
  });
});

describe('Messages', () => {
  it('are what they were, wherever observations stand in them', () => {
    const observed = fc.string({ minLength: 100, maxLength: 300 });
    const content = fc.oneof(
      anyText,
      fc.tuple(anyText, fc.nat(300), anyText).map(([before, cut, after]) => ({ before, cut, after })),
    );
    fc.assert(
      fc.property(
        fc.array(observed, { maxLength: 3 }),
        fc.array(content, { maxLength: 4 }),
        (seen, contents) => {
          const steps = seen.map(stepWith);
          const messages = contents.map((one, index): ChatMessage => {
            const from = seen[index % Math.max(1, seen.length)] ?? '';
            const text = typeof one === 'string' ? one : one.before + from.slice(0, one.cut) + one.after;
            return index % 2 === 0
              ? { role: 'user', content: text }
              : { role: 'tool', toolCallId: 't', content: text };
          });
          assert.deepEqual(fullMessages(slimMessages(messages, steps), steps), messages);
        },
      ),
    );
  });

  it('hold no observation that a step holds', () => {
    const seen = 'a long observation '.repeat(200);
    const messages: ChatMessage[] = [{ role: 'user', content: `Observation: ${seen.slice(0, 2048)} (cut)` }];
    assert.ok(JSON.stringify(slimMessages(messages, [stepWith(seen)])).length < 100);
  });
});
