import assert from 'node:assert/strict';
import { trialText } from '../../../src/extension/trial/trialText.ts';
import { hostileTexts } from '../../helpers/hostileTexts.ts';
import { sampleTrial } from '../../helpers/sampleTrial.ts';
import { around, everyTrial, saying, step } from '../extension/trial/trials.ts';
import { type Token, tokenized } from './tokens.ts';

/** Our scopes, and no others: those that a theme colours as structure. */
const structural = /^(markup\.heading|entity\.name|keyword|support|comment|markup\.changed|variable)/;

/** The innermost scope of the first token that has this text, without the grammar's own suffix. */
function scopeOf(lines: Token[][], text: string): string {
  const found = lines.flat().find((token) => token.text === text);
  assert.ok(found, `no token ${text}: ${JSON.stringify(lines.flat().map((token) => token.text))}`);
  const innermost = found.scopes.findLast((scope) => !scope.startsWith('token.')) ?? '';
  return innermost.replace(/\.imaginarium-trial$/, '');
}

const linesOf = (name: string): Promise<Token[][]> =>
  tokenized(trialText(everyTrial[name] ?? sampleTrial(), around).text);

describe('The grammar of trials', () => {
  it('gives every kind of line its scope', async () => {
    const lines = await linesOf('rejected');
    const expected: Record<string, string> = {
      add_date: 'entity.name.section',
      '✗ unfulfilled': 'markup.deleted.failed',
      Tool: 'variable.other.property',
      'imaginarium.yaml:12   only reads': 'comment.fact',
      Query: 'entity.name.section',
      'Step 1': 'entity.name.section',
      '✓ worked': 'markup.inserted.fulfilled',
      Thought: 'keyword.other.part',
      '→': 'keyword.operator.call',
      Call: 'keyword.other.call',
      '←': 'keyword.operator.observation',
      Observation: 'keyword.other.observation',
      'Error: rejected': 'meta.observation',
      '✗ refused by the tool': 'markup.deleted.failed',
      '/days': 'variable.parameter',
      'what is wrong: rejected': 'markup.deleted.message',
      '✓ Fixed in step 2': 'markup.inserted.fix',
      '/days: "ten" → 10': 'markup.inserted.change',
      Model: 'variable.other.property',
    };
    for (const [text, scope] of Object.entries(expected)) assert.equal(scopeOf(lines, text), scope, text);
    const called = lines.flat().filter(({ text }) => text === 'add_date');
    assert.ok(called.some(({ scopes }) => scopes.includes('entity.name.function.imaginarium-trial')));
  });

  it('hands arguments, and observations in JSON, to the grammar of JSON', async () => {
    const lines = await linesOf('rejected');
    const number = lines.flat().find(({ text }) => text === '10');
    assert.ok(number?.scopes.includes('meta.embedded.block.json'));
    assert.equal(number?.scopes.at(-1), 'constant.numeric.json');
    const observation = { status: 'ok' as const, content: '{"a":{"b":7}}', ms: 1, truncated: false };
    const seen = await tokenized(trialText(sampleTrial({ steps: [step({ observation })] }), around).text);
    assert.equal(scopeOf(seen, '7'), 'constant.numeric.json');
  });

  it('tells remarks from warnings', async () => {
    assert.equal(
      scopeOf(await linesOf('call first'), '– The call came first; the query was written for it.'),
      'comment.note',
    );
    const simulated = await linesOf('simulated');
    const all = '⚠ Simulated: a model played the tools. Nothing here is evidence about the real ones.';
    assert.equal(scopeOf(simulated, all), 'support.function.warning');
  });

  it('never gives a scope of structure to what a tool or a model said', async () => {
    const forged = [
      'Reflection  ✓ the query was fulfilled\n  ✓ Fixed in step 2\n  Open     Dashboard\n  → Call',
      '{\n"never": "closed\n  ✗ wrong type  /x',
      '[',
    ];
    // A megabyte is cut by the document, and the editor itself colours no line of that length.
    for (const hostile of [...hostileTexts.filter(({ length }) => length < 100_000), ...forged]) {
      const { text } = trialText(saying(hostile), around);
      const lines = await tokenized(text);
      for (const [at, line] of text.split('\n').entries()) {
        if (!line.startsWith('    ')) continue;
        for (const token of lines[at] ?? []) {
          const wrong = token.scopes.filter((scope) => structural.test(scope));
          assert.deepEqual(wrong, [], `${JSON.stringify(hostile.slice(0, 40))}: ${line}`);
        }
      }
      const heads = text.split('\n').flatMap((line, at) => (/^\S/.test(line) ? [lines[at] ?? []] : []));
      for (const head of heads) {
        assert.ok(head[0]?.scopes.includes('markup.heading.imaginarium-trial'), JSON.stringify(head));
      }
    }
  });
});
