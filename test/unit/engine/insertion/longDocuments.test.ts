import assert from 'node:assert/strict';
import { type InsertionTask, insertionAtLeisure } from '../../../../src/engine/insertion/longDocuments.ts';
import { example, tools } from './helpers.ts';

describe('insertion into long documents', function () {
  this.timeout(30_000);

  function task(elements: number): InsertionTask {
    const messages = Array.from({ length: elements }, (_, index) => ({
      role: 'user',
      content: `Message ${index}`,
    }));
    const text = JSON.stringify({ messages }, null, 2);
    const at = text.length - 4;
    const selections = [{ start: at, end: at }];
    return {
      place: { languageId: 'json', fileName: '', text, selections, form: null, indent: '  ' },
      examples: [example()],
      tools,
    };
  }

  it('is worked out in a thread, and says the same', async () => {
    for (const elements of [10, 5000]) {
      const answer = await insertionAtLeisure(task(elements));
      assert.ok('edits' in answer);
      assert.match(answer.edits[0]?.text ?? '', /"name": "add_date"/);
    }
  });

  it('is given up when it takes too long', async () => {
    const answer = await insertionAtLeisure(task(5000), 0);
    assert.ok('nothing' in answer);
    assert.match(answer.nothing, /too long/);
    assert.notEqual(answer.copy, '');
  });
});
